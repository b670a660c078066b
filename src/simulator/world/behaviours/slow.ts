// Reacts when everybody has stopped waiting; its vendor's cloud keeps trying for half an hour.
import type { ChargerBehaviour, VehicleBehaviour } from './behaviour.ts';
import { obeysWithin } from './behaviour.ts';

const says = 'Reacts after 5 to 15 minutes.';
const commandWindow = { window: 30 * 60_000, every: 5 * 60_000 };

export const slowVehicle: VehicleBehaviour = {
  name: 'slow',
  kind: 'vehicle',
  says,
  commandWindow,
  react: (_command, view) => obeysWithin(300, 900, view),
};

export const slowCharger: ChargerBehaviour = {
  name: 'slow',
  kind: 'charger',
  says,
  commandWindow,
  react: (_command, view) => obeysWithin(300, 900, view),
};
