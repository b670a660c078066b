// The daemon's own state as far as it steers decisions or is shown.
import type { Instant } from '../instant.ts';
import type { AssetId, Direction } from '../report.ts';
import type { View } from '../site.ts';

export interface Bridge {
  readonly paused: boolean;
  /** Consent given by page or verb (the option is in the settings). */
  readonly allowChargerCommands: boolean;
  /** Of this run. */
  readonly startedAt: Instant | null;
  readonly installation: string;
  readonly instance: string;
  /** Another daemon on our broker or our client; `memory`: our database is older than one that ran. */
  readonly double: {
    readonly where: 'broker' | 'cloud' | 'memory';
    readonly detail: string;
    readonly at: Instant;
  } | null;
  /** The interlock found a breach: nothing is commanded until a restart. */
  readonly latched: { readonly check: string; readonly at: Instant } | null;
  readonly storageFailed: string | null;
  /** Action ids of ours, newest last, at most 50: others' actions tell of another client. */
  readonly ownActions: readonly string[];
  /** Requests whose answer never came, newest last, at most 20: an action that fits one may be ours. Absent in older databases. */
  readonly unanswered?: readonly Unanswered[];
  /** The first evidence that Enode does not choose between the devices of a pair for this client (R5); absent = none. */
  readonly unorchestrated?: Unorchestrated;
  /** This client was ever told an id of a plugged-in partner by Enode (R5): a missing one may be "not yet". */
  readonly idsSeen: boolean;
}

/** `flags`: both linked, yet the car's flags stay false. `incapable`: an activated car was refused as unable. `silent`: it never answered, with its charger within reach. */
export interface Unorchestrated {
  readonly by: 'flags' | 'incapable' | 'silent';
  readonly vehicle: AssetId;
  readonly at: Instant;
}

export interface Unanswered {
  readonly target: AssetId;
  readonly direction: Direction;
  /** Cloud's time of the intent. */
  readonly at: Instant;
}

const newBridge: Bridge = {
  paused: false,
  allowChargerCommands: false,
  startedAt: null,
  installation: '',
  instance: '',
  double: null,
  latched: null,
  storageFailed: null,
  ownActions: [],
  idsSeen: false,
};

export const bridgeOf = (view: View): Bridge => view.get('bridge', 'bridge') ?? newBridge;
