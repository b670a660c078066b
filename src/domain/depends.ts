// Dirtiness in one table: which assets must be decided and shown anew when a record changed.
import { bridgeOf } from './belief/bridge.ts';
import { chooserOf } from './belief/chooser.ts';
import { clockAgrees } from './belief/cloud-learn.ts';
import { shownCharger } from './belief/pairing.ts';
import { newUser } from './belief/user.ts';
import type { AssetId } from './report.ts';
import type { Change, View } from './site.ts';

/** `all`: something that every decision reads changed. `house`: the portraits of bridge and site. */
export interface Dirt {
  readonly assets: ReadonlySet<AssetId>;
  readonly all: boolean;
  readonly house: boolean;
}

/** @param before the site as it was @param after with the changes */
export function depends(before: View, after: View, changes: readonly Change[]): Dirt {
  const assets = new Set<AssetId>();
  let all = false;
  let house = false;
  const add = (...ids: (AssetId | null | undefined)[]): void => {
    for (const id of ids) if (id) assets.add(id);
  };
  /** The asset itself, and whoever shares a loadpoint with it, before or after. */
  const shared = (id: AssetId): void => {
    add(id, shownCharger(before, id), shownCharger(after, id));
    add(before.get('occupant', id)?.vehicle, after.get('occupant', id)?.vehicle);
  };
  for (const { table, id } of changes) {
    switch (table) {
      case 'cloud':
        house = true;
        all ||= clockAgrees(before) !== clockAgrees(after);
        break;
      case 'webhook':
        house = true;
        break;
      case 'bridge':
        house = true;
        all ||= steering(before) !== steering(after);
        break;
      case 'user':
        house = true;
        if (userSteering(before, id) !== userSteering(after, id))
          for (const view of [before, after]) {
            const user = view.get('user', id) ?? newUser;
            add(...user.vehicles, ...user.chargers);
          }
        break;
      case 'location':
      case 'intervention':
      case 'policy':
        all = true;
        break;
      case 'twin':
        add(...(before.get('twin', id)?.ids ?? []), ...(after.get('twin', id)?.ids ?? []));
        break;
      case 'vendor':
        house = true;
        break;
      case 'success':
      case 'look':
      case 'search':
      case 'link':
        break;
      case 'validity':
        // Every charger of its user may be shown otherwise.
        add(id, ...chargersOf(after, id));
        break;
      case 'charger':
        if (providing(before, id) !== providing(after, id)) add(...vehiclesOf(after, id));
        shared(id);
        break;
      case 'attempt':
        // Whoever asked for it waits for its end, also when the pair has come apart.
        for (const view of [before, after]) add(...Object.keys(view.get('attempt', id)?.members ?? {}));
        shared(id);
        break;
      default:
        shared(id);
    }
  }
  return { assets, all, house };
}

const steering = (view: View): string => {
  const { paused, allowChargerCommands, latched, startedAt } = bridgeOf(view);
  return JSON.stringify([paused, allowChargerCommands, latched !== null, startedAt, chooserOf(view)]);
};

const userSteering = (view: View, id: string): string => {
  const { vehicles, chargers, foreign, invalidVendors, ...listed } = view.get('user', id) ?? newUser;
  const isListed = [listed.vehiclesListedAt !== null, listed.chargersListedAt !== null];
  return JSON.stringify([vehicles, chargers, foreign, invalidVendors, ...isListed]);
};

const chargersOf = (view: View, vehicle: AssetId): readonly AssetId[] =>
  view.get('user', view.get('vehicle', vehicle)?.report.userId ?? '')?.chargers ?? [];

const vehiclesOf = (view: View, charger: AssetId): readonly AssetId[] =>
  view.get('user', view.get('charger', charger)?.report.userId ?? '')?.vehicles ?? [];

/** What a charger gives to the vehicles of its user: the records of `flags` are new with each report, their words seldom. */
function providing(view: View, charger: AssetId): string {
  const report = view.get('charger', charger)?.report;
  const { start = null, stop = null } = report?.flags ?? {};
  return `${JSON.stringify([start, stop])} ${report?.locationId}`;
}
