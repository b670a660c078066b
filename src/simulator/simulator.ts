// A whole simulated home and its cloud on one port: the cloud's API and Link UI, and under /control a person's hands.
import { Hono } from 'hono';
import type { WorldClock } from '../kernel/clock.ts';
import { createCloud } from './cloud/cloud.ts';
import { createControl, type Stage } from './control.ts';
import { createPace, type Pace } from './pace.ts';
import { createReferee } from './referee.ts';
import { scenarioOf } from './scenarios/catalogue.ts';
import type { CloudControl } from './types.ts';
import { World } from './world/world.ts';

interface SimulatorOptions {
  /** A name of the catalogue; `home` by default. */
  readonly scenario?: string;
  readonly seed?: number;
  readonly clock: WorldClock;
  /** Times real time at the start (only shown; whoever owns the clock runs it by `pace`). */
  readonly speed?: number;
  /** Sends webhooks; the machine's own fetch by default. */
  readonly deliver?: Parameters<typeof createCloud>[2];
}

export interface Simulator {
  readonly app: Hono;
  readonly pace: Pace;
  /** Of the present scenario: a reset replaces them. */
  readonly world: World;
  readonly control: CloudControl;
  readonly stage: Stage;
  /** Throws UserError naming `scenario`. */
  reset(scenario?: string, seed?: number): void;
  stop(): void;
}

/** Throws UserError naming `scenario`. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const pace = createPace(options.clock, options.speed);
  const build = (name: string, seed: number) => {
    const scenario = scenarioOf(name);
    const world = new World(scenario, seed, options.clock);
    const cloud = options.deliver
      ? createCloud(world, scenario.cloud, options.deliver)
      : createCloud(world, scenario.cloud);
    const referee = createReferee(world, () => cloud.control);
    const stage: Stage = { scenario: name, seed, world, cloud: cloud.control, referee };
    const stop = () => {
      cloud.stop();
      world.stop();
    };
    return { stage, app: cloud.app, stop };
  };
  let current = build(options.scenario ?? 'home', options.seed ?? 1);

  const reset = (scenario = current.stage.scenario, seed = current.stage.seed) => {
    const next = build(scenario, seed);
    current.stop();
    current = next;
  };

  const app = new Hono();
  // What the cloud throws is its way to break a connection: whoever serves this app must see it.
  app.onError((thrown) => {
    throw thrown;
  });
  const control = createControl(() => current.stage, pace, reset);
  app.all('/control/*', (c) => control.fetch(c.req.raw, c.env));
  app.all('*', async (c) => {
    const { stage, app: cloud } = current;
    stage.referee.before(c.req.method, c.req.path);
    try {
      return await cloud.fetch(c.req.raw, c.env as Parameters<typeof cloud.fetch>[1]);
    } finally {
      stage.referee.after();
    }
  });
  return {
    app,
    pace,
    get world() {
      return current.stage.world;
    },
    get control() {
      return current.stage.cloud;
    },
    get stage() {
      return current.stage;
    },
    reset,
    stop: () => current.stop(),
  };
}
