// A car whose vendor gives away the bare minimum: no charge rate, no limit, no current, no time left.
import { obeysWithin, type VehicleBehaviour } from './behaviour.ts';

export const noChargeRate: VehicleBehaviour = {
  name: 'no-charge-rate',
  kind: 'vehicle',
  says: 'Obeys, and reports neither charge rate, time left, charge limit nor current.',
  react: (_command, view) => obeysWithin(3, 15, view),
  reports: (truth) => ({ ...truth, chargeRate: null, chargeTimeRemaining: null, chargeLimit: null, maxCurrent: null }),
};
