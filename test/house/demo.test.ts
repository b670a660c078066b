// `npm run demo` as a person meets it: addresses at once, a living home on the broker, a toggle that starts a car (issue "Done when" 1, 2).
import { connectAsync } from 'mqtt';
import { expect, it } from 'vitest';
import { freePort } from '../support/real/free-port.ts';
import { startProgram, until } from '../support/real/program.ts';
import { blue, carport, garage, white } from './support.ts';

const main = new URL('../../src/cli/demo.ts', import.meta.url).pathname;

it('the demo shows a living home and charges a car', { timeout: 60_000 }, async () => {
  const [mqttPort, enodePort, pagePort] = [await freePort(), await freePort(), await freePort()];
  const ports = ['--mqtt-port', `${mqttPort}`, '--enode-port', `${enodePort}`, '--page-port', `${pagePort}`];
  const demo = startProgram(process.execPath, [main, ...ports, '--speed', '600']);
  try {
    await until(
      () => demo.output().includes('/control/state'),
      () => `addresses\n${demo.output()}`,
      10_000,
    );
    for (const address of [
      `mqtt://127.0.0.1:${mqttPort}`,
      `http://127.0.0.1:${enodePort}`,
      `http://127.0.0.1:${pagePort}/`,
    ]) {
      expect(demo.output()).toContain(address);
    }
    const page = await fetch(`http://127.0.0.1:${pagePort}/api/state`);
    expect(((await page.json()) as { portraits: unknown[] }).portraits).toHaveLength(6);

    const client = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { protocolVersion: 4 });
    const states = new Map<string, Record<string, unknown>>();
    client.on('message', (topic, payload) => {
      if (topic.endsWith('/state') && payload.toString().startsWith('{'))
        states.set(topic, JSON.parse(payload.toString()) as Record<string, unknown>);
    });
    await client.subscribeAsync('enode2mqtt/#', { qos: 1 });
    const car = `enode2mqtt/vehicle/${blue}`;
    const shown = [
      `${car}/state`,
      `enode2mqtt/vehicle/${white}/state`,
      `enode2mqtt/charger/${garage}/state`,
      `enode2mqtt/charger/${carport}/state`,
    ];
    await until(
      () => shown.every((topic) => states.has(topic)),
      () => `all are shown: ${[...states.keys()]}`,
      10_000,
    );
    const before = Number(states.get(`${car}/state`)?.battery);
    await client.publishAsync(`${car}/charging/set`, 'ON', { qos: 1 });
    await until(
      () => Number(states.get(`${car}/state`)?.battery) > before,
      () => `the battery rises\n${demo.output()}`,
      30_000,
    );
    expect(states.get(`${car}/state`)).toMatchObject({ command: 'confirmed', charging: true });

    // The cars were linked before the wallboxes, so it is known that the white one cannot by itself: unplugged it is refused at once.
    const incapable = `enode2mqtt/vehicle/${white}`;
    expect(states.get(`${incapable}/state`)).toMatchObject({ can_start: true, can_start_by: 'charger' });
    await fetch(`http://127.0.0.1:${enodePort}/control/vehicles/${white}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"cable":null}',
    });
    await until(
      () => states.get(`${incapable}/state`)?.plugged_in === false,
      () => `the cable is out\n${demo.output()}`,
      30_000,
    );
    await client.publishAsync(`${incapable}/charging/set`, 'ON', { qos: 1 });
    await until(
      () => states.get(`${incapable}/state`)?.command === 'refused',
      () => `refused\n${demo.output()}`,
      10_000,
    );
    expect(states.get(`${incapable}/state`)?.reason).toMatch(/Plug in at its linked charger/);
    // What people asked of the daemon was told to the referee.
    const verdict = await fetch(`http://127.0.0.1:${enodePort}/control/verdict`);
    expect(await verdict.json()).toEqual({ breaches: [], unjudged: [] });
    await client.endAsync();
  } finally {
    expect(await demo.stop()).toEqual({ code: 0, signal: null });
  }
});
