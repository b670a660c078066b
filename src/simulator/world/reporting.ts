// When the vendor's cloud hears from one device. A change is heard at the device's next poll or push; nothing is scheduled while
// nothing changes: the sign of life of a quiet device is computed when somebody asks.
import type { Cancel } from '../../kernel/clock.ts';
import type { Agenda } from './agenda.ts';
import { type Activity, lastSlot, nextSlot, POLL_EVERY, PUSH_DELAY, PUSH_EVERY, STATE_LAG } from './cadence.ts';
import { between, chanceOf } from './chance.ts';

interface Heard {
  readonly lastSeen: number;
  readonly stateUpdated: number | null;
  readonly reachable: boolean | null;
}

interface ReportSource<Report> {
  readonly id: string;
  readonly push: boolean;
  readonly activity: Activity;
  /** When it fell asleep, epoch ms; awake: now. */
  readonly awakeUntil: number;
  /** The report the device would give now. */
  read(former: Report | null): Report;
  /** A new report replaced the former. */
  heard(): void;
}

export class Reporting<Report extends Heard> {
  readonly #agenda: Agenda;
  readonly #source: ReportSource<Report>;
  #report: Report;
  #due: { readonly when: number; readonly cancel: Cancel } | null = null;

  constructor(agenda: Agenda, source: ReportSource<Report>) {
    this.#agenda = agenda;
    this.#source = source;
    this.#report = source.read(null);
  }

  /** What the cloud holds now. */
  current(): Report {
    // While a change waits to be told, what was told before must not look fresher than the change.
    if (this.#due || this.#report.reachable === false) return this.#report;
    const { id, activity, awakeUntil } = this.#source;
    const slot = lastSlot(id, this.#every(), this.#agenda.now());
    if (slot <= this.#report.lastSeen) return this.#report;
    // A sleeping car's vendor answers from its cache: seen, but its state is as old as the last poll it was awake for.
    const read = activity === 'asleep' ? lastSlot(id, this.#every('idle'), awakeUntil) : slot;
    const stateUpdated = Math.max(this.#report.stateUpdated ?? 0, read - STATE_LAG);
    this.#report = { ...this.#report, lastSeen: slot, stateUpdated };
    return this.#report;
  }

  /** Something is no longer as it was told. */
  changed(): void {
    if (this.#source.push) this.within(...PUSH_DELAY);
    else this.#schedule(nextSlot(this.#source.id, this.#every(), this.#agenda.now()));
  }

  /** Tells at some moment `from`..`to` ms from now, unless it tells earlier anyway. */
  within(from: number, to: number): void {
    const now = this.#agenda.now();
    this.#schedule(now + Math.round(between(from, to, chanceOf(0, 'report', this.#source.id, now))));
  }

  #every(activity: Activity = this.#source.activity): number {
    return (this.#source.push ? PUSH_EVERY : POLL_EVERY)[activity];
  }

  #schedule(when: number): void {
    if (this.#due && this.#due.when <= when) return;
    this.#due?.cancel();
    this.#due = { when, cancel: this.#agenda.at(when, () => this.#tell()) };
  }

  #tell(): void {
    this.#due = null;
    this.#report = this.#source.read(this.#report);
    if (this.#source.activity === 'charging' && this.#report.reachable !== false) {
      this.#schedule(nextSlot(this.#source.id, this.#every(), this.#agenda.now()));
    }
    this.#source.heard();
  }
}
