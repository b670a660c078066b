// Says what was asked of it and does nothing: only power, energy and another witness can tell.
import type { VehicleBehaviour } from './behaviour.ts';

export const liar: VehicleBehaviour = {
  name: 'liar',
  kind: 'vehicle',
  says: 'Reports what was commanded and does nothing; its charge rate is never known.',
  react: () => 'claimed',
  reports: (truth, view) => {
    const silent = { ...truth, chargeRate: null, chargeTimeRemaining: null };
    if (!view.plugged || view.told === null) return silent;
    return { ...silent, powerState: view.told === 'START' ? 'CHARGING' : 'STOPPED' };
  },
};
