// The MQTT side of the house: joins connection, publishing, commands and requests behind the loop's ShowPort.
import type { Duplex } from 'node:stream';
import type { Clock } from '../kernel/clock.ts';
import type { Entropy } from '../kernel/entropy.ts';
import type { Log } from '../kernel/log.ts';
import type { ShowPort, Tell } from '../loop/ports.ts';
import { createAnnouncer } from './announcer.ts';
import { createBroker } from './broker.ts';
import { createCommands } from './commands.ts';
import { createDoubles, type Runs } from './doubles.ts';
import type { Inventory } from './inventory.ts';
import { createPublisher } from './publisher.ts';
import { type Ask, createRequests } from './requests.ts';
import type { Message, Subscription } from './session.ts';
import type { MqttSettings } from './settings.ts';
import { createTopics, safeId, type Topics } from './topics.ts';

export interface MqttOptions {
  readonly settings: MqttSettings;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly tell: Tell;
  /** Stable for ever: in unique ids and the client id. */
  readonly installation: string;
  /** New with every start of the process. */
  readonly instance: string;
  readonly runs: Runs;
  readonly inventory: Inventory;
  /** Requests by verb. */
  readonly ask: Ask;
  /** For `bridge/info`: is this a simulated home, and how fast does its time go. */
  readonly world: () => { readonly simulated: boolean; readonly speed: number };
  /** Instead of a socket to the broker of the settings. */
  readonly connect?: () => Duplex | Promise<Duplex>;
}

export interface Mqtt extends ShowPort {
  /** Begins to connect, and stays at it. Never throws. */
  start(): void;
  /** Publishes `offline`, says goodbye; at most 2 s. */
  stop(): Promise<void>;
  connected(): boolean;
  /** `bridge/info` again: the speed changed. */
  showInfo(): void;
  /** What a person deleted in Home Assistant is announced again. */
  announceAgain(): void;
}

/** [MQTT-3.1.3-5]: every broker takes 23 characters of letters and digits. */
const MOST_CLIENT_ID = 23;

export const clientIdOf = (installation: string): string =>
  `enode2mqtt${safeId(installation).replaceAll(/[_-]/g, '')}`.slice(0, MOST_CLIENT_ID);

export function createMqtt(options: MqttOptions): Mqtt {
  const { settings, clock, log, tell, installation, instance, runs } = options;
  const topics = createTopics(settings.topics, installation);
  const announcer = createAnnouncer({
    settings,
    topics,
    clock: clock.world,
    inventory: options.inventory,
    log,
    speed: () => options.world().speed,
  });
  const info = () => ({ installation, instance, run: runs.current(), ...options.world() });
  const publisher = createPublisher({ topics, announcer, clock: clock.world, log, info });
  let told = 0;
  const answer = (verb: string, text: string): void =>
    broker.session()?.publish(topics.response(fitVerb(verb)), text, false);
  const commands = createCommands({
    topics,
    clock: clock.world,
    log,
    tell,
    transaction: () => `${instance}-${++told}`,
    answer,
  });
  const requests = createRequests({ topics, log, answer, ask: options.ask });
  const { base } = topics;
  const doubles = createDoubles({ installation, instance, runs, base, tell, showAgain: publisher.showInfo });

  const receive = (message: Message): void => {
    const { topic, payload, retained } = message;
    if (topic === topics.bridgeInfo) {
      doubles.receive(payload, retained);
    } else if (topic === topics.homeAssistantStatus) {
      if (!retained && payload.toString() === 'online') publisher.birth();
    } else if (topic.startsWith(topics.requests)) {
      requests.receive(message);
    } else if (topic.startsWith(`${topics.prefix}/device/`)) {
      if (!retained && payload.length === 0) publisher.emptied(topic);
    } else {
      commands.receive(message);
    }
  };
  const broker = createBroker({
    settings,
    clock,
    entropy: options.entropy,
    log,
    clientId: clientIdOf(installation),
    will: { topic: topics.bridgeState, payload: 'offline' },
    connect: options.connect,
    onOpen: (session) => {
      session.subscribe(subscriptionsOf(topics, settings.discovery));
      publisher.opened(session);
    },
    onMessage: (message) => {
      try {
        receive(message);
      } catch (thrown) {
        // A message of a stranger must never end the connection or the daemon.
        log.error(
          `A message on ${message.topic.slice(0, 200)} broke us, please report it: ${thrown instanceof Error ? thrown.stack : thrown}`,
        );
      }
    },
    onGone: publisher.gone,
    onTaken: (detail) => tell({ kind: 'double_seen', where: 'broker', detail }),
  });
  return {
    start: broker.start,
    stop: () => broker.stop((session) => session.publish(topics.bridgeState, 'offline', true)),
    connected: () => broker.session() !== null,
    showInfo: publisher.showInfo,
    show: publisher.show,
    retire: publisher.retire,
    happened: publisher.happened,
    announceAgain: publisher.restore,
    reply: (reply) => void commands.reply(reply),
  };
}

/** An unknown verb is a stranger's text: it may not become a strange topic. */
const fitVerb = (verb: string): string => (/^[a-z_]{1,40}$/.test(verb) ? verb : 'error');

function subscriptionsOf(topics: Topics, discovery: boolean): Subscription[] {
  const commands = [...topics.anyCommand, topics.anyRequest].map((topic) => ({
    topic,
    noLocal: true,
    wantRetained: true,
  }));
  const quiet = (topic: string): Subscription => ({ topic, noLocal: true, wantRetained: false });
  const homeAssistant = discovery ? [quiet(topics.homeAssistantStatus), quiet(topics.anyConfig)] : [];
  const info = { topic: topics.bridgeInfo, noLocal: true, wantRetained: true };
  return [...commands, info, ...homeAssistant];
}
