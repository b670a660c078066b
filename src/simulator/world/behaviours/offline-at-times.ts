// A wallbox at the edge of the Wi-Fi: once an hour it is gone for twelve minutes.
import { lastSlot } from '../cadence.ts';
import { type ChargerBehaviour, obeysWithin } from './behaviour.ts';

const HOUR = 3_600_000;
const GONE = 12 * 60_000;

export const offlineAtTimes: ChargerBehaviour = {
  name: 'offline-at-times',
  kind: 'charger',
  says: 'Is off the net for 12 minutes of every hour; commands are lost meanwhile.',
  commandWindow: { window: 15 * 60_000, every: 60_000 },
  react: (_command, view) => obeysWithin(2, 10, view),
  absence: {
    offline: (id, now) => now - lastSlot(`absence ${id}`, HOUR, now) < GONE,
    nextChange: (id, now) => {
      const began = lastSlot(`absence ${id}`, HOUR, now);
      return now < began + GONE ? began + GONE : began + HOUR;
    },
  },
};
