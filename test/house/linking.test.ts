// From nothing to a linked home by request alone: link, Enode's pages, and the device is there; places; what can go wrong on the way.
import { afterEach, describe, expect, it } from 'vitest';
import { walkThrough } from '../support/link-ui.ts';
import { blue, carport, garage, type WholeHouse, white, wholeHouse } from './support.ts';

let house: WholeHouse;
afterEach(() => house.stop());

type Answer = {
  readonly status: 'ok' | 'error';
  readonly data: Readonly<Record<string, unknown>>;
  readonly error: { readonly code: string; readonly message: string; readonly field?: string };
};
const ask = async (verb: string, data: object): Promise<Answer> => (await house.ask(verb, data)) as never;
const asked = (pattern: RegExp) =>
  house.simulator.control
    .requests(0)
    .filter(({ method, path }) => pattern.test(`${method} ${path}`))
    .map(({ method, path, body }) => ({ asked: `${method} ${path}`, body }));
const walk = (answer: Answer, who: { vendor?: string; username: string }) =>
  walkThrough((url, init) => house.simulator.app.request(url, init), String(answer.data.link_url), who);
const isShown = (kind: 'vehicle' | 'charger', id: string) => house.last(`enode2mqtt/${kind}/${id}/state`) !== undefined;

describe('linking', () => {
  it('first the vehicle, then its charger: each appears within seconds of the last click', async () => {
    house = await wholeHouse({ scenario: 'newcomer', settings: { chargerPlaces: {} } });
    await house.advance(60);
    const first = await ask('link', { type: 'vehicle', vendor: 'kia', transaction: 7 });
    expect(first).toMatchObject({ status: 'ok', data: { expires_at: '2026-06-16T06:01:00Z' }, transaction: 7 });
    expect(first.data.message).toMatch(/within 24 hours, until tomorrow at 08:01/);
    expect(asked(/POST .*\/link$/)).toEqual([
      {
        asked: 'POST /users/home/link',
        body: {
          scopes: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging'],
          vendorType: 'vehicle',
          vendor: 'KIA',
          language: 'en-US',
          redirectUri: expect.stringMatching(/^https:\/\/.*linked/),
        },
      },
    ]);
    await house.advance(120);
    expect(isShown('vehicle', blue)).toBe(false);
    expect(await walk(first, { username: 'home-kia@example.com' })).toMatchObject({ status: 303 });
    await house.advance(20);
    expect(house.vehicle(blue)).toMatchObject({ onboarding: 'charger_recommended', pairing: 'unpaired' });

    const second = await ask('link', { type: 'charger' });
    await walk(second, { vendor: 'EASEE', username: 'home-easee@example.com' });
    await house.advance(20);
    expect(house.charger(garage)).toMatchObject({ location: null });
    expect(house.vehicle(blue)).toMatchObject({ pairing: 'established' });
    const secrets = [first, second].map(({ data }) => String(data.link_url).split('/').at(-1)!);
    for (const secret of secrets) expect(house.lines.join('\n')).not.toContain(secret);
    expect(await house.verdict()).toEqual([]);
  });

  it('a Tesla and its wall connector in one go', async () => {
    // The account is linked to somebody else already: to this user both are new.
    house = await wholeHouse({ scenario: 'tesla', settings: { users: ['us'] } });
    await house.advance(60);
    const answer = await ask('link', { type: 'both', vendor: 'TESLA', language: 'de' });
    const { body } = asked(/POST .*\/link$/)[0]!;
    expect(body).toMatchObject({ vendor: 'TESLA', language: 'de-DE' });
    expect(body).not.toHaveProperty('vendorType');
    const owned = () => {
      const { vehicles, chargers } = house.house().loop.view().get('user', 'us')!;
      return [vehicles.length, chargers.length];
    };
    expect(owned()).toEqual([0, 0]);
    await walk(answer, { username: 'tesla-tesla@example.com' });
    await house.advance(20);
    expect(owned()).toEqual([1, 1]);
    const [id] = house.house().loop.view().get('user', 'us')!.vehicles;
    expect(house.vehicle(id!)).toMatchObject({ pairing: 'established' });
  });

  it.each([
    [{ type: 'both' }, 'link_both_needs_vendor', 'vendor', /such as TESLA/],
    [{ type: 'both', vendor: 'KIA' }, 'link_vendor_lacks', 'vendor', /no charger of Kia/],
    [{ type: 'vehicle', vendor: 'HOVERCAR' }, 'link_vendor_absent', 'vendor', /Enode's dashboard/],
    [{ type: 'vehicle', user: 'stranger' }, 'link_unknown_user', 'user', /option users/],
    [{ type: 'vehicle', redirect_uri: 'javascript:1' }, 'invalid', 'redirect_uri', /address/],
    [
      { type: 'vehicle', redirect_uri: 'http://ha.local:8123/api/hassio_ingress/abc/linked' },
      'invalid',
      'redirect_uri',
      /Home Assistant/,
    ],
  ])('%j is refused before Enode is asked for a link', async (data, code, field, said) => {
    house = await wholeHouse({ scenario: 'newcomer' });
    await house.advance(30);
    const { error } = await ask('link', data);
    expect(error).toMatchObject({ code, field });
    expect(error.message).toMatch(said);
    expect(asked(/POST .*\/link$/)).toEqual([]);
  });

  it('explains a full quota, a brand not switched on, a vendor in trouble, and a cloud that is away', async () => {
    house = await wholeHouse({ scenario: 'newcomer' });
    await house.advance(30);
    await house.control('POST', '/faults', { kind: 'outage', vendor: 'KIA' });
    expect((await ask('link', { type: 'vehicle', vendor: 'KIA' })).data.warning).toMatch(/trouble linking Kia/);
    await house.control('POST', '/clients/demo', { inactiveVendors: ['KIA'] });
    const inactive = await ask('link', { type: 'vehicle', vendor: 'KIA' });
    expect(inactive.error).toMatchObject({ code: 'ask_refused', field: 'vendor' });
    await house.control('POST', '/clients/demo', { quota: 0 });
    const full = await ask('link', { type: 'vehicle' });
    expect(full.error).toMatchObject({
      code: 'link_quota',
      message: expect.stringContaining('Connections limit reached'),
    });
    await house.control('POST', '/faults', { kind: 'status', status: 429, retryAfter: 600, path: '/users' });
    expect((await ask('link', { type: 'vehicle' })).error.code).toBe('ask_wait');
    const before = asked(/POST .*\/link$/).length;
    expect((await ask('link', { type: 'vehicle' })).error.message).toMatch(/until 08:10/);
    expect(asked(/POST .*\/link$/)).toHaveLength(before);
    await house.control('DELETE', '/faults');
    await house.advance(700);
    await house.control('POST', '/faults', { kind: 'down' });
    expect((await ask('link', { type: 'vehicle' })).error.code).toBe('ask_doubtful');
    expect(house.lines.filter((line) => /^ERROR/.test(line))).toEqual([]);
  });

  it('a link older than 24 hours is dead, and a new one works', async () => {
    house = await wholeHouse({ scenario: 'newcomer' });
    const old = await ask('link', { type: 'vehicle', vendor: 'KIA' });
    await house.advance(24 * 3_600);
    expect(await walk(old, { username: 'home-kia@example.com' })).toMatchObject({
      status: 410,
      page: expect.stringContaining('24 hours'),
    });
    const fresh = await ask('link', { type: 'vehicle', vendor: 'KIA' });
    await walk(fresh, { username: 'home-kia@example.com' });
    await house.advance(20);
    expect(isShown('vehicle', blue)).toBe(true);
  });

  it('a device that is added to a linked account later appears by itself', async () => {
    house = await wholeHouse();
    await house.advance(30);
    await house.control('PATCH', `/vehicles/${blue}`, { inAccount: false });
    await house.advance(1_800);
    expect(house.last(`enode2mqtt/vehicle/${blue}/availability`)).toBe('offline');
    await house.control('PATCH', `/vehicles/${blue}`, { inAccount: true });
    await house.advance(1_800);
    expect(house.last(`enode2mqtt/vehicle/${blue}/availability`)).toBe('online');
  });
});

describe('a login that no longer works', () => {
  it('is renewed on request: within seconds nothing is missing any more', async () => {
    house = await wholeHouse();
    await house.advance(30);
    expect((await ask('relink', { id: blue })).error).toMatchObject({ code: 'relink_not_needed', field: 'id' });
    await house.control('POST', '/faults', { kind: 'credentials', account: 'home-kia' });
    await house.send('enode2mqtt/bridge/refresh/set', 'PRESS');
    await house.advance(15);
    expect(house.vehicle(blue)).toMatchObject({ action_needed: true });
    const answer = await ask('relink', {
      id: blue,
      language: 'nb-NO',
      redirect_uri: 'homeassistant://navigate/lovelace',
    });
    expect(asked(/relink$/).at(-1)!.body).toEqual({
      language: 'nb-NO',
      redirectUri: 'homeassistant://navigate/lovelace',
    });
    expect(await walk(answer, { username: 'home-kia@example.com' })).toMatchObject({
      status: 303,
      to: 'homeassistant://navigate/lovelace',
    });
    await house.advance(40);
    expect(house.vehicle(blue)).toMatchObject({ action_needed: false });
  });

  it('of a device nobody knows is refused', async () => {
    house = await wholeHouse();
    expect((await ask('relink', { id: 'nobody' })).error).toMatchObject({ code: 'refused_unknown_asset', field: 'id' });
  });
});

describe('unlinking', () => {
  const isGone = (kind: string, id: string) => house.last(`enode2mqtt/${kind}/${id}/state`) === '';

  it('tells what it would do, device by device, and does nothing before the second word', async () => {
    house = await wholeHouse();
    await house.advance(30);
    const answer = await ask('unlink', { id: garage, transaction: 'x' });
    expect(answer).toMatchObject({
      status: 'error',
      error: { code: 'confirm_needed', field: 'confirm' },
      transaction: 'x',
    });
    expect(answer.error.message).toMatch(/unlinks Easee Home.*"confirm": true/);
    expect(answer.data.consequences).toContainEqual(
      expect.objectContaining({ id: garage, kind: 'charger', name: 'Easee Home', effect: 'gone' }),
    );
    expect(asked(/^DELETE/)).toEqual([]);
  });

  it('takes the device away within seconds, and it can be linked again', async () => {
    house = await wholeHouse();
    await house.advance(30);
    const answer = await ask('unlink', { id: garage, confirm: true });
    expect(answer).toMatchObject({ status: 'ok', data: { unlinked: [garage] } });
    expect(asked(/^DELETE/).map((one) => one.asked)).toEqual(['DELETE /users/home/vendors/EASEE/charger']);
    await house.advance(5);
    expect(isGone('charger', garage)).toBe(true);
    expect((await ask('unlink', { id: garage, confirm: true })).error.code).toBe('refused_unknown_asset');
    await walk(await ask('link', { type: 'charger', vendor: 'EASEE' }), { username: 'home-easee@example.com' });
    await house.advance(20);
    expect(isGone('charger', garage)).toBe(false);
    expect(await house.verdict()).toEqual([]);
  });

  it('R10 a charger that is required: what ends is said before, a running charge goes on, and the prompt is back', async () => {
    house = await wholeHouse({ scenario: 'newcomer' });
    await house.advance(30);
    const brands = { vehicle: ['MAZDA', 'home-mazda@example.com'], charger: ['ZAPTEC', 'home-zaptec@example.com'] };
    for (const [type, [vendor, username]] of Object.entries(brands)) {
      await walk(await ask('link', { type, vendor }), { username: username! });
      await house.advance(30);
    }
    // Nobody saw the cable go in: it is known who hangs where once it goes in anew.
    for (const cable of [null, carport]) {
      await house.control('PATCH', `/vehicles/${white}`, { cable });
      await house.advance(1_500);
    }
    await house.send(`enode2mqtt/vehicle/${white}/charging/set`, 'ON');
    await house.advance(300);
    expect(house.vehicle(white)).toMatchObject({ charging: true, onboarding: 'complete' });
    const told = await ask('unlink', { id: carport });
    expect(told.error.message).toMatch(/unlinks Zaptec Go\. Smart charging goes off for White car/);
    expect(told.data.consequences).toEqual([
      { id: carport, kind: 'charger', name: 'Zaptec Go', effect: 'gone' },
      { id: white, kind: 'vehicle', name: 'White car', effect: 'smart_charging_off' },
    ]);
    const before = house.commands().length;
    expect((await ask('unlink', { id: carport, confirm: true })).data.unlinked).toEqual([carport]);
    await house.advance(60);
    expect(house.vehicle(white)).toMatchObject({ onboarding: 'charger_required', action_needed: true });
    expect(house.commands()).toHaveLength(before);
    const state = (await house.control('GET', '/state')) as {
      vehicles: { id: string; truth: { isCharging: boolean } }[];
    };
    expect(state.vehicles.find(({ id }) => id === white)!.truth.isCharging).toBe(true);
    expect(await house.verdict()).toEqual([]);
  });

  it('of a whole account names and takes both kinds', async () => {
    house = await wholeHouse({ scenario: 'tesla' });
    await house.advance(30);
    const { world } = house.simulator;
    const [car] = [...world.vehicles().keys()];
    const [box] = [...world.chargers().keys()];
    const told = await ask('unlink', { id: car!, all: true });
    const hit = told.data.consequences as { id: string; effect: string }[];
    expect(
      hit
        .filter(({ effect }) => effect === 'gone')
        .map(({ id }) => id)
        .sort(),
    ).toEqual([box!, car!].sort());
    await ask('unlink', { id: car!, all: true, confirm: true });
    expect(asked(/^DELETE/).map((one) => one.asked)).toEqual(['DELETE /users/home/vendors/TESLA']);
    await house.advance(5);
    expect([isGone('vehicle', car!), isGone('charger', box!)]).toEqual([true, true]);
  });

  it('of what was unlinked elsewhere meanwhile is done', async () => {
    house = await wholeHouse();
    await house.advance(30);
    const { enode } = house;
    await enode('DELETE', '/users/home/vendors/EASEE');
    expect(await ask('unlink', { id: garage, confirm: true })).toMatchObject({ status: 'ok' });
    await house.advance(5);
    expect(isGone('charger', garage)).toBe(true);
  });

  it('without a clear answer says so and looks; asked again it is done', async () => {
    house = await wholeHouse();
    await house.advance(30);
    await house.control('POST', '/faults', { kind: 'status', status: 503, path: '/users/home/vendors' });
    const { error } = await ask('unlink', { id: garage, confirm: true });
    expect(error.code).toBe('ask_doubtful');
    await house.control('DELETE', '/faults');
    await house.advance(60);
    expect(isGone('charger', garage)).toBe(false);
    expect(await ask('unlink', { id: garage, confirm: true })).toMatchObject({ status: 'ok' });
  });
});

describe('several users', () => {
  const two = { users: ['home', 'guest'] };
  const owned = (user: string) => house.house().loop.view().get('user', user)?.vehicles ?? [];

  it('the first one is meant unless another is named', async () => {
    house = await wholeHouse({ scenario: 'newcomer', settings: two });
    await house.advance(30);
    await ask('link', { type: 'vehicle' });
    const { data } = await ask('link', { type: 'vehicle', vendor: 'KIA', user: 'guest' });
    expect(asked(/POST .*\/link$/).map((one) => one.asked)).toEqual([
      'POST /users/home/link',
      'POST /users/guest/link',
    ]);
    await walkThrough((url, init) => house.simulator.app.request(url, init), String(data.link_url), {
      username: 'home-kia@example.com',
    });
    await house.advance(20);
    expect([owned('home'), owned('guest').length]).toEqual([[], 1]);
  });

  it('R6: the same car under both: one is controlled, the other only watched, and says where', async () => {
    house = await wholeHouse({ settings: two });
    await house.advance(30);
    await walk(await ask('link', { type: 'vehicle', vendor: 'KIA', user: 'guest' }), {
      username: 'home-kia@example.com',
    });
    await house.advance(20);
    const [twin] = owned('guest');
    expect(house.vehicle(twin!)).toMatchObject({ reason: expect.stringMatching(/under home, too/) });
    await house.send(`enode2mqtt/vehicle/${twin}/charging/set`, 'ON');
    await house.advance(30);
    expect(house.vehicle(twin!)).toMatchObject({ command: 'refused' });
    expect(house.commands()).toEqual([]);
    await house.send(`enode2mqtt/vehicle/${blue}/charging/set`, 'ON');
    await house.advance(300);
    expect(house.vehicle(blue)).toMatchObject({ command: 'confirmed' });
    expect(house.commands().map(({ path }) => path)).toEqual([`/vehicles/${blue}/charging`]);
  });
});

describe('R2 the place of a charger', () => {
  const box = () => house.charger(garage);
  const nowhere = { chargerPlaces: {} };

  it("at home: a person's word, kept over a restart, and told to Enode as the Location that is there already", async () => {
    house = await wholeHouse({ settings: nowhere });
    await house.advance(30);
    expect(box()).toMatchObject({ location: null });
    const answer = await ask('place_charger', { id: garage, place: 'home' });
    expect(answer).toMatchObject({ status: 'ok', data: { place: 'home', created: false } });
    expect(asked(/^(POST|PUT) .*(locations|chargers)/)).toEqual([
      { asked: `PUT /chargers/${garage}`, body: { locationId: answer.data.location_id } },
    ]);
    expect(box()).toMatchObject({ location: 'home' });
    await house.restartDaemon();
    await house.advance(30);
    expect(box()).toMatchObject({ location: 'home' });
  });

  it('where no Location is: one is made, with name, coordinates and time zone, once', async () => {
    house = await wholeHouse({ settings: nowhere });
    await house.advance(30);
    const point = { latitude: 52.5, longitude: 13.4 };
    const wish = { id: garage, place: 'elsewhere', name: 'Office', time_zone: 'Europe/Berlin', ...point };
    const first = await ask('place_charger', wish);
    expect(first.data).toMatchObject({ place: 'elsewhere', created: true });
    expect(asked(/^POST .*locations/)).toEqual([
      { asked: 'POST /users/home/locations', body: { name: 'Office', timezoneName: 'Europe/Berlin', ...point } },
    ]);
    const second = await ask('place_charger', { ...wish, latitude: 52.5002 });
    expect(second.data).toMatchObject({ created: false, location_id: first.data.location_id });
    expect(asked(/^POST .*locations/)).toHaveLength(1);
    expect(box()).toMatchObject({ location: 'elsewhere' });
  });

  it('elsewhere, nobody says where: Enode is told that it is not at home', async () => {
    house = await wholeHouse({ settings: nowhere });
    await house.advance(30);
    expect((await ask('place_charger', { id: garage, place: 'elsewhere' })).data).toMatchObject({ location_id: null });
    expect(asked(/^PUT/)).toEqual([{ asked: `PUT /chargers/${garage}`, body: { locationId: null } }]);
    expect((await ask('place_charger', { id: garage, place: 'elsewhere' })).status).toBe('ok');
    expect(asked(/^PUT/)).toHaveLength(1);
  });

  it.each([
    [{ id: blue, place: 'home' }, 'refused_place_vehicle', 'id'],
    [{ id: 'nobody', place: 'home' }, 'refused_unknown_asset', 'id'],
    [{ id: garage, place: 'home', latitude: 52.5, longitude: 13.4 }, 'place_not_home', 'latitude'],
    [{ id: garage, place: 'home', latitude: 52.0907 }, 'invalid', 'longitude'],
    [{ id: garage, place: 'elsewhere', latitude: 1, longitude: 1, time_zone: 'Mars' }, 'invalid', 'time_zone'],
  ])('%j is refused, and nothing is kept or asked', async (data, code, field) => {
    house = await wholeHouse({ settings: nowhere });
    await house.advance(30);
    expect((await ask('place_charger', data)).error).toMatchObject({ code, field });
    expect(asked(/^(POST|PUT) .*(locations|chargers)/)).toEqual([]);
    expect(box()).toMatchObject({ location: null });
  });

  it('needs a home position or coordinates', async () => {
    house = await wholeHouse({ settings: { ...nowhere, home: null } });
    await house.advance(30);
    expect((await ask('place_charger', { id: garage, place: 'home' })).error.code).toBe('place_no_home');
    const own = { id: garage, place: 'home', latitude: 52.09, longitude: 5.12 };
    expect((await ask('place_charger', own)).data).toMatchObject({ created: true });
    expect(box()).toMatchObject({ location: 'home' });
  });

  it('is kept here even if Enode cannot be told, and the answer says both', async () => {
    house = await wholeHouse({ settings: nowhere });
    await house.advance(30);
    await house.control('POST', '/faults', { kind: 'status', status: 503 });
    const { error } = await ask('place_charger', { id: garage, place: 'home' });
    expect(error).toMatchObject({ code: 'place_untold', message: expect.stringMatching(/is kept here.*Enode/) });
    expect(box()).toMatchObject({ location: 'home' });
  });
});
