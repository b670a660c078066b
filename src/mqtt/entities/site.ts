// The entities of the site. Surplus, grid, house, forecast and price come with the versions that know them.
import type { Row } from './row.ts';

export const siteRows: readonly Row[] = [
  { key: 'pause', platform: 'switch', name: 'Pause automatic charging', icon: 'pause-circle-outline' },
];
