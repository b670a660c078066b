// PATCH of cars and wallboxes: what a hand in the real world could do, and what a vendor's cloud could suddenly say.
import { UserError } from '../kernel/errors.ts';
import {
  aBoolean,
  aNumber,
  aRecord,
  aText,
  type Fields,
  oneOf,
  orNull,
  type Reader,
  readFields,
  wrong,
} from './control-input.ts';
import type { CapabilityState, OwnCapability } from './types.ts';
import { chargerBehaviour, vehicleBehaviour } from './world/behaviours/registry.ts';
import type { Charger } from './world/charger.ts';
import type { Vehicle } from './world/vehicle.ts';
import type { World } from './world/world.ts';

const CAPABILITIES: readonly OwnCapability[] = [
  'startCharging',
  'stopCharging',
  'location',
  'setMaxCurrent',
  'setChargeRateLimit',
];

/** `true`, `false`, or `{capable, interventions: [ids]}`. */
const aCapability: Reader<CapabilityState> = (value, field) => {
  if (typeof value === 'boolean') return { capable: value, interventions: [] };
  const given = readFields(aRecord(value, field), {
    capable: (it) => aBoolean(it, `${field}.capable`),
    interventions: (it) => {
      if (!Array.isArray(it) || it.length > 20) throw wrong(`${field}.interventions`, 'a list of at most 20 ids');
      return it.map((id) => aText(id, `${field}.interventions`));
    },
  });
  return { capable: given.capable ?? false, interventions: given.interventions ?? [] };
};

const someCapabilities: Reader<Partial<Record<OwnCapability, CapabilityState>>> = (value, field) =>
  Object.fromEntries(
    Object.entries(aRecord(value, field)).map(([name, state]) => [
      oneOf(CAPABILITIES)(name, field),
      aCapability(state, `${field}.${name}`),
    ]),
  );

const VEHICLE = {
  cable: orNull(aText),
  batteryLevel: aNumber(0, 100, '%'),
  away: aBoolean,
  asleep: aBoolean,
  reachable: orNull(aBoolean),
  capabilities: someCapabilities,
  behaviour: aText,
  chargeLimit: aNumber(1, 100, '%'),
  stopped: aBoolean,
  fault: aBoolean,
  inAccount: aBoolean,
} as const;

/** What a PATCH wants of the cloud's side: whether the device belongs to its owner's vendor account. */
type Owned = Readonly<{ inAccount?: boolean }>;

/** Throws UserError naming the field; then nothing was changed. */
export function patchVehicle(world: World, vehicle: Vehicle, body: Fields): Owned {
  const wanted = readFields(body, VEHICLE);
  const behaviour = wanted.behaviour === undefined ? undefined : vehicleBehaviour(wanted.behaviour);
  const { car } = vehicle;
  if (wanted.cable !== undefined) world.checkPlug(car, wanted.cable);
  if (wanted.away === true && wanted.cable !== undefined && wanted.cable !== null && wanted.cable !== 'elsewhere') {
    throw new UserError('away must be false when the cable is in a charger at home.', { field: 'away' });
  }
  if (wanted.away === false && wanted.cable === 'elsewhere') {
    throw new UserError('away must be true when the cable is "elsewhere".', { field: 'away' });
  }
  if (behaviour) vehicle.behaviour = behaviour;
  if (wanted.capabilities) vehicle.overrides = { ...vehicle.overrides, ...wanted.capabilities };
  if (wanted.reachable !== undefined) vehicle.reachable = wanted.reachable;
  const { chargeLimit, batteryLevel } = wanted;
  if (chargeLimit !== undefined || batteryLevel !== undefined) {
    world.charging.restart(car, () => {
      if (chargeLimit !== undefined) car.limit = chargeLimit;
      if (batteryLevel !== undefined) car.refill(batteryLevel, world.agenda.now());
    });
  }
  if (wanted.away === true) world.leave(car);
  if (wanted.away === false) world.comeHome(car);
  if (wanted.cable !== undefined) world.plug(car, wanted.cable);
  if (wanted.fault !== undefined) car.fault = wanted.fault;
  if (wanted.stopped !== undefined) car.willing = !wanted.stopped;
  if (wanted.asleep !== undefined) car.forced = { asleep: wanted.asleep, since: world.agenda.now() };
  world.charging.settle(car);
  if (wanted.reachable !== undefined || wanted.capabilities || behaviour) vehicle.tellSoon();
  return wanted;
}

const CHARGER = {
  reachable: aBoolean,
  behaviour: aText,
  reportsRate: aBoolean,
  /** Set in the vendor's own app: A and kW, null = none. */
  maxCurrent: orNull(aNumber(1, 80, 'A')),
  rateLimit: orNull(aNumber(0.1, 350, 'kW')),
  breaker: aBoolean,
  capabilities: someCapabilities,
  stopped: aBoolean,
  guest: aBoolean,
  fault: aBoolean,
  inAccount: aBoolean,
} as const;

/** Throws UserError naming the field; then nothing was changed. */
export function patchCharger(world: World, charger: Charger, body: Fields): Owned {
  const wanted = readFields(body, CHARGER);
  const behaviour = wanted.behaviour === undefined ? undefined : chargerBehaviour(wanted.behaviour);
  const { box } = charger;
  if (wanted.guest !== undefined) world.setGuest(box, wanted.guest);
  if (behaviour) charger.behaviour = behaviour;
  if (wanted.capabilities) charger.overrides = { ...charger.overrides, ...wanted.capabilities };
  if (wanted.reachable !== undefined) charger.reachable = wanted.reachable;
  if (wanted.reportsRate !== undefined) charger.reportsRate = wanted.reportsRate;
  if (wanted.maxCurrent !== undefined) box.maxCurrent = wanted.maxCurrent;
  if (wanted.rateLimit !== undefined) box.rateLimit = wanted.rateLimit;
  if (wanted.fault !== undefined) box.fault = wanted.fault;
  if (wanted.stopped !== undefined) box.offering = !wanted.stopped;
  if (wanted.breaker !== undefined) world.setBreaker(box, wanted.breaker);
  if (box.car) world.charging.settle(box.car);
  charger.changed();
  if (wanted.reachable !== undefined || wanted.capabilities || behaviour) charger.tellSoon();
  return wanted;
}
