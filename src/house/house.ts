// Builds the house: joins loop, Enode, MQTT and store, starts them in order and ends them in the reverse one.
import type { Duplex } from 'node:stream';
import type { Settings } from '../domain/settings.ts';
import type { Say } from '../domain/telling/describe.ts';
import { reason } from '../domain/telling/reason.ts';
import { createEnode } from '../enode/client.ts';
import type { Fetch } from '../enode/http.ts';
import type { EnodeSettings } from '../enode/settings.ts';
import type { Keep } from '../enode/webhooks/keys.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Entropy } from '../kernel/entropy.ts';
import { messageOf } from '../kernel/errors.ts';
import { createLifetime } from '../kernel/lifetime.ts';
import type { HouseLog } from '../kernel/log.ts';
import { instantOf } from '../loop/look.ts';
import { createLoop, type Loop } from '../loop/loop.ts';
import type { ShowPort, StorePort } from '../loop/ports.ts';
import type { Runs } from '../mqtt/doubles.ts';
import type { Inventory } from '../mqtt/inventory.ts';
import { createMqtt } from '../mqtt/mqtt.ts';
import type { MqttSettings } from '../mqtt/settings.ts';
import { sentence } from '../words/sentence.ts';
import { type Documents, documentsOf } from './documents.ts';
import { createOrders } from './orders.ts';
import { linkedPage } from './origin.ts';
import { createRequests, type Requests } from './requests.ts';
import { createAnswers } from './verbs.ts';
import { version } from './version.ts';

export interface HouseParts {
  readonly settings: Settings;
  readonly enode: EnodeSettings;
  readonly mqtt: MqttSettings;
  readonly store: StorePort & {
    readonly installation: string;
    readonly runs: Runs;
    readonly inventory: Inventory;
    readonly meta: Keep;
  };
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: HouseLog;
  /** A simulated home says so in `bridge/info`; a real one runs at speed 1. */
  readonly world: () => { readonly simulated: boolean; readonly speed: number };
  /** A cloud in the same process; absent = the network. */
  readonly fetch?: Fetch;
  /** A broker in the same process; absent = the address in the settings. */
  readonly connect?: () => Duplex | Promise<Duplex>;
}

export type Watcher = Pick<ShowPort, 'show' | 'retire'>;

export interface House {
  readonly loop: Loop;
  /** Takes Enode's webhooks, for a port of its own; null = none are wanted. */
  readonly webhooks: ((request: Request) => Promise<Response>) | null;
  /** A browser came back from Enode's pages. @returns a sentence for the person */
  returned(error: string | null): string;
  /** A request by verb, as on `bridge/request/…`. */
  readonly ask: Requests['ask'];
  /** What the page shows beside the portraits. */
  readonly documents: Documents;
  /** Is shown everything that changes from now on. Returns how to end that. */
  watch(watcher: Watcher): () => void;
  /** Resolves once everything was told to begin; nothing here waits for cloud or broker. */
  start(): void;
  /** Decides nothing more, finishes what is under way, publishes `offline`. Never rejects. */
  stop(): Promise<void>;
}

export function createHouse(parts: HouseParts): House {
  const { settings, store, clock, entropy, log } = parts;
  const { installation } = store;
  const instance = entropy.hex(4);
  const life = createLifetime((name, thrown) => log.error(`Stopping ${name} failed: ${messageOf(thrown)}`));
  log.hide(parts.enode.clientSecret.reveal());

  // Loop and adapters know each other only through these: facts go in by `tell`, everything else comes out of the loop.
  let tell: Loop['tell'] = () => {};
  const enode = createEnode({
    settings: parts.enode,
    users: settings.users,
    language: settings.language,
    clock,
    log,
    tell: (fact) => tell(fact),
    fetch: parts.fetch,
    webhooks: { url: settings.webhookUrl, keep: store.meta, entropy, hide: log.hide },
  });
  const mqtt = createMqtt({
    settings: parts.mqtt,
    clock,
    entropy,
    log,
    tell: (fact) => tell(fact),
    installation,
    instance,
    runs: store.runs,
    inventory: store.inventory,
    ask: (verb, payload, answer) => requests.ask({ verb, payload, from: 'verb', answer }),
    world: parts.world,
    ...(parts.connect ? { connect: parts.connect } : {}),
  });
  let asked = 0;
  const transaction = (): string => `${instance}-r${++asked}`;
  const orders = createOrders((fact) => tell(fact), transaction);
  const say: Say = (reason) => sentence(reason, settings.language);
  const requests = createRequests({
    clock: clock.world,
    log,
    tell: (fact) => tell(fact),
    transaction,
    onQuestion: (question) => answers(question),
    announceAgain: mqtt.announceAgain,
  });
  const watchers = new Set<Watcher>();
  const show: ShowPort = {
    show: (portrait) => {
      mqtt.show(portrait);
      for (const watcher of watchers) watcher.show(portrait);
    },
    retire: (kind, id) => {
      mqtt.retire(kind, id);
      for (const watcher of watchers) watcher.retire(kind, id);
    },
    happened: mqtt.happened,
    reply: (reply) => void (requests.reply(reply) || orders.reply(reply) || mqtt.reply(reply)),
  };
  const loop = createLoop({
    settings,
    store,
    commands: enode,
    looks: enode,
    show,
    world: clock.world,
    wire: clock.wire,
    watchJumps: !parts.world().simulated,
    say,
    version,
    log,
  });
  tell = loop.tell;
  const asking = {
    settings,
    view: loop.view,
    tell: loop.tell,
    cloud: enode.linking,
    give: orders.give,
    now: () => instantOf(clock.world.now()),
    say,
    redirect: parts.enode.linkRedirect ?? linkedPage,
  };
  const answers = createAnswers({ loop, log, settings, asking, webhooks: () => enode.webhooks?.counts() ?? null });

  return {
    loop,
    webhooks: enode.webhooks?.receive ?? null,
    ask: requests.ask,
    returned(error) {
      tell({ kind: 'link_returned' });
      return say(error === null ? reason('link_returned') : reason('link_left', { why: error }));
    },
    documents: documentsOf(loop.view(), say, () => instantOf(clock.world.now())),
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    start() {
      log.info(
        `enode2mqtt ${version} starts (installation ${installation}, ${settings.users.length === 1 ? `user ${settings.users[0]}` : `${settings.users.length} users`})`,
      );
      if (settings.observeOnly)
        log.info('observe_only is on: everything is shown, nothing is commanded. Set it to false to let it act.');
      mqtt.start();
      life.onStop('MQTT', mqtt.stop);
      life.onStop('the Enode client', enode.stop);
      loop.start({ installation, instance });
      life.onStop('the loop', loop.stop);
    },
    stop: () => life.stop(),
  };
}
