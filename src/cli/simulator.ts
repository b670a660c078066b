// `npm run simulator`: the simulated home and its cloud alone, on one port, for any client.
import type { Server } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { UserError } from '../kernel/errors.ts';
import { realClock } from '../kernel/real-clock.ts';
import { SimulatedClock } from '../kernel/simulated-clock.ts';
import { MOST_SPEED } from '../simulator/pace.ts';
import { SCENARIOS } from '../simulator/scenarios/catalogue.ts';
import { createSimulator, type Simulator } from '../simulator/simulator.ts';
import { type Command, type Flag, runCommand } from './arguments.ts';
import { close, listen } from './listen.ts';

const command = {
  call: 'npm run simulator --',
  about: 'A simulated home with its cars and wallboxes behind the Enode API: OAuth, Link UI and /control on one port.',
  flags: {
    port: { type: 'number', default: 8480, min: 0, max: 65_535, whole: true, about: 'port; 0 = any free one' },
    host: { type: 'string', default: '127.0.0.1', placeholder: 'ADDRESS', about: 'address to listen on' },
    scenario: {
      type: 'string',
      default: 'home',
      placeholder: 'NAME',
      about: `${SCENARIOS.map((scenario) => scenario.name).join(', ')} or crowd:N`,
    },
    speed: { type: 'number', default: 1, min: 0, max: MOST_SPEED, about: 'times real time' },
    seed: { type: 'number', default: 1, min: 0, max: 2 ** 31, whole: true, about: 'same seed, same day' },
  },
} as const satisfies Command<Readonly<Record<string, Flag>>>;

/** Vendor accounts named in the greeting. */
const MOST_ACCOUNTS = 4;

function addressOf(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}

function greeting(simulator: Simulator, at: string, speed: number): string {
  const { scenario, seed, cloud } = simulator.stage;
  const { world } = simulator;
  const { id } = cloud.clients()[0] as { id: string };
  const accounts = world
    .accounts()
    .slice(0, MOST_ACCOUNTS)
    .map((it) => `${it.username} (${it.vendor}, password ${it.password})`);
  const lines = [
    `Simulated home "${scenario}" (${world.vehicles().size} vehicles, ${world.chargers().size} chargers), seed ${seed}, speed ${speed}.`,
    `  API and Link UI  ${at}`,
    `  token            POST ${at}/oauth2/token   client id ${id}, secret ${id}-secret`,
    `  control          ${at}/control/state   (also requests, verdict, clock, vehicles/{id} …)`,
    `  to link          ${accounts.join(', ')}`,
    'Try:',
    `  TOKEN=$(curl -s -u ${id}:${id}-secret -d grant_type=client_credentials ${at}/oauth2/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    `  curl -s -H "Authorization: Bearer $TOKEN" ${at}/vehicles`,
    'End it with Ctrl-C.',
  ];
  return `${lines.join('\n')}\n`;
}

await runCommand(command, process.argv.slice(2), async ({ flags, given }) => {
  const clock = new SimulatedClock(realClock.world.now());
  const simulator = createSimulator({ clock, scenario: flags.scenario, seed: flags.seed, speed: flags.speed });
  const server = createAdaptorServer({ fetch: simulator.app.fetch });
  const wanted = { host: flags.host, port: flags.port, named: given.has('port'), flag: '--port' };
  const { port, moved } = await listen(server as Server, wanted).catch((thrown: unknown) => {
    simulator.stop();
    if (thrown instanceof UserError && !given.has('port')) throw new UserError(thrown.message, { field: '--host' });
    throw thrown;
  });
  if (moved) process.stdout.write(`Port ${flags.port} is taken; using ${port}.\n`);
  process.stdout.write(greeting(simulator, addressOf(flags.host, port), flags.speed));

  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  await clock.run(() => simulator.pace.speed(), ending.signal);
  simulator.stop();
  await close(server as Server);
});
