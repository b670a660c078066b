// Lists and single reads of vehicles and chargers, the charger's location, refresh hints (3, 4, 5).
import type { WorldClock } from '../../kernel/clock.ts';
import { chargerHere, vehicleHere } from './find.ts';
import { pageOf } from './paging.ts';
import { NotThere, Problem } from './problem.ts';
import type { CloudApp, Linked, LinkedCharger } from './state.ts';
import { aUuid, need, nullOr, readBody } from './validate.ts';
import { viewOf } from './views.ts';

/** @param changed an asset whose view changed by a call */
export function assetRoutes(app: CloudApp, clock: WorldClock, changed: (linked: Linked) => void): void {
  app.get('/vehicles', (c) => c.json(pageOf(c.req.query(), c.get('client').vehicles, viewOf)));
  app.get('/chargers', (c) => c.json(pageOf(c.req.query(), c.get('client').chargers, viewOf)));
  app.get('/users/:userId/vehicles', (c) =>
    c.json(pageOf(c.req.query(), c.get('client').users.get(c.req.param('userId'))?.vehicles ?? null, viewOf)),
  );
  app.get('/users/:userId/chargers', (c) =>
    c.json(pageOf(c.req.query(), c.get('client').users.get(c.req.param('userId'))?.chargers ?? null, viewOf)),
  );
  app.get('/vehicles/:id', (c) => c.json(viewOf(vehicleHere(c))));
  app.get('/chargers/:id', (c) => c.json(viewOf(chargerHere(c))));

  app.put('/chargers/:id', async (c) => {
    const charger = chargerHere(c);
    const locationId = need(await readBody(c), 'locationId', nullOr(aUuid));
    if (locationId !== null && !charger.user.locations.get(locationId))
      throw new Problem(400, `There is no location ${locationId} of this user.`);
    place(charger, locationId, clock.now());
    changed(charger);
    if (charger.pair) changed(charger.pair.vehicle);
    return c.json(viewOf(charger));
  });

  for (const kind of ['vehicles', 'chargers'] as const)
    app.post(`/${kind}/:id/refresh-hint`, (c) => {
      const linked = c.get('client')[kind].get(c.req.param('id'));
      if (!linked) throw new NotThere(`asset ${c.req.param('id')}`);
      if (linked.account.valid) linked.asset.hint();
      return c.body(null, 204);
    });
}

/** Puts a charger at a location, or at none. */
export function place(charger: LinkedCharger, locationId: string | null, now: number): void {
  if (charger.locationId === locationId) return;
  charger.locationId = locationId;
  charger.locationSince = now;
}
