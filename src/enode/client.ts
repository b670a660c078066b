// The Enode cloud as the loop sees it: it executes what was granted and tells what came back. It never throws and never decides.
import type { CancelRequest, ChargeRequest, LimitRequest } from '../domain/acting/effect.ts';
import type { Fact, LookSubject } from '../domain/fact.ts';
import { instant } from '../domain/instant.ts';
import type { UserId } from '../domain/report.ts';
import type { Language } from '../domain/settings.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Entropy } from '../kernel/entropy.ts';
import { Bug, messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { CommandPort, LookPort, Tell } from '../loop/ports.ts';
import { createCall } from './call.ts';
import { cancelCharge, sendCharge, sendLimit } from './commands.ts';
import { createExchange, type Exchange } from './exchange.ts';
import { type Fetch, type Network, overFetch } from './http.ts';
import { createLinking, type Linking } from './linking.ts';
import { lookAt } from './looks.ts';
import { STOP_GRACE_MS, type WireLimits, wireLimits } from './numbers.ts';
import { createOddities } from './oddities.ts';
import type { EnodeSettings } from './settings.ts';
import { createRedact } from './text.ts';
import { createToken } from './token.ts';
import { overUndici } from './undici.ts';
import { createKeys, type Keep } from './webhooks/keys.ts';
import { createReceiver, type Receiver } from './webhooks/receiver.ts';
import type { Subscribing } from './webhooks/steps.ts';
import { createWire } from './wire.ts';

export interface EnodeParts {
  readonly settings: EnodeSettings;
  /** The Enode users that are ours; assets of others are dropped. */
  readonly users: readonly UserId[];
  /** Of texts for people that come from Enode. */
  readonly language: Language;
  readonly clock: Clock;
  readonly log: Log;
  readonly tell: Tell;
  /** A cloud in the same process; absent = the network. */
  readonly fetch?: Fetch | undefined;
  readonly limits?: WireLimits | undefined;
  /** `url` null = no webhooks: a subscription of former days can be removed all the same. */
  readonly webhooks?: WebhookParts | undefined;
}

export interface WebhookParts {
  readonly url: string | null;
  readonly keep: Keep;
  readonly entropy: Entropy;
  /** Gets each secret, to be blanked wherever it would be printed. */
  readonly hide: (secret: string) => void;
}

export type Enode = CommandPort &
  LookPort & {
    /** Accounts and places, for a person who waits. */
    readonly linking: Linking;
    /** Takes Enode's webhooks; null = none are wanted. */
    readonly webhooks: Pick<Receiver, 'receive' | 'counts'> | null;
    /** Lets commands under way end for a moment, then ends everything. Afterwards all is answered as not sent. */
    stop(): Promise<void>;
  };

export function createEnode(parts: EnodeParts): Enode {
  const { settings, users, clock, log } = parts;
  const limits = parts.limits ?? wireLimits;
  const network: Network = parts.fetch ? overFetch(parts.fetch, limits, clock.wire) : overUndici(limits, clock.wire);
  let offset: number | null = null;
  let isEnding = false;
  const tell = (told: Fact): void => {
    const isOurs = isEnding && told.kind === 'request_ended' && told.request.status === null;
    const fact: Fact = isOurs ? { ...told, request: { ...told.request, byUs: true } } : told;
    if (fact.kind === 'request_ended' && fact.request.cloudTime !== null)
      offset = clock.world.now() - fact.request.cloudTime;
    try {
      parts.tell(fact);
    } catch (thrown) {
      logBug(log, `telling ${fact.kind}`, thrown);
    }
  };
  let exchange: Exchange;
  const token = createToken(settings, clock.world, () => exchange);
  const { url = null, keep, entropy, hide } = parts.webhooks ?? {};
  const keys = keep && entropy && hide ? createKeys(keep, entropy, hide) : null;
  const redact = createRedact(() => [...token.secrets(), ...(keys?.secrets() ?? [])]);
  exchange = createExchange({ network, world: clock.world, tell, redact });
  const oddities = createOddities(log);
  const wire = createWire(oddities);
  const webhooks = url !== null && keys !== null ? { url, keys } : null;
  const its: Subscribing = {
    call: createCall(settings, token, exchange),
    wire,
    oddities,
    users,
    language: parts.language,
    tell,
    redact,
    webhooks,
  };
  const ours = new Set(users);
  const receiver =
    webhooks &&
    createReceiver({
      ...webhooks,
      clock,
      log,
      tell,
      reading: { wire, oddities, redact, isOurs: (user) => ours.has(user) },
      cloudNow: () => (offset === null ? null : instant(Math.round(clock.world.now() - offset))),
    });

  const jobs = new Set<Promise<void>>();
  const commands = new Set<Promise<void>>();
  const begin = (job: Promise<void>, among: Set<Promise<void>>): void => {
    const tracked = job.finally(() => among.delete(tracked));
    among.add(tracked);
  };
  /** Runs `work`; a bug in it ends as `otherwise`, so that nobody waits for ever. */
  const ended = async <T>(name: string, work: () => Promise<T>, otherwise: (why: string) => T): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      logBug(log, name, thrown);
      return otherwise(`an error in this program: ${messageOf(thrown)}`);
    }
  };

  const look = async (subject: LookSubject, most: number): Promise<void> => {
    const pages = { most, read: 0, more: false };
    const ok = await ended(
      `look ${subject.kind}`,
      () => lookAt({ ...its, pages }, subject),
      () => false,
    );
    const { read, more } = pages;
    tell({ kind: 'look_ended', subject, ok, ...(read > 1 || more ? { pages: { read, more } } : {}) });
  };
  const send = async (request: ChargeRequest): Promise<void> => {
    const { attempt, target } = request;
    // A bug may strike after the request has left: that is doubt.
    const answer = await ended(
      'command',
      () => sendCharge(its, request),
      (why) => ({ kind: 'doubtful' as const, why }),
    );
    tell({ kind: 'attempt_answered', attempt, target, answer });
  };
  const limit = async (request: LimitRequest): Promise<void> => {
    const { attempt, target, limit: kind } = request;
    const answer = await ended(
      'limit',
      () => sendLimit(its, request),
      (why) => ({ kind: 'doubtful' as const, why }),
    );
    tell({ kind: 'limit_answered', attempt, target, limit: kind, answer });
  };
  const cancel = async (request: CancelRequest): Promise<void> => {
    const { attempt, target } = request;
    const answer = await ended(
      'cancel',
      () => cancelCharge(its, request),
      (why) => ({ kind: 'unanswered' as const, why }),
    );
    tell({ kind: 'cancel_answered', attempt, target, answer });
  };

  const linking = createLinking(its, (work) => {
    const answer = ended(
      'linking',
      () => work,
      (why): Awaited<typeof work> => ({ ok: false, fault: { kind: 'doubtful', why } }),
    );
    begin(
      answer.then(() => {}),
      commands,
    );
    return answer;
  });

  return {
    linking,
    webhooks: receiver,
    look: (subject, most) => begin(look(subject, most), jobs),
    send: (request) => begin(send(request), commands),
    limit: (request) => begin(limit(request), commands),
    cancel: (request) => begin(cancel(request), commands),
    async stop() {
      if (commands.size > 0) {
        const enough = new AbortController();
        void Promise.all(commands).then(() => enough.abort());
        await clock.wire.sleep('commands under way', STOP_GRACE_MS, enough.signal);
      }
      await receiver?.stop();
      isEnding = true;
      await network.stop();
      await Promise.all([...jobs, ...commands]);
    },
  };
}

function logBug(log: Log, name: string, thrown: unknown): void {
  const bug = new Bug(`${name}: ${messageOf(thrown)}`, { cause: thrown });
  log.error(`an error in this program (${bug.message}) ${thrown instanceof Error ? (thrown.stack ?? '') : ''}`);
}
