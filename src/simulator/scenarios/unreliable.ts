// Every bad habit at once: cars that are deaf, slow, asleep, lying or half blind; wallboxes that vanish or say too little.
import type { VehicleSpec } from '../world/specs.ts';
import { car, homeScenario, idIn, type Scenario, SITE, wallbox } from './scenario.ts';

const scenario = 'unreliable';

const bad = (
  thing: string,
  of: { vendor: string; brand: string; model: string },
  more: Partial<Omit<VehicleSpec, 'identity'>> = {},
): VehicleSpec =>
  car({ scenario, thing, displayName: `${thing} car`, ...of }, { behaviour: thing, stopped: true, ...more });

export const unreliable: Scenario = homeScenario({
  name: scenario,
  about: 'Cars that are deaf, slow, sleepy, lying, mute or blocked, and wallboxes that vanish or say too little.',
  site: { ...SITE, fuse: 63 },
  paired: false,
  vehicles: [
    bad('deaf', { vendor: 'OPEL', brand: 'Opel', model: 'Corsa-e' }, { cable: idIn(scenario, 'vanishing') }),
    bad('slow', { vendor: 'VOLKSWAGEN', brand: 'Volkswagen', model: 'ID.3' }, { cable: idIn(scenario, 'mute') }),
    bad('sleepy', { vendor: 'BMW', brand: 'BMW', model: 'i4' }, { cable: idIn(scenario, 'strict') }),
    bad(
      'liar',
      { vendor: 'NISSAN', brand: 'Nissan', model: 'Leaf' },
      { phases: 1, amperes: 32, cable: idIn(scenario, 'lazy') },
    ),
    bad('unplugged-when-asleep', { vendor: 'XPENG', brand: 'XPENG', model: 'G6' }, { cable: idIn(scenario, 'plain') }),
    bad('no-location', { vendor: 'PEUGEOT', brand: 'Peugeot', model: 'e-208' }),
    bad('no-charge-rate', { vendor: 'HYUNDAI', brand: 'Hyundai', model: 'Kona' }),
    bad('needs-intervention', { vendor: 'AUDI', brand: 'Audi', model: 'Q4 e-tron' }),
  ],
  chargers: [
    wallbox({ scenario, thing: 'plain', vendor: 'EASEE', brand: 'Easee', model: 'Home' }),
    wallbox(
      { scenario, thing: 'vanishing', vendor: 'GOE', brand: 'go-e', model: 'Gemini' },
      { behaviour: 'offline-at-times' },
    ),
    wallbox(
      { scenario, thing: 'mute', vendor: 'OHME', brand: 'Ohme', model: 'Home Pro' },
      { behaviour: 'no-rate', push: false },
    ),
    wallbox(
      { scenario, thing: 'strict', vendor: 'GARO', brand: 'Garo', model: 'Entity' },
      { behaviour: 'refuses-while-unplugged' },
    ),
    wallbox(
      { scenario, thing: 'lazy', vendor: 'EVBOX', brand: 'EVBox', model: 'Elvi' },
      { behaviour: 'slow', push: false },
    ),
  ],
});
