// The whole daemon in one process on one simulated clock: house, store in memory, the real mqtt and broker libraries over a wire in
// memory, the simulated home as its cloud, and a person's MQTT client. Used by tests of whole days and by the benchmarks.
import { simulatedHouse } from '../../src/cli/simulated-house.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { House } from '../../src/house/house.ts';
import { createLog } from '../../src/kernel/log.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import type { Commit } from '../../src/loop/ports.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';

export interface WholeHouse {
  readonly clock: SimulatedClock;
  readonly simulator: Simulator;
  readonly house: House;
  /** What was told to the loop, looked at and asked for, in order: the journal's entries as JSON. */
  readonly journal: readonly string[];
  /** What a person's client got, in order: topic and payload. */
  readonly messages: readonly string[];
  /** Log lines of warning and worse. */
  readonly warnings: readonly string[];
  /** A person's client publishes. */
  publish(topic: string, payload: string): void;
  /** Moves the world by so many seconds. */
  advance(seconds: number): Promise<void>;
  /** `PATCH /control/…` and friends; rejects on an error. */
  control(method: string, path: string, body: Readonly<Record<string, unknown>>): Promise<void>;
  /** A look every `seconds`, as readings of a house would cause them. */
  lookEvery(seconds: number): void;
  stop(): Promise<void>;
}

/** @param keep false: journal and messages are not kept, for measuring */
export async function wholeHouse(options: {
  readonly scenario: string;
  readonly seed?: number;
  readonly start: number;
  readonly settings: Settings;
  readonly keep: boolean;
}): Promise<WholeHouse> {
  const { scenario, start, settings, keep } = options;
  const clock = new SimulatedClock(start);
  const journal: string[] = [];
  const messages: string[] = [];
  const warnings: string[] = [];
  const log = createLog({ level: 'warn', now: () => clock.now(), write: (line) => void warnings.push(line.trimEnd()) });
  const onCommit = ({ entries }: Commit): void => {
    for (const entry of entries) journal.push(JSON.stringify(entry));
  };
  const seed = options.seed ?? 1;
  const home = await simulatedHouse({ scenario, seed, clock, log, settings, ...(keep ? { onCommit } : {}) });
  const { simulator, house, person } = home;
  if (keep) {
    person.on('message', (topic, payload) => void messages.push(`${topic} ${payload.toString()}`));
    person.subscribe('enode2mqtt/#', { qos: 1 });
    await clock.settle();
  }
  return {
    clock,
    simulator,
    house,
    journal,
    messages,
    warnings,
    publish: home.publish,
    advance: (seconds) => clock.advance(seconds * 1_000),
    control: (method, path, body) => home.control(path, body, method),
    lookEvery: (seconds) => {
      const again = (): void => {
        clock.alarm('a reading', clock.now() + seconds * 1_000, () => {
          house.loop.tell({ kind: 'woke' });
          again();
        });
      };
      again();
    },
    stop: home.stop,
  };
}
