// Scenes of a vehicle that needs its charger: linked alone first, then with it, with Enode's help on, ids only, or off.
import type { Policy } from '../../src/domain/choice/policy.ts';
import type { Flags } from '../../src/domain/report.ts';
import { testBrands } from './brands.ts';
import { answered, can, cannot, flags } from './reports.ts';
import { type Stage, stage } from './stage.ts';

/** What Enode does for a client: `on` unlocks capabilities and names pairs, `ids` only names pairs, `off` neither. */
export const helps = ['on', 'ids', 'off'] as const;
export type Help = (typeof helps)[number];

type Over = NonNullable<Parameters<Stage['car']>[0]>;

/** Can neither be started nor stopped nor located, and nothing would help. */
export const incapable: Flags = flags({ start: cannot, stop: cannot, locate: cannot, smart_charge: cannot });
export const unlocked: Flags = flags({ start: can, stop: can, locate: can, smart_charge: can });
/** No position of its own. */
export const nowhere = { latitude: null, longitude: null, at: null };

export interface ChargerCase extends Stage {
  /** The vehicle's own flags; what Enode tells once it unlocks is `unlocked`. */
  readonly own: Flags;
  /** From now on; told with the next report. */
  help: Help;
  /** A report of the car as Enode would give it now, plugged or not. */
  carSays(over?: Over): Promise<void>;
  /** Links the wallbox for the same user. */
  linkBox(over?: Parameters<Stage['box']>[0]): Promise<void>;
  /** Enode no longer lists the wallbox. */
  dropBox(): Promise<void>;
  /** The cable goes in at the wallbox, and Enode names the pair if it helps. */
  plugIn(): Promise<void>;
  unplug(): Promise<void>;
  /** A START that Enode accepts and that ends FAILED; false: it was refused here. */
  failToStart(): Promise<boolean>;
}

/** Begins with the vehicle linked alone, unplugged, at home where it tells its place. */
export async function vehicleFirst(
  options: {
    own?: Flags;
    car?: Over;
    help?: Help;
    policy?: Policy;
    settings?: Parameters<typeof stage>[0] extends infer O ? (O extends { settings?: infer S } ? S : never) : never;
  } = {},
): Promise<ChargerCase> {
  const { own = incapable, car = {} } = options;
  const s = await stage({
    bare: true,
    settings: { brands: testBrands(), chargerPlaces: { box: 'home' }, ...options.settings },
  });
  let isLinked = false;
  let isPlugged = false;
  const position = own.locate?.capable ? {} : { position: nowhere };
  const named = (): boolean => isLinked && isPlugged && made.help !== 'off';
  const made: ChargerCase = Object.assign(Object.create(s) as Stage, {
    own,
    help: options.help ?? ('on' as Help),
    carSays: (over: Over = {}) =>
      s.car({
        power: isPlugged ? ('stopped' as const) : ('unplugged' as const),
        flags: isLinked && made.help === 'on' ? unlocked : own,
        pluggedInChargerId: named() ? 'box' : null,
        ...position,
        ...car,
        ...over,
      }),
    linkBox: async (over = {}) => {
      isLinked = true;
      await s.advance(60);
      await boxSays(over);
      await s.tell({ kind: 'listed', assets: 'charger', users: ['home'], ids: ['box'] });
      await made.carSays();
    },
    dropBox: async () => {
      isLinked = false;
      await s.advance(60);
      await s.tell({ kind: 'listed', assets: 'charger', users: ['home'], ids: [] });
      await made.carSays();
    },
    plugIn: async () => {
      isPlugged = true;
      await s.advance(60);
      if (isLinked) await boxSays();
      await made.carSays();
    },
    unplug: async () => {
      isPlugged = false;
      await s.advance(60);
      if (isLinked) await boxSays();
      await made.carSays();
    },
    failToStart: async () => {
      if (!(await s.charging('start')).ok) return false;
      await s.action(await s.accept(), { state: 'failed', failure: { type: 'NO_RESPONSE', detail: null } });
      return true;
    },
  });
  const boxSays = (over: Parameters<Stage['box']>[0] = {}): Promise<void> =>
    s.box({
      power: isPlugged ? 'stopped' : 'unplugged',
      pluggedInVehicleId: named() ? 'car' : null,
      ...over,
    });
  if (options.policy) await s.order('site', { kind: 'policy', brand: '*', policy: options.policy });
  await s.advance(1);
  await s.tell(
    { kind: 'request_ended', request: answered(s.now()) },
    { kind: 'listed', assets: 'charger', users: ['home'], ids: [] },
  );
  await made.carSays();
  await s.tell({ kind: 'listed', assets: 'vehicle', users: ['home'], ids: ['car'] });
  return made;
}
