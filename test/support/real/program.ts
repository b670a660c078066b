// A real program under test: started with its output kept, ended for certain (also when the test run itself is broken off).
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { realWire } from '../../../src/kernel/real-clock.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Program {
  readonly pid: number;
  /** All it printed so far, standard output and error in the order they came. */
  output(): string;
  readonly ended: Promise<Ended>;
  isRunning(): boolean;
  /** Sends `signal` (SIGTERM when not told) and waits for the end; SIGKILL after `patience` ms (10 s when not told). */
  stop(signal?: NodeJS.Signals, patience?: number): Promise<Ended>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function startProgram(
  command: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Program {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output += text;
    });
  }
  let isRunning = true;
  const ended = new Promise<Ended>((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null): void => {
      isRunning = false;
      running.delete(child);
      resolve({ code, signal });
    };
    child.once('error', (error) => {
      output += `${error.message}\n`;
      end(null, null);
    });
    child.once('close', end);
  });
  return {
    pid: child.pid ?? -1,
    output: () => output,
    ended,
    isRunning: () => isRunning,
    stop: async (signal = 'SIGTERM', patience = 10_000) => {
      if (!isRunning) return ended;
      child.kill(signal);
      const cancel = realWire.alarm('kill what does not end', patience, () => child.kill('SIGKILL'));
      const end = await ended;
      cancel();
      return end;
    },
  };
}

/** Where a program is installed, also in the folders only root has on the path; `undefined` when it is not. */
export function whereIs(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Asks every `every` ms until the answer is not `undefined` (nor false); rejects with what `told` says after `patience` ms. */
export async function until<T>(
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  told: () => string,
  patience: number,
  every = 50,
): Promise<T> {
  const start = realWire.now();
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (realWire.now() - start > patience) throw new Error(`not within ${patience / 1000} s: ${told()}`);
    await realWire.sleep('ask again', every);
  }
}
