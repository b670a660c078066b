// All scenarios by name.
import { UserError } from '../../kernel/errors.ts';
import { commuter } from './commuter.ts';
import { crowd, MOST_USERS } from './crowd.ts';
import { home } from './home.ts';
import { newcomer } from './newcomer.ts';
import { publicCharging } from './public-charging.ts';
import type { Scenario } from './scenario.ts';
import { single } from './single.ts';
import { tesla } from './tesla.ts';
import { twoCarsOneCharger } from './two-cars-one-charger.ts';
import { unreliable } from './unreliable.ts';

export const SCENARIOS: readonly Scenario[] = [
  home,
  single,
  unreliable,
  twoCarsOneCharger,
  publicCharging,
  tesla,
  commuter,
  newcomer,
];

/** A scenario by name; `crowd` or `crowd:N` for N homes. Throws UserError naming `scenario`. */
export function scenarioOf(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found) return found;
  const users = /^crowd(?::(\d{1,9}))?$/.exec(name);
  if (users) {
    const count = Number(users[1] ?? 100);
    if (count >= 1 && count <= MOST_USERS) return crowd(count);
    throw new UserError(`scenario crowd takes 1 to ${MOST_USERS} homes, for example crowd:100.`, { field: 'scenario' });
  }
  const known = SCENARIOS.map((scenario) => scenario.name).join(', ');
  throw new UserError(`scenario must be one of ${known} or crowd:N.`, { field: 'scenario' });
}
