// The simulated Enode cloud: API, OAuth, Link UI and webhooks over a world it knows by reports only.
// Mount it whole (`root.all('*', (c) => cloud.app.fetch(c.req.raw, c.env))`): its 404 and error bodies are its own.
import { Hono } from 'hono';
import type { WireClock } from '../../kernel/clock.ts';
import { realWire } from '../../kernel/real-clock.ts';
import type { CloudControl, CloudSeed, SimulatedAsset, WorldPort } from '../types.ts';
import { actionRoutes } from './action-routes.ts';
import { createActions } from './actions.ts';
import { assetRoutes, place } from './assets.ts';
import { createControl } from './control.ts';
import { createDelivery, type Deliver } from './delivery.ts';
import { createEvents } from './events.ts';
import { faultAnswers } from './fault-answers.ts';
import { createFaults, type Fault } from './faults.ts';
import { createLinkSessions } from './link-sessions.ts';
import { linkUiRoutes } from './link-ui.ts';
import { ALL_SCOPES, createLinks, type Links } from './links.ts';
import { addPlace, locationRoutes } from './locations.ts';
import { meterReport } from './metering.ts';
import { GIVE_UP_SECONDS, TOKEN_SECONDS } from './numbers.ts';
import { createPairing, type Pairing } from './pairing.ts';
import { answerProblem, routeNotFound } from './problem.ts';
import { createRequestLog } from './requests.ts';
import { scheduleRoutes, scheduleView } from './schedule-routes.ts';
import { createSchedules } from './schedules.ts';
import { scopedClock } from './scoped-clock.ts';
import { Shelf } from './shelf.ts';
import { createSmartChargings } from './smart-charging.ts';
import { smartRoutes } from './smart-routes.ts';
import type { Action, Client, Clients, Env, Linked } from './state.ts';
import { statisticsRoutes } from './statistics.ts';
import { createTokens } from './tokens.ts';
import { userRoutes } from './users.ts';
import { catalogueRoutes } from './vendors.ts';
import { webhookRoutes } from './webhooks.ts';

interface SimulatedCloud {
  readonly app: Hono<Env>;
  readonly control: CloudControl;
  /** Reports are no longer heard, nothing rings, nothing is delivered any more. */
  stop(): void;
}

/**
 * @param deliver carries webhook deliveries, `fetch` by default
 * @param wire measures the 5 s a receiver has to answer
 */
export function createCloud(
  world: WorldPort,
  seed: CloudSeed,
  deliver: Deliver = (url, init) => fetch(url, init),
  wire: WireClock = realWire,
): SimulatedCloud {
  const { clock, stop } = scopedClock(world.clock);
  let seq = 0;
  let stopped = false;
  const cloud: Clients = {
    world,
    clock,
    entropy: world.entropy,
    byId: new Map(seed.clients.map((one) => [one.id, newClient(one)])),
    links: new Map(),
    accounts: new Map(),
    nextSeq: () => ++seq,
  };
  const faults = createFaults(clock);
  const requests = createRequestLog(clock);
  const tokens = createTokens(cloud);
  const delivery = createDelivery(cloud, faults, wire, deliver);
  const events = createEvents(cloud, delivery);

  const actionTold = (action: Action, fields: readonly string[]): void => {
    events.action(action, fields);
    smart.ended(action);
    if (action.target.schedule) schedules.run(action.target.schedule);
  };
  const actions = createActions(cloud, faults, actionTold);
  const smart = createSmartChargings(
    cloud,
    () => actions,
    (vehicle, updatedFields) =>
      events.emit(vehicle.user.client, 'user:vehicle:smart-charging-status-updated', vehicle.user, {
        smartChargingStatus: smart.status(vehicle),
        updatedFields,
      }),
  );
  const schedules = createSchedules(cloud, actions, (schedule) =>
    events.emit(schedule.user.client, 'user:schedule:execution-updated', schedule.user, {
      status: schedules.status(schedule),
      schedule: scheduleView(schedule),
      updatedFields: ['state', 'changedAt'],
    }),
  );

  /** All that hangs on how an asset looks now. Constant time for an asset nothing hangs on. */
  const lookAt = (linked: Linked): void => {
    actions.look(linked);
    if (linked.schedule) schedules.run(linked.schedule);
    if (linked.kind === 'vehicle' && (linked.smart.isEnabled || linked.smart.override)) smart.look(linked);
    events.changed(linked);
  };
  const pairing = createPairing(clock, lookAt);
  const links = createLinks(cloud, {
    discovered: (linked) => {
      pairing.onFound(linked);
      events.discovered(linked);
    },
    leaving: (linked) => {
      if (linked.pending)
        actions.end(linked.pending, { state: 'CANCELLED', type: 'NOT_FOUND', detail: 'The asset was deleted.' });
      if (linked.schedule) schedules.end(linked.schedule);
      events.deleted(linked);
      pairing.drop(linked);
    },
    company: (user) => {
      if (user.client.webhooks.size)
        for (const one of [...user.vehicles.all(), ...user.chargers.all()]) events.changed(one);
    },
  });

  const strike = (fault: Fault): void => {
    if (fault.kind === 'expireTokens') tokens.expireAll();
    if (fault.kind !== 'credentials') return;
    const account = world.accounts().find((one) => one.id === fault.subject || one.username === fault.subject);
    if (!account) throw new RangeError(`account: there is no vendor account "${fault.subject}".`);
    for (const user of cloud.accounts.get(account.id) ?? []) {
      const link = user.accounts.get(account.id);
      if (!link?.valid) continue;
      links.freeze(link, user);
      events.emit(user.client, 'user:credentials:invalidated', user, { vendor: account.vendor });
    }
  };

  const heard = (linked: Linked): void => {
    if (!linked.account.valid) return;
    meterReport(linked, clock.now());
    pairing.onReport(linked);
    lookAt(linked);
    // A pair shows one charging state: news of one end is news of the other.
    if (!linked.pair) return;
    const other = linked.kind === 'vehicle' ? linked.pair.charger : linked.pair.vehicle;
    if (other.kind === 'vehicle') meterReport(other, clock.now());
    lookAt(other);
  };
  world.onReport((asset: SimulatedAsset) => {
    if (stopped) return;
    const linked = cloud.links.get(asset.identity.id);
    if (linked) for (const one of linked) heard(one);
    else links.discover(asset);
  });

  sow(cloud, seed, links, pairing);

  const app = new Hono<Env>();
  app.onError(answerProblem);
  app.notFound(routeNotFound);
  app.use(requests.middleware);
  app.use(faultAnswers(clock, faults));
  app.use(tokens.check);
  const sessions = createLinkSessions(cloud);
  tokens.routes(app);
  catalogueRoutes(app, world, faults);
  actionRoutes(app, actions);
  assetRoutes(app, clock, lookAt);
  sessions.routes(app);
  linkUiRoutes(app, cloud, sessions, links, faults);
  userRoutes(app, links);
  locationRoutes(app, cloud, links, lookAt);
  scheduleRoutes(app, cloud, schedules, smart);
  smartRoutes(app, smart, (vehicle) => cloud.links.get(vehicle.asset.identity.id) ?? [], lookAt);
  statisticsRoutes(app, cloud);
  webhookRoutes(app, cloud, events, delivery);

  return {
    app,
    control: createControl({ cloud, requests, actions, faults, pairing, links, changed: lookAt, strike }),
    stop: () => {
      stopped = true;
      stop();
      delivery.stop();
    },
  };
}

function newClient({ id, secret, ...given }: CloudSeed['clients'][number]): Client {
  return {
    id,
    secret,
    switches: {
      tokenSeconds: TOKEN_SECONDS,
      preconditions: 'action',
      webhookPatienceSeconds: GIVE_UP_SECONDS,
      inactiveVendors: [],
      ...given,
    },
    users: new Shelf(),
    vehicles: new Shelf(),
    chargers: new Shelf(),
    locations: new Shelf(),
    webhooks: new Shelf(),
    schedules: new Map(),
    actions: new Map(),
    tariffs: new Map(),
  };
}

/** Links and locations a scenario begins with. */
function sow(cloud: Clients, seed: CloudSeed, links: Links, pairing: Pairing): void {
  const clientOf = (id: string): Client => {
    const client = cloud.byId.get(id);
    if (!client) throw new RangeError(`client: the seed names "${id}", which is no client of it.`);
    return client;
  };
  for (const { client, user, account, kinds } of seed.links)
    links.link(clientOf(client), user, account, new Map(kinds.map((kind) => [kind, ALL_SCOPES[kind]])));
  for (const { client, user, name, position, timezone, chargers } of seed.locations) {
    const owner = links.userOf(clientOf(client), user);
    const made = addPlace(cloud, owner, { name, position, timezone });
    for (const id of chargers) {
      const charger = owner.chargers.get(id);
      if (charger) place(charger, made.id, cloud.clock.now());
    }
  }
  for (const pair of seed.pairs ?? [])
    for (const vehicle of cloud.links.get(pair.vehicle) ?? []) {
      const charger = vehicle.user.chargers.get(pair.charger);
      if (vehicle.kind === 'vehicle' && charger) pairing.join(vehicle, charger);
    }
}
