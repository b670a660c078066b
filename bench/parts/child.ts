// A process under measurement, started as production starts the daemon, asked over the channel that Node gives parent and child.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

export interface Child {
  /** Rejects with the child's own words, or when it ends. */
  ask<T>(verb: string, data?: unknown): Promise<T>;
  readonly pid: number;
  end(): void;
}

/** Where `buildAll` puts compiled benchmarks, with the product beside them. */
export const compiled = join(import.meta.dirname, '..', 'dist');

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** As in `npm start` and the Dockerfile. */
export const production = { MALLOC_MMAP_THRESHOLD_: '30000', MALLOC_TRIM_THRESHOLD_: '65536' };

let started = 0;

/** @param flags of Node, beside the one that production uses. BENCH_PROFILE=DIR makes all of them write CPU profiles there. */
export function startChild(name: string, flags: readonly string[] = []): Child {
  const profiles = process.env.BENCH_PROFILE;
  const profiling =
    profiles === undefined
      ? []
      : ['--cpu-prof', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${name}-${++started}.cpuprofile`];
  const child = fork(join(compiled, 'bench', `${name}.js`), [], {
    execArgv: ['--max-semi-space-size=1', ...profiling, ...flags],
    serialization: 'advanced',
    env: { ...process.env, ...production },
  });
  running.add(child);
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let asked = 0;
  child.on('message', (message: { id: number; value?: unknown; error?: string }) => {
    const wait = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) wait?.resolve(message.value);
    else wait?.reject(new Error(`${name}: ${message.error}`));
  });
  child.once('exit', (code, signal) => {
    running.delete(child);
    for (const wait of waiting.values()) wait.reject(new Error(`${name} ended (${code ?? signal})`));
    waiting.clear();
  });
  return {
    pid: child.pid ?? -1,
    ask<T>(verb: string, data?: unknown): Promise<T> {
      const wait = Promise.withResolvers<unknown>();
      const id = ++asked;
      waiting.set(id, wait);
      child.send({ id, verb, data });
      return wait.promise as Promise<T>;
    },
    end: () => {
      // Only a process that ends by itself writes its profile.
      if (profiles === undefined) child.kill('SIGKILL');
      else if (child.connected) child.disconnect();
      running.delete(child);
    },
  };
}

type Verbs = Readonly<Record<string, (data: never) => unknown>>;

/** The child's side: answers what its parent asks. */
export function serve(verbs: Verbs): void {
  process.once('disconnect', () => process.exit());
  process.on('message', async ({ id, verb, data }: { id: number; verb: string; data: never }) => {
    try {
      const value: unknown = await verbs[verb]!(data);
      process.send!({ id, value });
    } catch (thrown) {
      process.send!({ id, error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
    }
  });
}
