// One entity of the discovery contract as data (entities.md). What all rows share is added by `discovery.ts`.

export type Platform =
  | 'binary_sensor'
  | 'button'
  | 'datetime'
  | 'device_tracker'
  | 'event'
  | 'number'
  | 'select'
  | 'sensor'
  | 'switch';

export interface Row {
  readonly key: string;
  readonly platform: Platform;
  /** Absent: Home Assistant shows the translated name of the class. null: the device's own name (tracker only). */
  readonly name?: string | null;
  /** Without the `mdi:`. */
  readonly icon?: string;
  readonly deviceClass?: string;
  readonly unit?: string;
  readonly stateClass?: 'measurement' | 'total_increasing';
  readonly category?: 'diagnostic' | 'config';
  /** Present but disabled until somebody enables it. */
  readonly disabled?: true;
  /** Digits shown after the point. */
  readonly precision?: number;
  readonly options?: readonly string[];
  readonly range?: {
    readonly min: number;
    readonly max: number;
    readonly step: number;
    readonly mode?: 'slider' | 'box';
  };
}

export const diagnostic = { category: 'diagnostic' } as const;
/** Diagnostic, and off until wanted. */
export const hidden = { category: 'diagnostic', disabled: true } as const;
export const percent = { unit: '%', stateClass: 'measurement' } as const;
