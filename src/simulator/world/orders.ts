// The ear of one device: hears commands and does them when its behaviour says so. One charge order waits at a time.
import type { Cancel } from '../../kernel/clock.ts';
import type { DeviceCommand } from '../types.ts';
import type { Agenda } from './agenda.ts';
import type { DeviceView, Reaction } from './behaviours/behaviour.ts';

/** ms from the device's reaction until the vendor's cloud knows, at least and at most. */
export const RESULT_DELAY = [2_000, 6_000] as const;

interface Ear {
  readonly id: string;
  readonly seed: number;
  readonly asleep: boolean;
  readonly plugged: boolean;
  react(command: DeviceCommand, view: DeviceView): Reaction;
  /** A command arrived, whatever becomes of it. */
  arrived(): void;
  perform(command: DeviceCommand): void;
  /** Does nothing, but will say that it did. */
  claim(): void;
}

export class Orders {
  readonly #agenda: Agenda;
  readonly #ear: Ear;
  #told: 'START' | 'STOP' | null = null;
  #count = 0;
  /** By matter: charging, current, rate. */
  readonly #waiting = new Map<string, { readonly wish: string; readonly cancel: Cancel }>();

  constructor(agenda: Agenda, ear: Ear) {
    this.#agenda = agenda;
    this.#ear = ear;
  }

  view(): DeviceView {
    const { id, seed, asleep, plugged } = this.#ear;
    return { id, seed, asleep, plugged, now: this.#agenda.now(), told: this.#told, count: this.#count };
  }

  /** A device unplugged or driven away forgets what it was told. */
  forgetTold(): void {
    this.#told = null;
  }

  hear(command: DeviceCommand): { readonly refused?: string } {
    const charging = command.kind === 'START' || command.kind === 'STOP';
    const matter = charging ? 'charging' : command.kind;
    const wish = JSON.stringify(command);
    this.#count++;
    const reaction = this.#ear.react(command, this.view());
    if (typeof reaction === 'object' && 'refused' in reaction) return reaction;
    if (charging) this.#told = command.kind;
    this.#ear.arrived();
    if (reaction === 'claimed') {
      this.#ear.claim();
      return {};
    }
    const waiting = this.#waiting.get(matter);
    // The vendor's cloud repeats itself; a device that is on its way does not begin anew.
    if (reaction === 'ignored' || waiting?.wish === wish) return {};
    waiting?.cancel();
    const cancel = this.#agenda.at(this.#agenda.now() + reaction.after, () => {
      this.#waiting.delete(matter);
      this.#ear.perform(command);
    });
    this.#waiting.set(matter, { wish, cancel });
    return {};
  }
}
