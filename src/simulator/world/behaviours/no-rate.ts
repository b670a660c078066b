// A wallbox whose vendor reports no charge rate, whole sessions long.
import { type ChargerBehaviour, obeysWithin } from './behaviour.ts';

export const noRate: ChargerBehaviour = {
  name: 'no-rate',
  kind: 'charger',
  says: 'Obeys, and never reports a charge rate.',
  react: (_command, view) => obeysWithin(2, 10, view),
  reports: (truth) => ({ ...truth, chargeRate: null }),
};
