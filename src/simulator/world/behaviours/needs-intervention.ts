// A car whose owner must do something first: control is blocked, and the reason is in the catalogue of interventions.
import type { CapabilityState } from '../../types.ts';
import { CAPABLE, type VehicleBehaviour } from './behaviour.ts';

/** Volkswagen: become primary user; enable Charging (ids from Enode's published list of interventions). */
const blocked: CapabilityState = {
  capable: false,
  interventions: ['d88a46e9-fc8b-4f71-ae50-b8610f4faead', '3e861d64-9c00-4c97-9475-a1b4a9881e79'],
};

export const needsIntervention: VehicleBehaviour = {
  name: 'needs-intervention',
  kind: 'vehicle',
  says: 'Cannot be controlled until its owner has done two things.',
  capabilities: { startCharging: blocked, stopCharging: blocked, location: CAPABLE },
  react: () => ({ refused: 'The owner has not enabled remote control of charging.' }),
};
