// What a device does with a command, and what it tells: the seam for one small file per kind of device.
import type {
  AssetKind,
  CapabilityState,
  ChargerReport,
  DeviceCommand,
  OwnCapability,
  VehicleReport,
} from '../../types.ts';
import { between, chanceOf } from '../chance.ts';

/** What a behaviour may know when it decides. */
export interface DeviceView {
  readonly id: string;
  readonly seed: number;
  /** epoch ms */
  readonly now: number;
  readonly asleep: boolean;
  readonly plugged: boolean;
  /** The last START or STOP it heard. */
  readonly told: 'START' | 'STOP' | null;
  /** Commands heard so far: the dice of the n-th. */
  readonly count: number;
}

/** Obeys after some ms, refuses with a sentence, does nothing at all, or does nothing and soon says it did. */
export type Reaction = { readonly after: number } | { readonly refused: string } | 'ignored' | 'claimed';

interface Behaviour<Report> {
  readonly name: string;
  readonly kind: AssetKind;
  /** One sentence for people. */
  readonly says: string;
  readonly capabilities?: Partial<Readonly<Record<OwnCapability, CapabilityState>>>;
  /** ms the vendor's cloud keeps trying, and how often it sends; else 5 min, every minute. */
  readonly commandWindow?: { readonly window: number; readonly every: number };
  readonly push?: boolean;
  /** kW */
  readonly rateLimitRange?: { readonly min: number; readonly max: number };
  react(command: DeviceCommand, view: DeviceView): Reaction;
  /** What it tells instead of the truth. */
  reports?(truth: Report, view: DeviceView): Report;
  /** What it tells changes when it falls asleep. */
  readonly tellsSleep?: boolean;
  /** Off the net at this moment, by itself; `nextChange` says when that may differ, epoch ms. */
  readonly absence?: {
    offline(id: string, now: number): boolean;
    nextChange(id: string, now: number): number;
  };
}

export type VehicleBehaviour = Behaviour<VehicleReport>;
export type ChargerBehaviour = Behaviour<ChargerReport>;

export const CAPABLE: CapabilityState = { capable: true, interventions: [] };
export const NEVER: CapabilityState = { capable: false, interventions: [] };

/** Obeys after `from`..`to` seconds, by the dice of this command. */
export function obeysWithin(from: number, to: number, view: DeviceView): Reaction {
  return { after: Math.round(1000 * between(from, to, chanceOf(view.seed, 'react', view.id, view.count))) };
}
