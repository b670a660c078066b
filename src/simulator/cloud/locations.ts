// Locations and tariffs (9).
import { place as putAt } from './assets.ts';
import { placeHere } from './find.ts';
import type { Links } from './links.ts';
import { pageOf } from './paging.ts';
import { Problem } from './problem.ts';
import {
  type Client,
  type Clients,
  type CloudApp,
  iso,
  type Linked,
  type Place,
  type TariffInterval,
  type User,
} from './state.ts';
import { aClockTime, aNumber, anObject, aText, type Check, listOf, may, need, readBody, readJson } from './validate.ts';

const aZone: Check<string> = (value, field) => {
  const zone = aText(1, 64)(value, field);
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch {
    throw new Problem(400, `\`${field}\` must be an IANA time zone.`);
  }
  return zone;
};

const view = (place: Place) => ({
  id: place.id,
  userId: place.userId,
  name: place.name,
  latitude: place.position.latitude,
  longitude: place.position.longitude,
  timezoneName: place.timezone,
  createdAt: iso(place.createdAt),
});

export function addPlace(cloud: Clients, user: User, what: Pick<Place, 'name' | 'position' | 'timezone'>): Place {
  const place: Place = {
    id: cloud.entropy.uuid(),
    seq: cloud.nextSeq(),
    userId: user.id,
    createdAt: cloud.clock.now(),
    tariff: null,
    ...what,
  };
  user.locations.add(place);
  user.client.locations.add(place);
  return place;
}

/** @param moved assets that may now show another location */
export function locationRoutes(app: CloudApp, cloud: Clients, links: Links, moved: (linked: Linked) => void): void {
  const ownerOf = (client: Client, place: Place): User => client.users.get(place.userId) as User;
  const movedAll = (user: User): void => {
    for (const one of [...user.chargers.all(), ...user.vehicles.all()]) moved(one);
  };

  app.post('/users/:userId/locations', async (c) => {
    const body = await readBody(c);
    const name = need(body, 'name', aText(1, 200));
    const latitude = need(body, 'latitude', aNumber(-90, 90));
    const longitude = need(body, 'longitude', aNumber(-180, 180));
    const timezone = need(body, 'timezoneName', aZone);
    const user = links.userOf(c.get('client'), c.req.param('userId'));
    const place = addPlace(cloud, user, { name, position: { latitude, longitude }, timezone });
    movedAll(user);
    return c.json(view(place));
  });
  app.get('/locations', (c) => c.json(pageOf(c.req.query(), c.get('client').locations, view)));
  app.get('/users/:userId/locations', (c) =>
    c.json(pageOf(c.req.query(), c.get('client').users.get(c.req.param('userId'))?.locations ?? null, view)),
  );
  app.get('/locations/:id', (c) => c.json(view(placeHere(c))));

  app.put('/locations/:id', async (c) => {
    const place = placeHere(c);
    const body = await readBody(c);
    const name = may(body, 'name', aText(1, 200)) ?? place.name;
    const latitude = may(body, 'latitude', aNumber(-90, 90)) ?? place.position.latitude;
    const longitude = may(body, 'longitude', aNumber(-180, 180)) ?? place.position.longitude;
    place.timezone = may(body, 'timezoneName', aZone) ?? place.timezone;
    place.name = name;
    place.position = { latitude, longitude };
    movedAll(ownerOf(c.get('client'), place));
    return c.json(view(place));
  });

  app.delete('/locations/:id', (c) => {
    const place = placeHere(c);
    const user = ownerOf(c.get('client'), place);
    user.locations.delete(place.id);
    user.client.locations.delete(place.id);
    for (const charger of user.chargers.all())
      if (charger.locationId === place.id) putAt(charger, null, cloud.clock.now());
    for (const schedule of user.schedules.all()) if (schedule.locationId === place.id) schedule.locationId = null;
    movedAll(user);
    return c.json(view(place));
  });
  tariffRoutes(app);
}

function tariffRoutes(app: CloudApp): void {
  const aTariffId = aText(1, 36, /^[\w-]+$/);
  const aCost = aText(1, 20, /^-?\d+(\.\d+)?$/);

  app.put('/tariffs/:id', async (c) => {
    const id = aTariffId(c.req.param('id'), 'tariffId');
    const rows = listOf(anObject, 1)(await readJson(c), 'body');
    const tariff = rows.map((row) => ({ name: need(row, 'name', aText(1, 100)), cost: need(row, 'cost', aCost) }));
    c.get('client').tariffs.set(id, tariff);
    return c.body(null, 204);
  });
  app.get('/tariffs/:id', (c) => {
    const tariff = c.get('client').tariffs.get(c.req.param('id'));
    if (!tariff) throw new Problem(404, `Could not find tariff with ID ${c.req.param('id')}`, 'Tariff not found');
    return c.json(tariff);
  });

  app.put('/locations/:id/tariff', async (c) => {
    const place = placeHere(c);
    const body = await readBody(c);
    const tariffId = need(body, 'tariffId', aTariffId);
    const rows = need(body, 'tariffIntervals', listOf(anObject, 1));
    const tariff = c.get('client').tariffs.get(tariffId);
    if (!tariff) throw new Problem(404, `Could not find tariff with ID ${tariffId}`, 'Tariff not found');
    const intervals = rows.map(
      (row): TariffInterval => ({
        name: need(row, 'name', aText(1, 100)),
        from: need(row, 'from', aClockTime()),
        to: need(row, 'to', aClockTime(true)),
        weekdays: may(row, 'weekdays', listOf(aNumber(0, 6, true))) ?? [0, 1, 2, 3, 4, 5, 6],
      }),
    );
    for (const { name, from, to } of intervals) {
      if (!tariff.some((one) => one.name === name)) throw new Problem(400, `The tariff has no rate named ${name}.`);
      if (from >= to) throw new Problem(400, '`from` must be before `to`.');
    }
    if (intervals.some((a, i) => intervals.slice(i + 1).some((b) => overlap(a, b))))
      throw new Problem(400, 'Tariff intervals overlap.');
    place.tariff = { tariffId, intervals };
    return c.body(null, 204);
  });
  app.get('/locations/:id/tariff', (c) => {
    const { tariff } = placeHere(c);
    const rows = (tariff?.intervals ?? []).flatMap(({ name, from, to, weekdays }) =>
      weekdays.map((weekday) => ({
        weekday,
        fromHourMinute: from,
        toHourMinute: to,
        tariffId: tariff?.tariffId,
        tariffName: name,
      })),
    );
    return c.json(rows.sort((a, b) => a.weekday - b.weekday || a.fromHourMinute.localeCompare(b.fromHourMinute)));
  });
}

const overlap = (a: TariffInterval, b: TariffInterval): boolean =>
  a.from < b.to && b.from < a.to && a.weekdays.some((day) => b.weekdays.includes(day));
