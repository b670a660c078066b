// Thousands of homes on one client: `crowd:2500` has 2,500 users with two cars and two wallboxes each. Only the first has a meter.
import type { ChargerSpec, VehicleSpec } from '../world/specs.ts';
import { car, client, HOME, household, type Scenario, SITE, TIMEZONE, wallbox } from './scenario.ts';

export const MOST_USERS = 5000;

/** @param users 1..MOST_USERS */
export function crowd(users: number): Scenario {
  const vehicles: VehicleSpec[] = [];
  const chargers: ChargerSpec[] = [];
  const homes = Array.from({ length: users }, (_, n) => {
    const scenario = `crowd-${n}`;
    const position = {
      latitude: HOME.latitude + (n % 100) * 0.01,
      longitude: HOME.longitude + Math.floor(n / 100) * 0.01,
    };
    const place = n === 0 ? {} : { elsewhere: position };
    const boxes = ['left', 'right'].map((thing) =>
      wallbox({ scenario, thing, vendor: 'EASEE', brand: 'Easee', model: 'Home' }, place),
    );
    const cars = boxes.map((box, i) =>
      car(
        {
          scenario,
          thing: `car-${i}`,
          vendor: i ? 'HYUNDAI' : 'KIA',
          brand: i ? 'Hyundai' : 'Kia',
          model: i ? 'Ioniq 5' : 'Niro',
        },
        {
          level: 20 + ((n * 7 + i * 31) % 60),
          home: position,
          cable: box.identity.id,
          stopped: true,
          behaviour: i ? 'no-start-stop' : 'obedient',
        },
      ),
    );
    vehicles.push(...cars);
    chargers.push(...boxes);
    return household({ scenario, vehicles: cars, chargers: boxes, user: `user-${n}`, position });
  });
  return {
    name: `crowd:${users}`,
    about: `${users} homes with two cars and two wallboxes each.`,
    site: { ...SITE, timezone: TIMEZONE },
    vehicles,
    chargers,
    accounts: homes.flatMap((home) => home.accounts),
    cloud: {
      clients: [client(4 * users + 100)],
      links: homes.flatMap((home) => home.links),
      locations: homes.flatMap((home) => home.locations),
    },
  };
}
