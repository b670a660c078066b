// Row 3: a batch of 100 webhook events, from its first byte at our port to the last byte of the hundred states at the broker's.
import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { freePort } from '../../test/support/real/free-port.ts';
import type { Depth, Row } from './row.ts';
import { allListed, machineNow, pause, type Scene, setScene, soon } from './scene.ts';
import { percentile, shown } from './stats.ts';

const EVENTS = 100;
const MOST_MS = 25;
/** ms; batches do not overlap. */
const GAP_MS = 150;

interface Car {
  readonly id: string;
  readonly userId: string;
  readonly chargeState: Readonly<Record<string, unknown>>;
}

interface Batch {
  /** ms from the first byte to our answer, to the last state we sent, and to its arrival at a client. */
  readonly answered: number;
  readonly sent: number;
  readonly shown: number;
  /** ms of CPU that the daemon spent on it, its questions included. */
  readonly cpu: number;
}

/** The cars as the cloud shows them: what an event carries. */
async function carsOf(scene: Scene): Promise<Car[]> {
  const at = `http://127.0.0.1:${scene.apiPort}`;
  const basic = `Basic ${btoa('demo:demo-secret')}`;
  const form = { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' };
  const body = 'grant_type=client_credentials';
  const token = await fetch(`${at}/oauth2/token`, { method: 'POST', headers: form, body });
  const { access_token } = (await token.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}` };
  const page = await fetch(`${at}/vehicles?pageSize=${EVENTS}`, { headers });
  return ((await page.json()) as { data: Car[] }).data;
}

/** One hundred events, one for each car, all of the same new battery level. */
function batchOf(cars: readonly Car[], level: number, at: string): string {
  const events = cars.map((car) => ({
    event: 'user:vehicle:updated',
    version: '2024-10-01',
    createdAt: at,
    user: { id: car.userId },
    vehicle: { ...car, lastSeen: at, chargeState: { ...car.chargeState, batteryLevel: level, lastUpdated: at } },
    updatedFields: ['chargeState.batteryLevel'],
  }));
  return JSON.stringify(events);
}

const agent = new Agent({ keepAlive: true });

/** @returns the status */
function post(port: number, body: string, secret: string): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-enode-delivery': randomUUID(),
    'x-enode-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request({ agent, port, host: '127.0.0.1', path: '/webhooks', method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

async function measured(batches: number): Promise<Batch[]> {
  const webhookPort = await freePort();
  // Not Mosquitto: with Nagle's delay it would hold states back while ours are not acknowledged.
  const scene = await setScene(`crowd:${EVENTS / 2}`, null, 'embedded');
  try {
    const daemon = await scene.daemon({ webhookPort });
    await allListed(daemon, EVENTS * 2, 30_000, true);
    let secret = '';
    const isHeard = async (): Promise<boolean> => {
      secret = await daemon.ask<string>('secret');
      return secret !== '';
    };
    await soon('webhooks are heard', isHeard, 30_000);
    const cars = await carsOf(scene);
    if (cars.length !== EVENTS) throw new Error(`${cars.length} cars instead of ${EVENTS}`);
    const client = await scene.client();
    let wanted = '';
    const seen = new Set<string>();
    let last = 0;
    client.on('message', (topic, payload) => {
      if (!payload.includes(wanted)) return;
      seen.add(topic);
      last = machineNow();
    });
    await client.subscribeAsync('enode2mqtt/vehicle/+/state', { qos: 0 });
    await pause(2_000);
    const results: Batch[] = [];
    for (let n = 0; n < batches; n++) {
      const level = 20 + (n % 50);
      const body = batchOf(cars, level, new Date(Math.round(performance.timeOrigin + performance.now())).toISOString());
      const cpu = await daemon.ask<number>('cpu');
      seen.clear();
      wanted = `"battery":${level},`;
      const begun = machineNow();
      const status = await post(webhookPort, body, secret);
      const answered = machineNow() - begun;
      if (status !== 200) throw new Error(`the batch was answered with ${status}`);
      await soon(`all states of batch ${n}`, () => seen.size >= EVENTS, 5_000);
      const sent = (await daemon.ask<number>('wroteAt')) - begun;
      results.push({ answered, sent, shown: last - begun, cpu: (await daemon.ask<number>('cpu')) - cpu });
      await pause(GAP_MS);
    }
    return results;
  } finally {
    agent.destroy();
    await scene.end();
  }
}

export async function measureWebhooks({ short }: Depth): Promise<Row[]> {
  const all = await measured(short ? 60 : 400);
  // The first ones teach the compiler.
  const batches = all.slice(Math.floor(all.length / 4));
  const sent = batches.map((one) => one.sent);
  const seen = batches.map((one) => one.shown);
  const work = batches.map((one) => one.cpu);
  const answered = batches.map((one) => one.answered);
  const p99 = percentile(sent, 0.99);
  return [
    {
      row: 3,
      promise: `webhook batch of ${EVENTS} events → all ${EVENTS} states sent`,
      target: `p99 ≤ ${MOST_MS} ms`,
      result: `p50 ${shown(percentile(sent, 0.5))} ms, p99 ${shown(p99)} ms (${sent.length} batches; CPU p50 ${shown(percentile(work, 0.5))} ms; answered p99 ${shown(percentile(answered, 0.99))} ms; last state at a client p99 ${shown(percentile(seen, 0.99))} ms)`,
      met: p99 <= MOST_MS,
      numbers: { sent_ms: sent, seen_ms: seen, answered_ms: answered, cpu_ms: work },
    },
  ];
}
