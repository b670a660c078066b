// A store on a real disk with a clock that the test moves.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Attempt } from '../../src/domain/acting/attempt.ts';
import type { Fact } from '../../src/domain/fact.ts';
import { instant } from '../../src/domain/instant.ts';
import type { Change } from '../../src/domain/site.ts';
import { seededEntropy } from '../../src/kernel/entropy.ts';
import { type Log, silentLog } from '../../src/kernel/log.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import type { Commit } from '../../src/loop/ports.ts';
import { createStore, type Store, type StoreOptions } from '../../src/store/store.ts';

export const START = Date.UTC(2026, 5, 1, 12);

const folders: string[] = [];
const stores: Store[] = [];
afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'e2m-store-'));
  folders.push(folder);
  return folder;
}

export interface Bench {
  readonly store: Store;
  readonly clock: SimulatedClock;
  readonly facts: Fact[];
  readonly lines: string[];
  readonly file: string;
}

export function open(folder: string, more: Partial<StoreOptions> & { readonly start?: number } = {}): Bench {
  const clock = new SimulatedClock(more.start ?? START);
  const facts: Fact[] = [];
  const lines: string[] = [];
  const say = (text: string): void => void lines.push(text);
  const log: Log = { ...silentLog, info: say, warn: say, error: say };
  const wire = { now: () => clock.now() - START, alarm: () => () => {}, sleep: async () => {} };
  const store = createStore({
    folder,
    clock: { world: clock, wire },
    entropy: seededEntropy(7),
    log,
    tell: (fact) => void facts.push(fact),
    about: { version: '1.2.3', settings: { users: ['home'] }, numbers: { wait: 1 } },
    ...more,
  });
  stores.push(store);
  return { store, clock, facts, lines, file: join(folder, 'enode2mqtt.db') };
}

export const location = (id: string, latitude: number): Change => ({
  table: 'location',
  id,
  record: { latitude, longitude: 10 },
});

export const commitOf = (durable: boolean, ...changes: Change[]): Commit => ({ changes, entries: [], durable });

export const attemptOf = (id: string, state: Attempt['state']): Attempt => ({
  id,
  wish: 'wish',
  subject: 'car',
  target: 'car',
  targetKind: 'vehicle',
  direction: 'start',
  state,
  intendedAt: instant(START),
  intendedCloudTime: instant(START),
  action: null,
  actionCreatedAt: null,
  answeredAt: null,
  endedAt: state === 'ended' ? instant(START + 0.5) : null,
  outcome: state === 'ended' ? 'confirmed' : null,
  failure: null,
  refusal: null,
  why: null,
  cancel: 'no',
  cancelAskedAt: null,
  repeats: 0,
});
