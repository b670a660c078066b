// What a look asks of the outside, as data: executed only after its transaction is on the disk.
import type { LookSubject } from '../fact.ts';
import type { AssetId, AssetKind, Direction, LimitKind } from '../report.ts';
import type { Permit } from './permit.ts';

export interface ChargeRequest {
  readonly attempt: string;
  readonly target: AssetId;
  readonly targetKind: AssetKind;
  readonly direction: Direction;
}

export interface LimitRequest {
  readonly attempt: string;
  readonly target: AssetId;
  readonly targetKind: AssetKind;
  readonly limit: LimitKind;
  /** A for `max_current`, kW for `rate_limit` */
  readonly value: number;
}

export interface CancelRequest {
  readonly attempt: string;
  readonly target: AssetId;
  readonly targetKind: AssetKind;
  /** The cloud's action id. */
  readonly action: string;
}

export type Effect =
  | { readonly kind: 'send'; readonly request: ChargeRequest; readonly permit: Permit }
  | { readonly kind: 'limit'; readonly request: LimitRequest; readonly permit: Permit }
  | { readonly kind: 'cancel'; readonly request: CancelRequest }
  /** `most`: requests it may spend. */
  | { readonly kind: 'look'; readonly subject: LookSubject; readonly most: number };
