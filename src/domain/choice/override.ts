// A toggle outside `manual`: it rules until unplug, or until `resume`.
import type { Instant } from '../instant.ts';
import type { Direction } from '../report.ts';

export interface Override {
  readonly want: Direction;
  readonly since: Instant;
  /** The plug-in it belongs to; ends with it. null = given while unplugged: it belongs to the next plug-in. */
  readonly plugin: string | null;
  /** The wish of that toggle: told as failed, it no longer rules either. */
  readonly wish: string;
}
