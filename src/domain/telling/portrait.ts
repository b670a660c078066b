// What the outside is shown of one device: a flat document whose keys are promises (entities.md), always all of them.
import type { AssetId } from '../report.ts';

export type PortraitKind = 'vehicle' | 'charger' | 'site' | 'bridge';

/** null = unknown. Instants are ISO texts in UTC, sentences are already in the chosen language. */
export type PortraitValue = string | number | boolean | null;

export interface Portrait {
  readonly kind: PortraitKind;
  /** Asset id; `site` and `bridge` for those two. */
  readonly id: AssetId | 'site' | 'bridge';
  readonly device: {
    readonly name: string;
    readonly manufacturer: string | null;
    readonly model: string | null;
  };
  /** false only when nothing shown can be trusted any more; never for a sleeping car. */
  readonly available: boolean;
  readonly state: Readonly<Record<string, PortraitValue>>;
  /** Vehicles only: last known coordinates (degrees) or null. */
  readonly position: { readonly latitude: number; readonly longitude: number; readonly gps_accuracy: number } | null;
}

export const eventTypes = [
  'plugged_in',
  'unplugged',
  'charging_started',
  'charging_stopped',
  'charging_complete',
  'command_confirmed',
  'command_failed',
  'pairing_activated',
  'pairing_ended',
  'departure_at_risk',
] as const;
export type EventType = (typeof eventTypes)[number];

/** Something that happened to an asset, told once. */
export interface Happening {
  readonly subject: AssetId;
  readonly type: EventType;
  /** A code or a sentence for automations; null when the type says it all. */
  readonly detail: string | null;
}
