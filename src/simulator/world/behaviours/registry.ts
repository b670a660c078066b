// All behaviours by name: what a scenario and the control API may ask for.
import { UserError } from '../../../kernel/errors.ts';
import type { ChargerBehaviour, VehicleBehaviour } from './behaviour.ts';
import { deafCharger, deafVehicle } from './deaf.ts';
import { goodWallbox } from './good-wallbox.ts';
import { liar } from './liar.ts';
import { needsIntervention } from './needs-intervention.ts';
import { noChargeRate } from './no-charge-rate.ts';
import { noLocation } from './no-location.ts';
import { noRate } from './no-rate.ts';
import { noStartStop } from './no-start-stop.ts';
import { obedient } from './obedient.ts';
import { offlineAtTimes } from './offline-at-times.ts';
import { rateLimit } from './rate-limit.ts';
import { refusesWhileUnplugged } from './refuses-while-unplugged.ts';
import { sleepy } from './sleepy.ts';
import { slowCharger, slowVehicle } from './slow.ts';
import { teslaLike } from './tesla-like.ts';
import { unpluggedWhenAsleep } from './unplugged-when-asleep.ts';

export const VEHICLE_BEHAVIOURS: readonly VehicleBehaviour[] = [
  obedient,
  slowVehicle,
  deafVehicle,
  sleepy,
  liar,
  noStartStop,
  noLocation,
  noChargeRate,
  needsIntervention,
  teslaLike,
  unpluggedWhenAsleep,
];

export const CHARGER_BEHAVIOURS: readonly ChargerBehaviour[] = [
  goodWallbox,
  slowCharger,
  deafCharger,
  noRate,
  offlineAtTimes,
  rateLimit,
  refusesWhileUnplugged,
];

function pick<B extends { readonly name: string }>(all: readonly B[], name: string): B {
  const found = all.find((behaviour) => behaviour.name === name);
  if (found) return found;
  const known = all.map((behaviour) => behaviour.name).join(', ');
  throw new UserError(`behaviour must be one of ${known}.`, { field: 'behaviour' });
}

export const vehicleBehaviour = (name: string): VehicleBehaviour => pick(VEHICLE_BEHAVIOURS, name);
export const chargerBehaviour = (name: string): ChargerBehaviour => pick(CHARGER_BEHAVIOURS, name);
