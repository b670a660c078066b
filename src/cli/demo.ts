// `npm run demo`: a simulated home, its Enode cloud, a broker and the daemon in one process, on one clock. Nothing else is needed.
import type { Server } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { realEntropy } from '../kernel/entropy.ts';
import { createLog, logLevels } from '../kernel/log.ts';
import { realClock, realWire } from '../kernel/real-clock.ts';
import { SimulatedClock } from '../kernel/simulated-clock.ts';
import { MOST_SPEED } from '../simulator/pace.ts';
import { SCENARIOS, scenarioOf } from '../simulator/scenarios/catalogue.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { languages } from '../words/sentence.ts';
import { type Command, type Flag, runCommand } from './arguments.ts';
import { CARS_FIRST_MS, startCarsFirst } from './cars-first.ts';
import { demoBroker } from './demo-broker.ts';
import { demoSettings } from './demo-settings.ts';
import { close, listen } from './listen.ts';
import { servePage } from './page.ts';
import { joinHouse } from './simulated-house.ts';

const port = (standard: number, about: string): Flag & { type: 'number'; default: number } => ({
  type: 'number',
  default: standard,
  min: 0,
  max: 65_535,
  whole: true,
  about,
});

const command = {
  call: 'npm run demo --',
  about:
    'A living home without any account: cars, wallboxes, the Enode cloud, a broker and the daemon, all in one process.',
  flags: {
    'page-port': port(8099, 'port of the page'),
    'mqtt-port': port(1883, 'port of the embedded broker'),
    'enode-port': port(8480, 'port of the simulated Enode cloud and its /control'),
    speed: {
      type: 'number',
      default: 1,
      min: 0,
      max: MOST_SPEED,
      about: 'times real time, for home, cloud and daemon alike',
    },
    seed: { type: 'number', default: 1, min: 0, max: 2 ** 31, whole: true, about: 'same seed, same home' },
    scenario: {
      type: 'string',
      default: 'home',
      placeholder: 'NAME',
      about: `${SCENARIOS.map((scenario) => scenario.name).join(', ')} or crowd:N`,
    },
    data: {
      type: 'string',
      placeholder: 'DIR',
      about: 'folder that keeps the daemon’s memory; without it the demo forgets',
    },
    broker: {
      type: 'string',
      placeholder: 'mqtt://name:password@host:port',
      about: 'your own broker instead of the embedded one: the simulated home appears in your Home Assistant',
    },
    webhooks: { type: 'boolean', about: 'Enode’s webhooks reach the daemon, as if it had a public address' },
    language: { type: 'string', default: 'en', words: languages, about: 'of the sentences and the page' },
    'log-level': { type: 'string', default: 'info', words: logLevels, about: 'how much is told' },
  },
} as const satisfies Command<Readonly<Record<string, Flag>>>;

await runCommand(command, process.argv.slice(2), async ({ flags, given }) => {
  const clock = new SimulatedClock(realClock.world.now() - CARS_FIRST_MS);
  const log = createLog({ level: flags['log-level'] as (typeof logLevels)[number], now: () => clock.now() });
  const named = (flag: 'page-port' | 'mqtt-port' | 'enode-port') => ({
    host: '127.0.0.1',
    port: flags[flag],
    named: given.has(flag),
    flag: `--${flag}`,
  });
  // Its port is opened first: the login pages that the cloud hands out carry it.
  let answer: Simulator['app']['fetch'] = () => new Response('Starting.', { status: 503 });
  const cloud = createAdaptorServer({ fetch: (request, env) => answer(request, env) }) as Server;
  const enodeAt = await listen(cloud, named('enode-port'));
  const home = await joinHouse({
    scenario: flags.scenario,
    seed: flags.seed,
    speed: flags.speed,
    clock,
    entropy: realEntropy,
    log,
    folder: flags.data ?? null,
    settings: {
      ...demoSettings(scenarioOf(flags.scenario)),
      language: flags.language as (typeof languages)[number],
      webhookUrl: flags.webhooks ? 'https://home.simulated/webhooks' : null,
    },
    broker: (store) => demoBroker({ url: flags.broker, at: named('mqtt-port'), clock, store, log }),
    cloudUrl: `http://127.0.0.1:${enodeAt.port}`,
  }).catch(async (thrown) => {
    await close(cloud);
    throw thrown;
  });
  const { simulator, house, broker, client } = home;
  home.onStop('the Enode port', () => close(cloud));
  answer = simulator.app.fetch;
  try {
    const page = await servePage(house, { wire: realWire, log }, { ...named('page-port'), access: 'loopback' });
    home.onStop('the page', page.stop);
    await startCarsFirst(house, simulator, clock);

    const first = `${[...simulator.world.vehicles().keys()][0]}`;
    const lines = [
      '',
      `enode2mqtt demo: scenario "${flags.scenario}", seed ${flags.seed}, ${flags.speed} × real time.`,
      `  page           http://127.0.0.1:${page.port}/`,
      `  MQTT           ${broker.address}   (topics below enode2mqtt/)`,
      `  Enode cloud    http://127.0.0.1:${enodeAt.port}   (client id ${client.id}, secret ${client.secret})`,
      `  control        http://127.0.0.1:${enodeAt.port}/control/state`,
      ...(flags.webhooks ? ['  webhooks       on: see webhooks and requests_today in enode2mqtt/bridge/info'] : []),
      ...moved([
        ['page', page.moved],
        ['MQTT', broker.moved],
        ['Enode', enodeAt.moved],
      ]),
      ...(house.loop.site().vehicle.has(first)
        ? ['Start the first car:']
        : ['Link the first car on the page, then start it:']),
      `  npx mqtt pub -h ${broker.host} -p ${broker.port} -t enode2mqtt/vehicle/${first}/charging/set -m ON`,
      'End it with Ctrl-C.',
      '',
    ];
    process.stdout.write(`${lines.join('\n')}\n`);

    const ending = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
    await clock.run(() => simulator.pace.speed(), ending.signal);
  } finally {
    await home.stop();
  }
});

/** Lines for ports that had to give way. */
function moved(ports: readonly (readonly [string, boolean])[]): string[] {
  const away = ports.filter(([, isMoved]) => isMoved);
  return away.map(([name]) => `  (the usual ${name} port is taken by another program; this is the next free one)`);
}
