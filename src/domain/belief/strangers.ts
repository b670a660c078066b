// Cars and chargers of the other users in the same house: they may explain what a user's own cars and chargers show, and are never
// their partners (R6).
import { numbers } from '../numbers.ts';
import type { AssetId, UserId } from '../report.ts';
import type { View } from '../site.ts';
import type { Open } from './pairing-weigh.ts';
import { newUser } from './user.ts';

const nobody: Open['strangers'] = { cars: [], boxes: [] };

/** Only those whose own pairs are open. The same car or charger, linked by two users, is no stranger to itself. */
export function strangersOf(view: View, user: UserId): Open['strangers'] {
  const { users } = view.settings;
  if (users.length < 2 || users.length > numbers.matchUsers) return nobody;
  const own = view.get('user', user) ?? newUser;
  const serials = new Set([...own.vehicles, ...own.chargers].map((id) => serialOf(view, id)));
  const others = users.filter((id) => id !== user).map((id) => view.get('user', id) ?? newUser);
  const isStrange = (id: AssetId): boolean => {
    const serial = serialOf(view, id);
    return serial === null || !serials.has(serial);
  };
  const isOpen = (id: AssetId): boolean => isStrange(id) && view.get('pairing', id)?.word !== 'activated';
  return {
    cars: others.flatMap(({ vehicles }) => vehicles.filter(isOpen)),
    boxes: others.flatMap(({ chargers }) =>
      chargers.filter((id) => isStrange(id) && view.get('occupant', id) === undefined),
    ),
  };
}

const serialOf = (view: View, id: AssetId): string | null =>
  (view.get('vehicle', id) ?? view.get('charger', id))?.report.serial ?? null;
