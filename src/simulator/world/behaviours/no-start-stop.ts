// A car without remote control of charging, for good: only a wallbox can help it.
import { NEVER, type VehicleBehaviour } from './behaviour.ts';

export const noStartStop: VehicleBehaviour = {
  name: 'no-start-stop',
  kind: 'vehicle',
  says: 'Cannot start or stop charging by itself, and never will.',
  capabilities: { startCharging: NEVER, stopCharging: NEVER },
  react: () => ({ refused: 'This vehicle has no remote control of charging.' }),
};
