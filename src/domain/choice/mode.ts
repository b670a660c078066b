// The charging modes. In this version `manual`, `off` and `now` decide; the others have their place in `want.ts`.

export const modes = ['manual', 'off', 'now', 'schedule', 'solar', 'min_solar'] as const;
export type Mode = (typeof modes)[number];

/** The modes that this version can carry out; the others are refused with a sentence. */
export const builtModes = ['manual', 'off', 'now'] as const satisfies readonly Mode[];

export const isBuilt = (mode: Mode): boolean => (builtModes as readonly Mode[]).includes(mode);

/** Modes in which nothing is charged for: they need no charger and no capability. */
export const isResting = (mode: Mode): boolean => mode === 'manual' || mode === 'off';
