// Says UNPLUGGED while the cable is in, as soon as it sleeps or is full; reported of XPENG by several users.
import { obeysWithin, type VehicleBehaviour } from './behaviour.ts';

export const unpluggedWhenAsleep: VehicleBehaviour = {
  name: 'unplugged-when-asleep',
  kind: 'vehicle',
  says: 'Obeys; asleep or full it reports UNPLUGGED although the cable is in, and it has no odometer.',
  tellsSleep: true,
  react: (_command, view) => obeysWithin(view.asleep ? 20 : 3, view.asleep ? 60 : 15, view),
  reports: (truth, view) => {
    const report = { ...truth, odometer: null, odometerUpdated: null };
    return view.asleep || truth.powerState === 'COMPLETE' ? { ...report, powerState: 'UNPLUGGED' } : report;
  },
};
