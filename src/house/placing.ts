// Where a charger stands, by request: first kept here as a person's word (R2), then told to Enode as one of its Locations.
import { isTimeZone } from '../config/checks.ts';
import { nameOf } from '../domain/belief/name.ts';
import { metresBetween } from '../domain/distance.ts';
import { numbers } from '../domain/numbers.ts';
import type { ChargerReport } from '../domain/report.ts';
import { reason } from '../domain/telling/reason.ts';
import type { Point } from '../enode/linking.ts';
import { UserError } from '../kernel/errors.ts';
import type { DataOf } from '../surface/verbs.ts';
import { type AskingParts, answerOf, refusal } from './asking.ts';

type Wanted = DataOf<'place_charger'>;

interface Placed {
  readonly place: Wanted['place'];
  /** Enode's Location the charger stands at now; null = at none. */
  readonly location_id: string | null;
  /** A new Location was made for it. */
  readonly created: boolean;
  readonly message: string;
}

export async function placeCharger(parts: AskingParts, wanted: Wanted): Promise<Placed> {
  const { id, place } = wanted;
  const view = parts.view();
  const report = view.get('charger', id)?.report;
  if (!report) {
    if (view.get('vehicle', id)) throw refusal(parts, 'refused_place_vehicle', {}, 'id');
    throw refusal(parts, 'refused_unknown_asset', { id }, 'id');
  }
  const point = pointOf(parts, wanted);
  if (wanted.time_zone !== undefined && !isTimeZone(wanted.time_zone))
    throw new UserError('time_zone: send the name of a time zone such as Europe/Berlin.', { field: 'time_zone' });
  const kept = await parts.give(id, { kind: 'place_charger', place });
  if (!kept.ok) {
    const { reason: why, sentence, field } = kept;
    throw new UserError(sentence ?? 'Refused; see the log.', { code: why?.code ?? 'refused', field: field ?? 'id' });
  }
  try {
    const told = point === null ? await clearHome(parts, report) : await putAt(parts, report, point, wanted);
    return { place, ...told, message: parts.say(reason('placed', { name: nameOf(view, id) })) };
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    throw refusal(parts, 'place_untold', { why: thrown.message });
  }
}

/** @returns null = elsewhere, nobody said where */
function pointOf(parts: AskingParts, { place, latitude, longitude }: Wanted): Point | null {
  const { home } = parts.settings;
  if (latitude === undefined && longitude === undefined) {
    if (place === 'elsewhere') return null;
    if (home === null) throw refusal(parts, 'place_no_home', {}, 'latitude');
    return home;
  }
  if (latitude === undefined || longitude === undefined) {
    const missing = latitude === undefined ? 'latitude' : 'longitude';
    throw new UserError(`${missing}: is missing; send latitude and longitude together, or neither.`, {
      field: missing,
    });
  }
  const point = { latitude, longitude };
  if (place === 'elsewhere' || home === null) return point;
  const metres = Math.round(metresBetween(point, home));
  if (metres > numbers.homeRadiusM) throw refusal(parts, 'place_not_home', { metres }, 'latitude');
  return point;
}

/** A Location of this user that is there already is taken, so that nobody gathers twins. */
async function putAt(
  parts: AskingParts,
  { id, userId: user }: ChargerReport,
  point: Point,
  { place, name, time_zone }: Wanted,
): Promise<Pick<Placed, 'location_id' | 'created'>> {
  const known = await answerOf(parts, (cloud) => cloud.locations(user));
  const near = known
    .map((location) => ({ location, metres: metresBetween(location, point) }))
    .filter(({ metres }) => metres <= numbers.samePlaceM)
    .sort((a, b) => a.metres - b.metres)[0]?.location;
  const wish = {
    user,
    name: name ?? (place === 'home' ? 'Home' : nameOf(parts.view(), id)),
    ...point,
    timeZone: time_zone ?? parts.settings.timeZone,
  };
  const location = near ?? (await answerOf(parts, (cloud) => cloud.makeLocation(wish)));
  await answerOf(parts, (cloud) => cloud.putCharger({ id, user, location: location.id }));
  return { location_id: location.id, created: near === undefined };
}

/** It is not at home, so Enode must not infer from it that a car is. */
async function clearHome(
  parts: AskingParts,
  { id, userId: user, locationId }: ChargerReport,
): Promise<Pick<Placed, 'location_id' | 'created'>> {
  const { home } = parts.settings;
  const location = parts.view().get('location', locationId ?? '');
  const isHome = home !== null && location !== undefined && metresBetween(location, home) <= numbers.homeRadiusM;
  if (!isHome) return { location_id: locationId, created: false };
  await answerOf(parts, (cloud) => cloud.putCharger({ id, user, location: null }));
  return { location_id: null, created: false };
}
