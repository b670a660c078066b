// Tells the referee of a simulated home what people ask of its daemon, as it was asked: not what the daemon made of it.
import type { Mode } from '../domain/choice/mode.ts';
import { defaultSetting, type Setting } from '../domain/choice/setting.ts';
import type { Commanded, Order } from '../domain/fact.ts';
import { numbers } from '../domain/numbers.ts';
import type { Settings } from '../domain/settings.ts';
import type { Site } from '../domain/site.ts';
import type { Commit } from '../loop/ports.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { Wish } from '../simulator/wishes.ts';

export interface WishTeller {
  /** What was asked before and still stands. */
  begin(site: Pick<Site, 'setting' | 'wish' | 'correction'>): void;
  /** What is asked from now on, in time before any effect of it. */
  hear(commit: Pick<Commit, 'entries'>): void;
}

/** ms from a toggle until nothing may be sent for it any more: its deadline, and the watch over a reversal (R4). */
const toggleLasts = numbers.wishDeadlineMs + numbers.reversalWatchMs;

export function createWishTeller(simulator: Pick<Simulator, 'stage'>, settings: Settings): WishTeller {
  const asked = new Map<string, Setting>();
  let stage: Simulator['stage'] | null = null;
  const settingOf = (id: string): Setting => asked.get(id) ?? defaultSetting;
  const tell = (subject: string, from: number, more: Pick<Wish, 'want' | 'origin'> & Partial<Wish>): void =>
    simulator.stage.referee.wish({
      subject,
      from,
      until: Number.POSITIVE_INFINITY,
      anywhere: false,
      untilUnplug: false,
      ...more,
    });
  const tellMode = (id: string, at: number): void =>
    tell(id, at, { want: automaticWant(settingOf(id)), origin: 'automatic' });
  const tellToggle = (id: string, at: number, order: Pick<Wish, 'want' | 'anywhere'>): void => {
    // Outside `manual` a toggle rules until unplug (R3); by a charger's switch it does so for whichever car is on it.
    const { world } = simulator.stage;
    const modes: Mode[] = world.vehicles().has(id) ? [settingOf(id).mode] : [...asked.values()].map(({ mode }) => mode);
    const untilUnplug = modes.some((mode) => mode !== 'manual');
    const until = untilUnplug ? Number.POSITIVE_INFINITY : at + toggleLasts;
    tell(id, at, { ...order, origin: 'person', until, untilUnplug });
  };
  /** All modes, also `manual`: so that the referee knows from the first moment that it is told. */
  const tellModes = (): void => {
    stage = simulator.stage;
    const { world } = stage;
    for (const id of [...world.vehicles().keys(), ...world.chargers().keys()]) tellMode(id, world.clock.now());
  };
  const take = ({ subject, order, from }: Commanded, at: number): void => {
    const change = changeOf(order);
    if (change !== null) {
      asked.set(subject, { ...settingOf(subject), ...change });
      tellMode(subject, at);
    } else if (order.kind === 'charging') {
      const anywhere = order.anywhere || from === 'page' || settings.stopAway;
      tellToggle(subject, at, { want: order.want === 'start' ? 'START' : 'STOP', anywhere });
    } else if (order.kind === 'resume' || order.kind === 'cancel') {
      tell(subject, at, { want: 'none', origin: 'person' });
    } else if (order.kind === 'correct_pair') simulator.stage.referee.say(subject, order.vehicle);
    else if (order.kind === 'withdraw_correction') simulator.stage.referee.unsay(subject);
  };
  return {
    begin(site) {
      for (const [id, setting] of site.setting) asked.set(id, setting);
      tellModes();
      for (const [charger, { vehicle }] of site.correction) simulator.stage.referee.say(charger, vehicle);
      for (const { subject, want, anywhere, at, origin, state } of site.wish.values())
        if (origin === 'person' && state === 'open')
          tellToggle(subject, at, { want: want === 'start' ? 'START' : 'STOP', anywhere });
    },
    hear({ entries }) {
      for (const entry of entries) {
        if (entry.kind !== 'told' || entry.fact.kind !== 'commanded') continue;
        if (simulator.stage !== stage) tellModes();
        take(entry.fact, entry.at);
      }
    },
  };
}

function changeOf(order: Order): Partial<Setting> | null {
  switch (order.kind) {
    case 'mode':
      return { mode: order.mode };
    case 'target':
      return { target: order.percent };
    case 'minimum':
      return { minimum: order.percent };
    case 'departure':
      return { departure: order.at };
    default:
      return null;
  }
}

/** What may be commanded without any person: in `off` only a STOP, unless a minimum or a departure can ask for more. */
function automaticWant({ mode, minimum, departure }: Setting): Wish['want'] {
  if (mode === 'manual') return 'none';
  return mode === 'off' && minimum === 0 && departure === null ? 'STOP' : 'any';
}
