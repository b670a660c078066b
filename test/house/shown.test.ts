// What any MQTT client sees of the simulated home when the whole daemon runs (issue "Done when" 1).
import { afterEach, describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/mqtt/discovery.ts';
import { stateKeys } from '../../src/surface/keys.ts';
import { blue, carport, garage, type WholeHouse, white, wholeHouse } from './support.ts';

let house: WholeHouse;
afterEach(() => house.stop());

const values = (state: Readonly<Record<string, unknown>>): unknown[] => Object.values(state);

describe('an MQTT client', () => {
  it('sees bridge, site, two cars and two wallboxes with every key', async () => {
    house = await wholeHouse();
    const of = (topic: string): Readonly<Record<string, unknown>> =>
      JSON.parse(house.last(topic) ?? '{}') as Record<string, unknown>;
    for (const car of [blue, white])
      expect(Object.keys(house.vehicle(car))).toEqual(expect.arrayContaining([...stateKeys.vehicle]));
    for (const box of [garage, carport])
      expect(Object.keys(house.charger(box))).toEqual(expect.arrayContaining([...stateKeys.charger]));
    expect(Object.keys(of('enode2mqtt/site/state'))).toEqual(expect.arrayContaining([...stateKeys.site]));
    expect(Object.keys(of('enode2mqtt/bridge/info'))).toEqual(
      expect.arrayContaining([...stateKeys.bridge, 'simulated', 'speed', 'now']),
    );
    for (const [kind, id] of [
      ['vehicle', blue],
      ['vehicle', white],
      ['charger', garage],
      ['charger', carport],
    ] as const) {
      expect(house.last(`enode2mqtt/${kind}/${id}/availability`)).toBe('online');
    }
    expect(house.last('enode2mqtt/bridge/state')).toBe('online');
  });

  it('sees flat JSON: null, text, number or boolean, and no text Home Assistant would refuse', async () => {
    house = await wholeHouse();
    await house.send(`enode2mqtt/vehicle/${blue}/charging/set`, 'ON');
    await house.advance(600);
    for (const state of [house.vehicle(blue), house.vehicle(white), house.charger(garage), house.charger(carport)]) {
      expect(
        values(state).filter((value) => value !== null && !['string', 'number', 'boolean'].includes(typeof value)),
      ).toEqual([]);
      expect(values(state).filter((value) => typeof value === 'string' && [...value].length > 255)).toEqual([]);
    }
  });

  it('sees each word an enum may have, and no other', async () => {
    house = await wholeHouse();
    await house.send(`enode2mqtt/vehicle/${blue}/charging/set`, 'ON');
    await house.advance(3 * 3600);
    await house.send(`enode2mqtt/vehicle/${blue}/charging/set`, 'OFF');
    await house.advance(600);
    for (const { key, options } of rowsOf.vehicle) {
      const strange = house
        .story(blue, key)
        .filter((value) => value !== null && options && !options.includes(value as string));
      expect(strange, key).toEqual([]);
    }
  });

  it('finds every device announced, the parent first, and everything retained for who comes later', async () => {
    house = await wholeHouse();
    const configs = house.heard.filter(({ topic }) => topic.endsWith('/config'));
    expect(configs).toHaveLength(6);
    const documents = configs.map(
      ({ payload }) => JSON.parse(payload) as { device: { identifiers: string[]; via_device?: string } },
    );
    const [bridge] = documents;
    expect(bridge!.device.via_device).toBeUndefined();
    expect(documents.slice(1).map(({ device }) => device.via_device)).toEqual(
      Array(5).fill(bridge!.device.identifiers[0]),
    );
    const lasting = house.heard.filter(({ topic }) => !topic.endsWith('/event'));
    const before = new Map(lasting.map(({ topic, payload }) => [topic, payload]));
    await house.hearAnew();
    expect(house.heard.every(({ retained }) => retained)).toBe(true);
    const now = new Map(house.heard.map(({ topic, payload }) => [topic, payload]));
    expect([...now.keys()].sort()).toEqual([...before.keys()].sort());
    for (const [topic, payload] of before) expect(now.get(topic) === payload, topic).toBe(true);
  });
});
