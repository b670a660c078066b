// The car of the advertisement: reacts within seconds, tells the truth.
import { obeysWithin, type VehicleBehaviour } from './behaviour.ts';

export const obedient: VehicleBehaviour = {
  name: 'obedient',
  kind: 'vehicle',
  says: 'Reacts within 3 to 15 seconds and tells the truth.',
  react: (_command, view) => obeysWithin(3, 15, view),
};
