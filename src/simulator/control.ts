// The control API (JSON): a person's hands in the simulated world, the record of what the cloud was really asked, the referee.
// A wrong input is 400 `{error: {code, message, field}}`, an unknown id or path 404; nothing else comes out of it.
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { UserError } from '../kernel/errors.ts';
import { patchCharger, patchVehicle } from './control-assets.ts';
import {
  aBoolean,
  aNumber,
  anInstant,
  aRecord,
  aText,
  type Fields,
  oneOf,
  orNull,
  readFields,
  required,
} from './control-input.ts';
import { chargerState, siteState, vehicleState } from './control-state.ts';
import { MOST_ADVANCE, MOST_SPEED, type Pace } from './pace.ts';
import type { Referee } from './referee.ts';
import type { CloudControl } from './types.ts';
import { WEATHER_PATTERNS } from './world/sun.ts';
import type { World } from './world/world.ts';

/** What the control API steers; a reset replaces it. */
export interface Stage {
  readonly scenario: string;
  readonly seed: number;
  readonly world: World;
  readonly cloud: CloudControl;
  readonly referee: Referee;
}

const BODY_LIMIT = 64 * 1024;
const MOST_LOAD = 50_000;

const iso = (at: number): string => new Date(at).toISOString();

async function bodyOf(request: { text(): Promise<string> }): Promise<Fields> {
  const text = await request.text();
  let value: unknown;
  try {
    value = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    throw new UserError('The body must be JSON.', { code: 'malformed', field: 'body' });
  }
  return aRecord(value, 'body');
}

/** Runs what the cloud does with an input; its RangeError (`field: sentence`) is a person's mistake. */
function asked<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    const field = /^([\w.]+)\b/.exec(thrown.message)?.[1];
    throw new UserError(thrown.message, field === undefined ? {} : { field });
  }
}

function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new UserError(`There is no such ${what}.`, { code: 'not_found', field: 'id' });
  return thing;
}

/** @param reset throws UserError naming `scenario` or `seed` */
export function createControl(stage: () => Stage, pace: Pace, reset: (scenario: string, seed: number) => void): Hono {
  const app = new Hono().basePath('/control');
  const error = (code: string, message: string, field?: string) => ({ error: { code, message, field: field ?? null } });

  app.use(
    bodyLimit({
      maxSize: BODY_LIMIT,
      onError: (c) => c.json(error('too_large', 'The body must be at most 64 KiB.', 'body'), 400),
    }),
  );
  app.onError((thrown, c) => {
    if (!(thrown instanceof UserError)) return c.json(error('bug', 'The simulator failed; this is a bug in it.'), 500);
    return c.json(error(thrown.code, thrown.message, thrown.field), thrown.code === 'not_found' ? 404 : 400);
  });
  app.notFound((c) => c.json(error('not_found', 'There is no such call under /control.'), 404));

  const clock = () => ({ now: iso(stage().world.clock.now()), speed: pace.speed(), steerable: pace.steer !== null });

  app.get('/state', (c) => {
    const { scenario, seed, world, cloud } = stage();
    return c.json({
      scenario,
      seed,
      clock: clock(),
      site: siteState(world),
      vehicles: [...world.vehicles().values()].map((vehicle) => vehicleState(world, vehicle, cloud)),
      chargers: [...world.chargers().values()].map((charger) => chargerState(world, charger, cloud)),
      clients: cloud.clients(),
      openActions: cloud.openActions().map((action) => ({ ...action, createdAt: iso(action.createdAt) })),
    });
  });
  app.get('/requests', (c) => {
    const text = c.req.query('after') ?? '0';
    const after = aNumber(0, Number.MAX_SAFE_INTEGER)(text.trim() === '' ? Number.NaN : Number(text), 'after');
    const requests = stage().cloud.requests(after);
    return c.json({ requests: requests.map((request) => ({ ...request, at: iso(request.at) })) });
  });
  app.get('/verdict', (c) => {
    const { breaches, unjudged } = stage().referee.verdict();
    const dated = (found: typeof breaches) => found.map((one) => ({ ...one, at: iso(one.at) }));
    return c.json({ breaches: dated(breaches), unjudged: dated(unjudged) });
  });

  const own = (id: string, { inAccount }: { readonly inAccount?: boolean }): void => {
    if (inAccount !== undefined) stage().cloud.setInAccount(id, inAccount);
  };
  app.patch('/vehicles/:id', async (c) => {
    const { world, cloud } = stage();
    const vehicle = found(world.vehicles().get(c.req.param('id')), 'vehicle');
    own(vehicle.identity.id, patchVehicle(world, vehicle, await bodyOf(c.req)));
    return c.json(vehicleState(world, vehicle, cloud));
  });
  app.patch('/chargers/:id', async (c) => {
    const { world, cloud } = stage();
    const charger = found(world.chargers().get(c.req.param('id')), 'charger');
    own(charger.identity.id, patchCharger(world, charger, await bodyOf(c.req)));
    return c.json(chargerState(world, charger, cloud));
  });
  app.post('/clients/:id', async (c) => {
    const { cloud } = stage();
    const id = c.req.param('id');
    found(
      cloud.clients().find((client) => (client as { id?: unknown }).id === id),
      'client',
    );
    const switches = await bodyOf(c.req);
    asked(() => cloud.setClient(id, switches));
    return c.json(cloud.clients().find((client) => (client as { id?: unknown }).id === id));
  });
  app.post('/faults', async (c) => {
    const fault = await bodyOf(c.req);
    asked(() => stage().cloud.addFault(fault));
    return c.json({ ok: true });
  });
  app.delete('/faults', (c) => {
    stage().cloud.clearFaults();
    return c.json({ ok: true });
  });

  app.post('/clock', async (c) => {
    const wanted = readFields(await bodyOf(c.req), {
      speed: aNumber(0, MOST_SPEED),
      advance: aNumber(0, MOST_ADVANCE, 's'),
    });
    if (!pace.steer) {
      const field = Object.keys(wanted)[0];
      if (field === undefined) return c.json(clock());
      throw new UserError(`${field}: this world runs on the machine's clock; give the simulator a simulated one.`, {
        field,
      });
    }
    if (wanted.speed !== undefined) pace.steer.setSpeed(wanted.speed);
    if (wanted.advance !== undefined) await pace.steer.advance(wanted.advance * 1000);
    return c.json(clock());
  });
  app.post('/weather', async (c) => {
    const { site } = stage().world;
    site.setWeather({
      ...site.weather(),
      ...readFields(await bodyOf(c.req), { cloud: aNumber(0, 1), pattern: oneOf(WEATHER_PATTERNS) }),
    });
    return c.json(siteState(stage().world));
  });
  app.post('/house', async (c) => {
    const { load } = readFields(await bodyOf(c.req), { load: orNull(aNumber(0, MOST_LOAD, 'W')) });
    stage().world.site.setLoad(required(load, 'load'));
    return c.json(siteState(stage().world));
  });

  app.post('/wishes', async (c) => {
    const now = stage().world.clock.now();
    const wanted = readFields(await bodyOf(c.req), {
      subject: aText,
      want: oneOf(['START', 'STOP', 'any', 'none']),
      origin: oneOf(['person', 'automatic']),
      from: anInstant,
      until: orNull(anInstant),
      anywhere: aBoolean,
      untilUnplug: aBoolean,
    });
    const subject = required(wanted.subject, 'subject');
    const { world, referee } = stage();
    if (!world.vehicles().has(subject) && !world.chargers().has(subject)) {
      throw new UserError('subject must be the id of a vehicle or a charger.', { field: 'subject' });
    }
    const from = wanted.from ?? now;
    const until = wanted.until ?? Number.POSITIVE_INFINITY;
    if (until < from) throw new UserError('until must not be before from.', { field: 'until' });
    referee.wish({
      subject,
      want: required(wanted.want, 'want'),
      origin: wanted.origin ?? 'person',
      from,
      until,
      anywhere: wanted.anywhere ?? false,
      untilUnplug: wanted.untilUnplug ?? false,
    });
    return c.json({ ok: true });
  });
  app.post('/reset', async (c) => {
    const wanted = readFields(await bodyOf(c.req), { scenario: aText, seed: aNumber(-(2 ** 31), 2 ** 31) });
    reset(wanted.scenario ?? stage().scenario, wanted.seed ?? stage().seed);
    return c.json({ scenario: stage().scenario, seed: stage().seed, clock: clock() });
  });
  return app as Hono;
}
