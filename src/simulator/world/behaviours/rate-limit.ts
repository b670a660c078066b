// A wallbox that takes a limit in kW (Easee, go-e, KEBA, Zaptec …).
import { CAPABLE, type ChargerBehaviour, obeysWithin } from './behaviour.ts';

export const rateLimit: ChargerBehaviour = {
  name: 'rate-limit',
  kind: 'charger',
  says: 'Obeys, and takes a charge-rate limit of 1.4 to 22 kW.',
  capabilities: { setChargeRateLimit: CAPABLE },
  rateLimitRange: { min: 1.4, max: 22 },
  react: (_command, view) => obeysWithin(2, 6, view),
};
