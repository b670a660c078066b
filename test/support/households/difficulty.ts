// How hard a household makes it to tell its cars apart. Shares are of cars, boxes, days or plug-ins as named.

export interface Difficulty {
  readonly name: string;
  readonly cars: readonly [from: number, to: number];
  readonly boxes: readonly [from: number, to: number];
  /** per day and household */
  readonly guests: number;
  /** of trips on which the car charges elsewhere */
  readonly publicCharging: number;
  /** of days on which two cars come home within two minutes of each other, and plug in within seconds */
  readonly together: number;
  /** of cars: tell their position · push changes within seconds · report no power · sleep and say "unplugged" (half of them without
      saying that they sleep) · wait for a timer at night */
  readonly positions: number;
  readonly carPushes: number;
  readonly carNoPower: number;
  readonly liars: number;
  readonly timers: number;
  /** of boxes: push · report no power · are off the net for 12 min of every hour · marked as home by their user */
  readonly boxPushes: number;
  readonly boxNoPower: number;
  readonly flaky: number;
  readonly marked: number;
  /** of homecomings to a full box at which the cable is handed on to the next car within three minutes */
  readonly swaps: number;
  /** of home plug-ins in which we stop the charge and start it again */
  readonly commands: number;
  /** of households that get webhooks; the others are polled as the daemon polls */
  readonly webhooks: number;
  /** s; clocks of vendors are off by up to this */
  readonly skew: number;
}

const calm: Difficulty = {
  name: 'calm: two cars, a box each or one for both, positions told, few guests',
  cars: [2, 2],
  boxes: [1, 2],
  guests: 0.1,
  publicCharging: 0.1,
  together: 0.01,
  positions: 1,
  carPushes: 0.5,
  carNoPower: 0.2,
  liars: 0,
  timers: 0.1,
  boxPushes: 0.8,
  boxNoPower: 0.1,
  flaky: 0,
  marked: 1,
  swaps: 0,
  commands: 0.1,
  webhooks: 0.5,
  skew: 5,
};

export const difficulties: readonly Difficulty[] = [
  calm,
  {
    ...calm,
    name: 'usual: guests, public charging, sleeping and some lying cars',
    cars: [2, 3],
    boxes: [1, 2],
    guests: 0.2,
    publicCharging: 0.25,
    together: 0.02,
    positions: 0.8,
    carPushes: 0.4,
    carNoPower: 0.4,
    liars: 0.15,
    timers: 0.2,
    boxPushes: 0.6,
    boxNoPower: 0.15,
    flaky: 0.1,
    marked: 0.8,
    swaps: 0.1,
    skew: 10,
  },
  {
    ...calm,
    name: 'hard: many guests and liars, a third without positions, some boxes unmarked, swaps',
    cars: [2, 3],
    boxes: [1, 3],
    guests: 0.25,
    publicCharging: 0.3,
    together: 0.03,
    positions: 0.65,
    carPushes: 0.3,
    carNoPower: 0.5,
    liars: 0.3,
    timers: 0.2,
    boxPushes: 0.5,
    boxNoPower: 0.2,
    flaky: 0.2,
    marked: 0.7,
    swaps: 0.15,
    skew: 20,
  },
  {
    ...calm,
    name: 'blind: as hard, no positions at all, everything is polled',
    cars: [2, 3],
    boxes: [1, 3],
    guests: 0.25,
    publicCharging: 0.3,
    together: 0.03,
    positions: 0,
    carPushes: 0,
    carNoPower: 0.5,
    liars: 0.3,
    timers: 0.2,
    boxPushes: 0,
    boxNoPower: 0.2,
    flaky: 0.2,
    marked: 0,
    swaps: 0.15,
    webhooks: 0,
    skew: 20,
  },
];
