// What became of the newest command of an asset, as shown to people.
import type { Instant } from '../instant.ts';
import type { Direction } from '../report.ts';
import type { Reason } from '../telling/reason.ts';

export const commandStates = [
  'idle',
  'requested',
  'pending',
  'confirmed',
  'failed',
  'refused',
  'cancelled',
  'superseded',
] as const;
export type CommandWord = (typeof commandStates)[number];

export interface CommandState {
  readonly word: CommandWord;
  readonly wish: string | null;
  readonly want: Direction | null;
  readonly origin: 'person' | 'mode' | null;
  readonly at: Instant;
  /** Our time of the last change of `word`. */
  readonly changedAt: Instant;
  /** The cloud's time from which a report counts as "after this command". */
  readonly cloudTime: Instant | null;
  readonly result: Reason | null;
  /** s from request to confirmation. */
  readonly latency: number | null;
  /** Our times of the requests sent for this asset within a day, oldest first: nobody may ask without end. */
  readonly sent: readonly Instant[];
  /** Device the last attempt went to; `enode` = the Vehicle API of an activated pair, where Enode chooses. */
  readonly route: 'vehicle' | 'charger' | 'enode' | null;
}

/** On its way: the switch shows what is wished. */
export const isUnderWay = (command: CommandState | undefined): boolean =>
  command?.word === 'requested' || command?.word === 'pending';
