// Accepts every command and never does anything: the silence users complain about most.
import type { ChargerBehaviour, VehicleBehaviour } from './behaviour.ts';

const says = 'Accepts commands and never reacts.';

export const deafVehicle: VehicleBehaviour = { name: 'deaf', kind: 'vehicle', says, react: () => 'ignored' };
export const deafCharger: ChargerBehaviour = { name: 'deaf', kind: 'charger', says, react: () => 'ignored' };
