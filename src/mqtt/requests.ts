// `bridge/request/<verb>` → `bridge/response/<verb>`: JSON in, JSON out, with the caller's transaction.
import type { Cancel, WorldClock } from '../kernel/clock.ts';
import { messageOf, UserError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Reply, Tell } from '../loop/ports.ts';
import { parseRequest, type Request, type Transaction, type Verb } from '../surface/verbs.ts';
import { dataOfReply, errorAnswer, type Fault, faultOfError, faultOfReply, okAnswer } from './answers.ts';
import type { Message } from './session.ts';
import type { Topics } from './topics.ts';

/** Questions that the daemon around the loop answers. */
export type OnVerb = (verb: 'diagnostics' | 'log_level', data: Readonly<Record<string, unknown>>) => unknown;

export interface Requests {
  receive(message: Message): void;
  /** true: the reply belonged to a request of ours. */
  reply(reply: Reply): boolean;
}

/** A reply comes within the same look; a loop that stands still shall not leave its caller waiting. World ms. */
const REPLY_WITHIN_MS = 30_000;
const MOST_OPEN = 1_000;

interface Open {
  readonly verb: string;
  readonly transaction: Transaction | undefined;
  readonly cancel: Cancel;
}

export function createRequests(options: {
  readonly topics: Topics;
  readonly clock: WorldClock;
  readonly log: Log;
  readonly tell: Tell;
  readonly transaction: () => string;
  readonly answer: (verb: string, text: string) => void;
  readonly onVerb: OnVerb;
  readonly announceAgain: () => void;
}): Requests {
  const { topics, clock, log, tell, answer } = options;
  const open = new Map<string, Open>();
  let retainedSaid = false;

  const fail = (verb: string, fault: Fault, transaction: Transaction | undefined): void =>
    answer(verb, errorAnswer(fault, transaction));
  const order = (verb: string, request: Request & { kind: 'order' }, transaction: Transaction | undefined): void => {
    if (open.size >= MOST_OPEN)
      return fail(verb, { code: 'busy', message: 'Too many requests are open; wait for their answers.' }, transaction);
    if (request.announce) options.announceAgain();
    const own = options.transaction();
    const cancel = clock.alarm('answer a request', clock.now() + REPLY_WITHIN_MS, () => {
      open.delete(own);
      fail(
        verb,
        { code: 'no_answer', message: 'No decision was made in time; look at the state, then try again.' },
        transaction,
      );
    });
    open.set(own, { verb, transaction, cancel });
    tell({ kind: 'commanded', transaction: own, subject: request.subject, order: request.order, from: 'verb' });
  };
  const question = async (
    verb: Verb,
    request: Request & { kind: 'question' },
    transaction: Transaction | undefined,
  ): Promise<void> => {
    try {
      answer(verb, okAnswer(await options.onVerb(request.verb, request.data), transaction));
    } catch (thrown) {
      if (!(thrown instanceof UserError)) log.error(`The request ${verb} failed: ${messageOf(thrown)}`);
      const fault =
        thrown instanceof UserError
          ? faultOfError(thrown)
          : { code: 'failed', message: 'This failed on our side; see the log.' };
      fail(verb, fault, transaction);
    }
  };
  return {
    receive: ({ topic, payload, retained, expiry }) => {
      const verb = topic.slice(topics.requests.length);
      if (verb.includes('/')) return;
      if (retained) {
        if (!retainedSaid) log.warn(`A retained request on ${topic} is ignored: send requests without retain.`);
        retainedSaid = true;
        return;
      }
      if (expiry === 0) {
        const message = 'The request came too late: its message expiry is over. Send it again.';
        return fail(verb, { code: 'too_late', message }, undefined);
      }
      const parsed = parseRequest(verb, payload);
      if (!parsed.ok) return fail(verb, faultOfError(parsed.error), parsed.transaction);
      const { request, transaction } = parsed;
      if (request.kind === 'order') order(verb, request, transaction);
      else void clock.during(question(request.verb, request, transaction));
    },
    reply: (reply) => {
      const asked = open.get(reply.transaction);
      if (!asked) return false;
      open.delete(reply.transaction);
      asked.cancel();
      const { verb, transaction } = asked;
      if (reply.ok) answer(verb, okAnswer(dataOfReply(reply), transaction));
      else fail(verb, faultOfReply(reply), transaction);
      return true;
    },
  };
}
