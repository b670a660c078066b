// Finding what a path names, or answering as the document says.
import type { Context } from 'hono';
import { NotThere, Problem } from './problem.ts';
import type { Action, Env, Linked, LinkedCharger, LinkedVehicle, Place, User } from './state.ts';
import { isUuid } from './validate.ts';

type Ctx = Context<Env>;

const param = (c: Ctx, name: string): string => c.req.param(name) ?? '';

export function userHere(c: Ctx): User {
  const id = param(c, 'userId');
  const user = c.get('client').users.get(id);
  if (!user) throw new Problem(404, `Could not find user with ID ${id}`, 'User does not exist');
  return user;
}

export function vehicleHere(c: Ctx): LinkedVehicle {
  const id = param(c, 'id');
  const vehicle = c.get('client').vehicles.get(id);
  if (!vehicle) throw new Problem(404, `Could not find vehicle with ID ${id}`, 'Vehicle not found');
  return vehicle;
}

export function chargerHere(c: Ctx): LinkedCharger {
  const id = param(c, 'id');
  const charger = c.get('client').chargers.get(id);
  if (!charger) throw new Problem(404, `Could not find charger with ID ${id}`, 'Charger not found');
  return charger;
}

export function placeHere(c: Ctx): Place {
  const place = c.get('client').locations.get(param(c, 'id'));
  if (!place) throw new Problem(404, `Could not find location with ID ${param(c, 'id')}`, 'Location not found');
  return place;
}

/** 400 for an id that is no uuid (measured); 404 without a body for one nobody knows. */
export function actionHere(c: Ctx, kind: 'vehicle' | 'charger'): Action {
  const id = param(c, 'id');
  if (!isUuid(id)) throw new Problem(400, '`actionId` must be a uuid.');
  const action = c.get('client').actions.get(id);
  if (action?.target.kind !== kind) throw new NotThere(`action ${id}`);
  return action;
}

export function needScope(linked: Linked, scope: string): void {
  if (!linked.scopes.includes(scope)) throw new Problem(403, `The user did not grant the scope ${scope}.`);
}
