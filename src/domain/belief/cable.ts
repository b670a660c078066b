// Whether a cable is in, as one report says it: the state's word where there is one, else the plain flag.
import type { ChargeReport } from '../report.ts';

export const cableOf = ({ power, plugged }: Pick<ChargeReport, 'power' | 'plugged'>): boolean | null =>
  power === null ? plugged : power !== 'unplugged';
