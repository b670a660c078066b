// `npm run day -- NAME`: one simulated day through the whole daemon, told as a story with a chart of each car.

import { UserError } from '../kernel/errors.ts';
import { createLog } from '../kernel/log.ts';
import { SimulatedClock } from '../kernel/simulated-clock.ts';
import { type Command, type Flag, runCommand } from './arguments.ts';
import { chartOf, type Sample } from './day-chart.ts';
import { type Day, days } from './days.ts';
import { simulatedHouse } from './simulated-house.ts';

const command = {
  call: 'npm run day --',
  about: 'Plays one simulated day through the whole daemon and tells it as a story.',
  word: { name: 'NAME', about: days.map(({ name, about }) => `${name}: ${about}`).join('\n          ') },
  flags: {
    seed: { type: 'number', default: 1, min: 0, max: 2 ** 31, whole: true, about: 'same seed, same day' },
  },
} as const satisfies Command<Readonly<Record<string, Flag>>>;

const stepMs = 15 * 60_000;
const dayMs = 24 * 3_600_000;

await runCommand(command, process.argv.slice(2), async ({ flags, word }) => {
  const day = days.find(({ name }) => name === (word ?? days[0]!.name));
  if (!day) throw new UserError(`NAME must be one of ${days.map(({ name }) => name).join(', ')}.`, { field: 'NAME' });
  await play(day, flags.seed);
});

async function play(day: Day, seed: number): Promise<void> {
  const begin = Date.parse(`${day.date}T00:00:00Z`);
  const clock = new SimulatedClock(begin);
  const log = createLog({ level: 'info', now: () => clock.now() });
  process.stdout.write(`${day.name}: ${day.about}\n\n`);
  const home = await simulatedHouse({ scenario: day.scenario, seed, clock, log });
  const { world } = home.simulator;
  const ids = { vehicle: [...world.vehicles().keys()], charger: [...world.chargers().keys()] };
  const filled = (text: string): string =>
    text.replaceAll(
      /<(vehicle|charger):(\d)>/g,
      (_all, kind: 'vehicle' | 'charger', at: string) => ids[kind][Number(at) - 1] ?? '',
    );
  const samples: Sample[] = [];
  const to = async (at: number): Promise<void> => clock.advance(Math.max(0, at - clock.now()));
  const steps = day.steps.map((step) => ({ ...step, when: begin + minutesOf(step.at) * 60_000 }));
  for (let at = begin; at < begin + dayMs; at += stepMs) {
    for (const step of steps.filter(({ when }) => when >= at && when < at + stepMs)) {
      await to(step.when);
      process.stdout.write(`\n— ${step.says}\n`);
      if (step.publish) home.publish(`enode2mqtt/${filled(step.publish[0])}`, filled(step.publish[1]));
      if (step.control)
        await home.control(filled(step.control[0]), JSON.parse(filled(JSON.stringify(step.control[1]))));
    }
    await to(at + stepMs);
    for (const { kind, id, device, state } of home.house.loop.portraits()) {
      if (kind !== 'vehicle') continue;
      samples.push({
        id,
        name: device.name,
        kw: Number(state.charge_power ?? 0),
        battery: state.battery as number | null,
      });
    }
  }
  process.stdout.write(`\n${chartOf(samples)}\n`);
  const requests = home.simulator.control.requests(0).length;
  const { breaches } = home.simulator.stage.referee.verdict();
  process.stdout.write(`${requests} requests to the cloud; the referee found ${breaches.length} breaches.\n`);
  for (const { message } of breaches) process.stdout.write(`  ${message}\n`);
  await home.stop();
}

function minutesOf(clockTime: string): number {
  const [hours, minutes] = clockTime.split(':').map(Number);
  return hours! * 60 + minutes!;
}
