// A car that never tells where it is.
import { NEVER, obeysWithin, type VehicleBehaviour } from './behaviour.ts';

export const noLocation: VehicleBehaviour = {
  name: 'no-location',
  kind: 'vehicle',
  says: 'Obeys, and never tells where it is.',
  capabilities: { location: NEVER },
  react: (_command, view) => obeysWithin(3, 15, view),
  reports: (truth) => ({ ...truth, position: null, positionUpdated: null }),
};
