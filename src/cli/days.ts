// Days worth telling: a scenario, when it begins, and what a person does in it. `npm run day -- NAME` plays one.

export interface Step {
  /** Clock time in UTC, HH:MM. */
  readonly at: string;
  /** What is told in the story. */
  readonly says: string;
  /** A message on a topic below `enode2mqtt/`; `<vehicle:N>` and `<charger:N>` stand for ids in the order of the scenario. */
  readonly publish?: readonly [topic: string, payload: string];
  /** A hand in the world: `PATCH /control/…`. */
  readonly control?: readonly [path: string, body: Readonly<Record<string, unknown>>];
}

export interface Day {
  readonly name: string;
  readonly about: string;
  readonly scenario: string;
  /** Midnight in UTC of the day, ISO date. */
  readonly date: string;
  readonly steps: readonly Step[];
}

export const days: readonly Day[] = [
  {
    name: 'toggle',
    about: 'Two cars in mode manual: a toggle for each, one change of mind, one evening unplugged.',
    scenario: 'home',
    date: '2026-06-15',
    steps: [
      { at: '08:00', says: 'somebody switches the first car on', publish: ['vehicle/<vehicle:1>/charging/set', 'ON'] },
      { at: '09:00', says: 'somebody switches the second car on', publish: ['vehicle/<vehicle:2>/charging/set', 'ON'] },
      { at: '09:01', says: 'and changes their mind', publish: ['vehicle/<vehicle:2>/charging/set', 'OFF'] },
      { at: '13:00', says: 'on again', publish: ['vehicle/<vehicle:2>/charging/set', 'ON'] },
      { at: '20:00', says: 'the first car is unplugged', control: ['/control/vehicles/<vehicle:1>', { cable: null }] },
    ],
  },
  {
    name: 'off-then-now',
    about: 'One car must not charge by day and shall be at 70 % in the evening.',
    scenario: 'home',
    date: '2026-06-16',
    steps: [
      { at: '06:30', says: 'mode off', publish: ['vehicle/<vehicle:1>/mode/set', 'off'] },
      {
        at: '12:00',
        says: 'somebody wants an exception: ON until unplug',
        publish: ['vehicle/<vehicle:1>/charging/set', 'ON'],
      },
      { at: '12:45', says: 'and ends it', publish: ['vehicle/<vehicle:1>/resume/set', 'PRESS'] },
      { at: '18:00', says: 'target 70 %', publish: ['vehicle/<vehicle:1>/target/set', '70'] },
      { at: '18:01', says: 'mode now', publish: ['vehicle/<vehicle:1>/mode/set', 'now'] },
    ],
  },
  {
    name: 'deaf',
    about: 'Cars that do not do what they are told: what is tried, what is said, and what is not tried again.',
    scenario: 'unreliable',
    date: '2026-06-17',
    steps: [
      { at: '07:00', says: 'ON for the first car', publish: ['vehicle/<vehicle:1>/charging/set', 'ON'] },
      { at: '08:00', says: 'ON for the second car', publish: ['vehicle/<vehicle:2>/charging/set', 'ON'] },
      { at: '09:00', says: 'ON for the third car', publish: ['vehicle/<vehicle:3>/charging/set', 'ON'] },
      { at: '10:00', says: 'mode now for the first car', publish: ['vehicle/<vehicle:1>/mode/set', 'now'] },
    ],
  },
  {
    name: 'away',
    about: 'A car at a public charger: left alone, and an OFF meant for home is refused.',
    scenario: 'public-charging',
    date: '2026-06-18',
    steps: [
      {
        at: '01:00',
        says: 'an automation switches everything off',
        publish: ['vehicle/<vehicle:1>/charging/set', 'OFF'],
      },
      { at: '02:00', says: 'mode off', publish: ['vehicle/<vehicle:1>/mode/set', 'off'] },
      {
        at: '03:00',
        says: 'the owner means it: stop, anywhere',
        publish: ['bridge/request/command', '{"id":"<vehicle:1>","command":"stop","anywhere":true}'],
      },
    ],
  },
];
