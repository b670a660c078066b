// A wallbox as it should be.
import { type ChargerBehaviour, obeysWithin } from './behaviour.ts';

export const goodWallbox: ChargerBehaviour = {
  name: 'good',
  kind: 'charger',
  says: 'Reacts within 2 to 6 seconds and tells the truth.',
  react: (_command, view) => obeysWithin(2, 6, view),
};
