// Pushes its state within seconds, takes a current in amperes, reacts at once.
import { CAPABLE, obeysWithin, type VehicleBehaviour } from './behaviour.ts';

export const teslaLike: VehicleBehaviour = {
  name: 'tesla-like',
  kind: 'vehicle',
  says: 'Pushes changes within seconds, lets its current be set, reacts within 1 to 4 seconds.',
  push: true,
  capabilities: { setMaxCurrent: CAPABLE },
  react: (_command, view) => obeysWithin(1, 4, view),
};
