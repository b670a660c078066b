// Linking and unlinking vendor accounts (2): a link binds an account, and all devices in it appear.
import type {
  AssetKind,
  ChargerReport,
  SimulatedAsset,
  SimulatedCharger,
  SimulatedVehicle,
  VehicleReport,
} from '../types.ts';
import { Problem } from './problem.ts';
import { Shelf } from './shelf.ts';
import type { AccountLink, Client, Clients, Linked, LinkedCharger, LinkedVehicle, User } from './state.ts';

export const ALL_SCOPES: Readonly<Record<AssetKind, readonly string[]>> = {
  vehicle: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging'],
  charger: ['charger:read:data', 'charger:control:charging'],
};

interface LinkEvents {
  discovered(linked: Linked): void;
  /** Called while the asset can still be shown. */
  leaving(linked: Linked): void;
  /** What others of this user show may have changed (a pairing is established or not any more). */
  company(user: User): void;
}

export interface Links {
  userOf(client: Client, id: string): User;
  /** Links or relinks an account. 403 beyond `quota` (a scenario may begin above it). */
  link(
    client: Client,
    userId: string,
    accountId: string,
    scopes: ReadonlyMap<AssetKind, readonly string[]>,
    quota?: number,
  ): User;
  /** Drops one kind, or all kinds, of the user's accounts of a vendor. False when there is none. */
  unlink(user: User, vendor: string, kind?: AssetKind): boolean;
  deleteUser(user: User): void;
  /** The vendor no longer lets Enode in: what was read last stays. `silently`: webhooks hear nothing of it. */
  freeze(link: AccountLink, user: User, silently?: boolean): void;
  /** A device that may have come to a linked account after linking. */
  discover(asset: SimulatedAsset): void;
  /** A device comes to its vendor account, or leaves it. */
  setInAccount(asset: SimulatedAsset, isIn: boolean): void;
}

export function createLinks(cloud: Clients, events: LinkEvents): Links {
  const { world, clock } = cloud;
  let byAccount = new Map<string, SimulatedAsset[]>();
  let indexed = -1;
  /** World ids of devices that are in nobody's account. */
  const outside = new Set<string>();
  const accounts = new Map(world.accounts().map((one) => [one.id, one]));

  const assetsOf = (account: string): readonly SimulatedAsset[] => {
    const size = world.vehicles().size + world.chargers().size;
    if (size !== indexed) {
      byAccount = new Map();
      for (const asset of [...world.vehicles().values(), ...world.chargers().values()]) {
        const list = byAccount.get(asset.identity.account);
        if (list) list.push(asset);
        else byAccount.set(asset.identity.account, [asset]);
      }
      indexed = size;
    }
    return (byAccount.get(account) ?? []).filter(({ identity }) => !outside.has(identity.id));
  };

  const userOf = (client: Client, id: string): User => {
    const known = client.users.get(id);
    if (known) return known;
    const user: User = {
      id,
      seq: cloud.nextSeq(),
      client,
      createdAt: clock.now(),
      vehicles: new Shelf(),
      chargers: new Shelf(),
      locations: new Shelf(),
      schedules: new Shelf(),
      accounts: new Map(),
    };
    client.users.add(user);
    return user;
  };

  const add = (user: User, account: AccountLink, asset: SimulatedAsset): void => {
    const linked = newLinked(cloud, user, account, asset);
    const { client } = user;
    const list = cloud.links.get(asset.identity.id);
    if (list) list.push(linked);
    else cloud.links.set(asset.identity.id, [linked]);
    if (linked.kind === 'vehicle') for (const owner of [client, user]) owner.vehicles.add(linked);
    else for (const owner of [client, user]) owner.chargers.add(linked);
    events.discovered(linked);
  };

  const remove = (linked: Linked): void => {
    const { user } = linked;
    events.leaving(linked);
    const shelf = linked.kind === 'vehicle' ? 'vehicles' : 'chargers';
    user[shelf].delete(linked.id);
    user.client[shelf].delete(linked.id);
    const world = linked.asset.identity.id;
    const left = (cloud.links.get(world) ?? []).filter((one) => one !== linked);
    if (left.length) cloud.links.set(world, left);
    else cloud.links.delete(world);
  };

  const linkedIn = (user: User, asset: SimulatedAsset): boolean =>
    (cloud.links.get(asset.identity.id) ?? []).some((one) => one.user === user);

  const dropKind = (user: User, account: AccountLink, kind: AssetKind): void => {
    account.scopes.delete(kind);
    for (const linked of [...user[kind === 'vehicle' ? 'vehicles' : 'chargers'].all()])
      if (linked.account === account) remove(linked);
    if (account.scopes.size > 0) return;
    user.accounts.delete(account.account);
    cloud.accounts.get(account.account)?.delete(user);
  };

  const discover = (asset: SimulatedAsset): void => {
    if (outside.has(asset.identity.id)) return;
    for (const user of cloud.accounts.get(asset.identity.account) ?? []) {
      const link = user.accounts.get(asset.identity.account);
      if (!link?.scopes.has(asset.identity.kind) || linkedIn(user, asset)) continue;
      add(user, link, asset);
      events.company(user);
    }
  };

  return {
    userOf,
    link(client, userId, accountId, wanted, quota = Number.POSITIVE_INFINITY) {
      const account = accounts.get(accountId);
      if (!account) throw new RangeError(`account: there is no vendor account "${accountId}"`);
      const known = client.users.get(userId);
      // Types the account has no device of are not linked; an empty account waits for its first device.
      const there = new Set(assetsOf(accountId).map((one) => one.identity.kind));
      const scopes = new Map([...wanted].filter(([kind]) => there.size === 0 || there.has(kind)));
      const fresh = assetsOf(accountId).filter(
        (one) => scopes.has(one.identity.kind) && !(known && linkedIn(known, one)),
      );
      if (fresh.length + client.vehicles.size + client.chargers.size > quota)
        throw new Problem(
          403,
          `Unable to create more connections for ClientID: ${client.id}`,
          'Connections limit reached.',
        );
      const user = userOf(client, userId);
      const link = user.accounts.get(accountId) ?? {
        account: accountId,
        vendor: account.vendor,
        scopes: new Map(),
        valid: true,
      };
      user.accounts.set(accountId, link);
      const users = cloud.accounts.get(accountId) ?? new Set();
      cloud.accounts.set(accountId, users.add(user));
      link.valid = true;
      for (const [kind, granted] of scopes) link.scopes.set(kind, granted);
      for (const linked of [...user.vehicles.all(), ...user.chargers.all()]) {
        if (linked.account !== link) continue;
        linked.frozen = undefined;
        linked.scopes = link.scopes.get(linked.kind) ?? linked.scopes;
      }
      for (const asset of fresh) add(user, link, asset);
      events.company(user);
      return user;
    },
    unlink(user, vendor, kind) {
      const links = [...user.accounts.values()].filter(
        (one) => one.vendor === vendor && (!kind || one.scopes.has(kind)),
      );
      for (const link of links) for (const one of kind ? [kind] : [...link.scopes.keys()]) dropKind(user, link, one);
      if (links.length) events.company(user);
      return links.length > 0;
    },
    deleteUser(user) {
      for (const link of [...user.accounts.values()])
        for (const kind of [...link.scopes.keys()]) dropKind(user, link, kind);
      for (const place of user.locations.all()) user.client.locations.delete(place.id);
      user.client.users.delete(user.id);
    },
    freeze(link, user, silently = false) {
      if (!link.valid) return;
      link.valid = false;
      for (const one of user.vehicles.all()) if (one.account === link) one.frozen = one.asset.report();
      for (const one of user.chargers.all()) if (one.account === link) one.frozen = one.asset.report();
      if (!silently) events.company(user);
    },
    discover,
    setInAccount(asset, isIn) {
      if (isIn) {
        outside.delete(asset.identity.id);
        return discover(asset);
      }
      outside.add(asset.identity.id);
      for (const linked of [...(cloud.links.get(asset.identity.id) ?? [])]) {
        remove(linked);
        events.company(linked.user);
      }
    },
  };
}

function newLinked(cloud: Clients, user: User, account: AccountLink, asset: SimulatedAsset): Linked {
  const now = cloud.clock.now();
  const { kind, id } = asset.identity;
  const taken = user.client[kind === 'vehicle' ? 'vehicles' : 'chargers'].get(id) !== undefined;
  const base = {
    // The first user of a client sees the world's id; a second link of one device is another asset to Enode.
    id: taken ? cloud.entropy.uuid() : id,
    seq: cloud.nextSeq(),
    user,
    account,
    linkedAt: now,
    scopes: account.scopes.get(kind) ?? [],
    pluggedSeenAt: now,
    pluggedWithin: null,
    startedWithin: null,
    pending: undefined,
    schedule: undefined,
    told: undefined,
    meter: undefined,
    frozen: undefined,
    pair: undefined,
  };
  if (kind === 'charger') {
    const charger = asset as SimulatedCharger;
    return {
      ...base,
      ...seen(charger.report(), now),
      kind,
      asset: charger,
      locationId: null,
      locationSince: null,
    } satisfies LinkedCharger;
  }
  const vehicle = asset as SimulatedVehicle;
  const smart = {
    isEnabled: false,
    deadline: null,
    minimumChargeLimit: 0,
    state: 'DISABLED',
    stateChangedAt: now,
    plan: null,
    startAt: null,
    override: null,
  };
  return { ...base, ...seen(vehicle.report(), now), kind, asset: vehicle, smart } satisfies LinkedVehicle;
}

const seen = (report: VehicleReport | ChargerReport, now: number) => ({
  lastState: report.powerState,
  lastAt: report.stateUpdated ?? now,
  lastHeard: Math.max(report.stateUpdated ?? now, report.lastSeen),
});
