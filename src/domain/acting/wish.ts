// What shall be: one wish per asset, stored before anything is done for it, with a deadline so that it is never done late.
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, Direction } from '../report.ts';
import type { ReasonCode } from '../telling/reason.ts';

export interface Wish {
  readonly id: string;
  readonly subject: AssetId;
  readonly want: Direction;
  /** `person`: switch, verb, page or automation. `mode`: decided here. */
  readonly origin: 'person' | 'mode';
  readonly from: 'switch' | 'verb' | 'page' | 'mode';
  readonly at: Instant;
  readonly deadline: Instant;
  /** Asked with `anywhere: true`: obeyed even away from home (R3). */
  readonly anywhere: boolean;
  /** A person chose the device. */
  readonly route: 'vehicle' | 'charger' | null;
  /** The plug-in it began in; null = the asset was unplugged. */
  readonly plugin: string | null;
  readonly attempts: number;
  /** Earliest next try. */
  readonly notBefore: Instant | null;
  /** The one change to the other device of the pair (R5): decided with what it follows from, so that no crash makes it twice. */
  readonly hop?: Hop;
  /** Opened anew because this device did the cancelled opposite after all (R4): it alone is asked to undo it. */
  readonly again?: AssetId;
  /** `met`: it is so; `spent`: it ended otherwise. Both are kept until the next wish, never issued again. */
  readonly state: 'open' | 'met' | 'spent';
  /** What decided it; automatic wishes only. */
  readonly why?: ReasonCode;
}

/** `silent`: no evidence in time. `failed`: Enode said so. `unable`: it cannot. `both`: it did its part, but the other holds the charge back, too. */
export interface Hop {
  readonly from: AssetId;
  readonly to: AssetId;
  readonly why: 'silent' | 'failed' | 'unable' | 'both';
}

/** Past its deadline, or from a future that our clock was set back from: it must not be done any more (R4). */
export const isOver = (wish: Wish, now: Instant): boolean =>
  now >= wish.deadline || now < wish.at - numbers.clockAgreementMs;

/** After a pending action was cancelled for a reversed wish: its late execution is undone once (R4). */
export interface Watch {
  /** The direction that was cancelled and must not happen, and the device it was asked of. */
  readonly cancelled: Direction;
  readonly device?: AssetId;
  readonly until: Instant;
  /** The wish that cancelled it. */
  readonly wish: string;
}
