// Sleeps deeply: the first command only begins to wake it, minutes later it obeys. Awake it is quick.
import { obeysWithin, type VehicleBehaviour } from './behaviour.ts';

export const sleepy: VehicleBehaviour = {
  name: 'sleepy',
  kind: 'vehicle',
  says: 'Needs 2 to 5 minutes to wake before it obeys; awake it reacts within seconds.',
  commandWindow: { window: 15 * 60_000, every: 60_000 },
  react: (_command, view) => (view.asleep ? obeysWithin(120, 300, view) : obeysWithin(3, 15, view)),
};
