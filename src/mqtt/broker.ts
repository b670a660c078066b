// Stays connected with the broker: version, credentials, back-off with jitter, and one line in the log per change of state.
import type { Duplex } from 'node:stream';
import { type BackoffShape, backoffAfter } from '../kernel/backoff.ts';
import type { Cancel, Clock } from '../kernel/clock.ts';
import type { Entropy } from '../kernel/entropy.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { type End, type Message, openSession, type Session, type Version } from './session.ts';
import type { Credentials, MqttSettings } from './settings.ts';
import { openSocket } from './socket.ts';

export interface BrokerOptions {
  readonly settings: MqttSettings;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly clientId: string;
  readonly will: { readonly topic: string; readonly payload: string };
  /** Instead of a socket to `settings.broker`. */
  readonly connect: (() => Duplex | Promise<Duplex>) | undefined;
  onOpen(session: Session): void;
  onMessage(message: Message): void;
  onGone(): void;
  /** Somebody else uses our client id. */
  onTaken(detail: string): void;
}

export interface Broker {
  start(): void;
  stop(goodbye: (session: Session) => void): Promise<void>;
  session(): Session | null;
}

const RECONNECT: BackoffShape = { first: 1_000, most: 30_000, factor: 2, jitter: 0.5 };
/** A connection that lived this long was a good one: back-off begins anew. Wire ms. */
const GOOD_AFTER_MS = 30_000;
/** 3.1.1 closes without a reason: so many short lives in a row smell of a second client with our id. */
const SHORT_LIVES = 3;
/** Two clients with one id throw each other out: the later the return, the fewer the fights. Failures to begin back-off with. */
const TAKEN_FAILURES = 4;
/** For the last messages and the goodbye at a stop; SIGTERM has 5 s in all. Wire ms. */
const GOODBYE_MS = 2_000;
/** Missing rights are said once for each topic, and for so many at most: every state of every device would be one more line. */
const MOST_REFUSALS = 20;

export function createBroker(options: BrokerOptions): Broker {
  const { settings, clock, log } = options;
  const stopping = new AbortController();
  let session: Session | null = null;
  let abort: (() => void) | null = null;
  let cancelRetry: Cancel = () => {};
  let credentials: Credentials | null | undefined;
  let version: Version = settings.protocol;
  /** What the broker said it speaks at most, once it said so. */
  let most: Version = settings.protocol;
  let failures = 0;
  let shortLives = 0;
  let said: string | null = null;
  let openedAt = 0;
  /** Two clients with our id throw each other out: not two lines in the log for every round of it. */
  let fighting = false;
  let cancelPeace: Cancel = () => {};
  const refusals = new Set<string>();

  const say = (text: string): void => {
    if (said !== text) log.warn(text);
    said = text;
  };
  const sayOpen = (): void => {
    log.info(`Connected with the broker${nameOf(settings)}, MQTT ${version === 5 ? '5' : '3.1.1'}.`);
    said = null;
    fighting = false;
  };
  const sayRefused = (what: string): void => {
    if (refusals.has(what) || refusals.size >= MOST_REFUSALS) return;
    refusals.add(what);
    log.warn(`The broker does not allow us to ${what}: give our user the right to do so.`);
  };
  const again = (): void => {
    if (stopping.signal.aborted) return;
    const wait = failures === 0 ? 0 : backoffAfter(failures, RECONNECT, options.entropy);
    cancelRetry = clock.wire.alarm('broker reconnect', wait, () => void attempt());
  };
  const attempt = (): Promise<void> => {
    const work = connectOnce();
    return options.connect ? clock.world.during(work) : work;
  };
  const connectOnce = async (): Promise<void> => {
    let stream: Duplex;
    try {
      if (credentials === undefined) credentials = await settings.credentials();
      stream = await (options.connect ? options.connect() : openSocket(settings.broker!, clock.wire, stopping.signal));
    } catch (thrown) {
      if (stopping.signal.aborted) return;
      failures++;
      say(messageOf(thrown));
      return again();
    }
    stream.on('error', () => {});
    if (stopping.signal.aborted) return void stream.destroy();
    await new Promise<void>((settled) => {
      const opening = openSession({
        stream,
        version,
        clientId: options.clientId,
        credentials: credentials ?? null,
        will: options.will,
        clock,
        onOpen: (opened) => {
          session = opened;
          openedAt = clock.wire.now();
          if (fighting) cancelPeace = clock.wire.alarm('broker peace', GOOD_AFTER_MS, sayOpen);
          else sayOpen();
          options.onOpen(opened);
          settled();
        },
        onMessage: options.onMessage,
        onEnd: (end, opened) => {
          settled();
          ended(end, opened);
        },
        onRefusal: sayRefused,
      });
      abort = opening.abort;
    });
  };
  const ended = (end: End, opened: boolean): void => {
    session = null;
    abort = null;
    cancelPeace();
    if (opened) options.onGone();
    if (stopping.signal.aborted) return;
    const lived = opened ? clock.wire.now() - openedAt : 0;
    if (lived >= GOOD_AFTER_MS) failures = 0;
    shortLives = opened && lived < GOOD_AFTER_MS && end.kind === 'lost' ? shortLives + 1 : 0;
    if ((end.kind === 'version' || end.kind === 'silent') && version === 5) {
      version = 4;
      if (end.kind === 'version') {
        most = 4;
        log.info('The broker does not speak MQTT 5: going on with 3.1.1.');
      }
      return again();
    }
    version = most;
    failures++;
    tell(end, opened);
    again();
  };
  const tell = (end: End, opened: boolean): void => {
    const where = nameOf(settings);
    if (end.kind === 'credentials') {
      credentials = undefined;
      say(`The broker${where} refused our name or password: check broker_username and broker_password.`);
    } else if (end.kind === 'taken' || shortLives >= SHORT_LIVES) {
      failures = Math.max(failures, TAKEN_FAILURES);
      fighting = true;
      const perhaps = end.kind === 'taken' ? 'Another client' : 'Perhaps another client';
      const text = `${perhaps} uses our client id ${options.clientId} at the broker: stop the second enode2mqtt of this installation (a restored backup?).`;
      say(text);
      options.onTaken(`client id ${options.clientId}`);
    } else if (end.kind === 'client_id') {
      say(`The broker${where} refused our client id ${options.clientId}: allow it there.`);
    } else if (!fighting) {
      say(
        `${opened ? 'Lost the connection with the broker' : 'No MQTT connection with the broker'}${where}: ${end.why}. Trying again by itself.`,
      );
    }
  };
  return {
    start: () => void attempt(),
    session: () => session,
    stop: async (goodbye) => {
      stopping.abort();
      cancelRetry();
      cancelPeace();
      if (session) {
        goodbye(session);
        await session.close(GOODBYE_MS);
      }
      abort?.();
    },
  };
}

const nameOf = ({ broker }: MqttSettings): string => (broker ? ` at ${broker.host}:${broker.port}` : '');
