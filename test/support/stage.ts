// The real loop with ports that only record: a test plays the cloud by hand, fact by fact, on a clock that moves when told to.
import type { CancelRequest, ChargeRequest, LimitRequest } from '../../src/domain/acting/effect.ts';
import type { AttemptAnswer, Fact, LookSubject, Order } from '../../src/domain/fact.ts';
import { type Instant, instant } from '../../src/domain/instant.ts';
import type { ActionReport, AssetId, Direction, VehicleReport } from '../../src/domain/report.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { Happening, Portrait } from '../../src/domain/telling/portrait.ts';
import type { WireClock } from '../../src/kernel/clock.ts';
import { type Log, silentLog } from '../../src/kernel/log.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import { createLoop, type Loop } from '../../src/loop/loop.ts';
import type { CommandPort, Reply, ShowPort, StorePort } from '../../src/loop/ports.ts';
import { sentence } from '../../src/words/sentence.ts';
import { memoryStore } from './memory-store.ts';
import { answered, charger, noon, vehicle } from './reports.ts';
import { testSettings } from './settings.ts';
import { reported } from './site.ts';

export interface Stage {
  readonly clock: SimulatedClock;
  readonly loop: Loop;
  readonly sent: ChargeRequest[];
  readonly limits: LimitRequest[];
  readonly cancels: CancelRequest[];
  readonly looks: LookSubject[];
  readonly replies: Reply[];
  readonly happenings: Happening[];
  readonly errors: string[];
  now(): Instant;
  tell(...facts: Fact[]): Promise<void>;
  /** A report of the car as of `ageSeconds` ago. */
  car(over?: Parameters<typeof vehicle>[0], ageSeconds?: number): Promise<void>;
  box(over?: Parameters<typeof charger>[0], ageSeconds?: number): Promise<void>;
  order(subject: AssetId | 'site', order: Order, from?: 'switch' | 'verb' | 'page'): Promise<Reply>;
  charging(
    want: Direction,
    more?: { subject?: AssetId; anywhere?: boolean; from?: 'switch' | 'verb' | 'page' },
  ): Promise<Reply>;
  /** Answers the newest request. */
  answer(answer: AttemptAnswer): Promise<void>;
  /** The newest request is accepted; returns its action. */
  accept(over?: Partial<ActionReport>): Promise<ActionReport>;
  action(action: ActionReport, over: Partial<ActionReport>): Promise<void>;
  advance(seconds: number): Promise<void>;
  state(id?: AssetId): Portrait['state'];
  /** `START car`, `STOP box` …: what left, in order. */
  told(): string[];
  restart(over?: Partial<Settings>): Promise<void>;
}

/** @param start plugged, stopped car at home, just reported, clocks compared; `bare` begins with nothing at all */
export async function stage(
  options: {
    settings?: Partial<Settings>;
    store?: StorePort;
    bare?: boolean;
    wire?: WireClock;
    watchJumps?: boolean;
    show?: Partial<ShowPort>;
    clock?: SimulatedClock;
    wrap?: (ports: CommandPort) => CommandPort;
  } = {},
): Promise<Stage> {
  const clock = options.clock ?? new SimulatedClock(noon);
  const store = options.store ?? memoryStore();
  const portraits = new Map<string, Portrait>();
  const [sent, cancels, looks]: [ChargeRequest[], CancelRequest[], LookSubject[]] = [[], [], []];
  const limits: LimitRequest[] = [];
  const [replies, happenings, errors]: [Reply[], Happening[], string[]] = [[], [], []];
  const log: Log = { ...silentLog, error: (text) => void errors.push(text) };
  const ports = {
    send: (request: ChargeRequest) => void sent.push(request),
    limit: (request: LimitRequest) => void limits.push(request),
    cancel: (request: CancelRequest) => void cancels.push(request),
  };
  const stillWire: WireClock = { now: () => 0, alarm: () => () => {}, sleep: async () => {} };
  let runs = 0;
  const begin = (over: Partial<Settings> = {}): Loop => {
    const loop = createLoop({
      settings: testSettings({ ...options.settings, ...over }),
      store,
      commands: options.wrap?.(ports) ?? ports,
      looks: {
        look: (subject) => {
          looks.push(subject);
          loop.tell({ kind: 'look_ended', subject, ok: true });
        },
      },
      show: {
        show: (portrait) => void portraits.set(portrait.id, portrait),
        retire: (_kind, id) => void portraits.delete(id),
        happened: (happening) => void happenings.push(happening),
        reply: (reply) => void replies.push(reply),
        ...options.show,
      },
      world: clock,
      wire: options.wire ?? stillWire,
      watchJumps: options.watchJumps ?? false,
      say: (reason) => sentence(reason, 'en'),
      version: 'test',
      log,
    });
    loop.start({ installation: 'test', instance: `run-${++runs}` });
    return loop;
  };
  let loop = begin();
  let orders = 0;
  let actions = 0;
  const now = (): Instant => instant(Math.floor(clock.now()));
  const ago = (seconds: number): Instant => instant(now() - seconds * 1000);
  const made: Stage = {
    clock,
    get loop() {
      return loop;
    },
    sent,
    limits,
    cancels,
    looks,
    replies,
    happenings,
    errors,
    now,
    async tell(...facts) {
      for (const fact of facts) loop.tell(fact);
      await clock.settle();
    },
    car: (over = {}, age = 0) => made.tell(reported(vehicle({ now: ago(age), ...over }) as VehicleReport)),
    box: (over = {}, age = 0) => made.tell(reported(charger({ now: ago(age), ...over }))),
    async order(subject, order, from = 'switch') {
      const transaction = `order-${runs}-${++orders}`;
      await made.tell({ kind: 'commanded', transaction, subject, order, from });
      const mine = replies.filter((reply) => reply.transaction === transaction);
      if (mine.length !== 1) throw new Error(`${mine.length} replies to ${transaction}`);
      return mine[0]!;
    },
    charging: (want, { subject = 'car', anywhere = false, from = 'switch' } = {}) =>
      made.order(subject, { kind: 'charging', want, anywhere, route: null }, from),
    async answer(answer) {
      const { attempt, target } = sent.at(-1)!;
      await made.tell({ kind: 'attempt_answered', attempt, target, answer });
    },
    async accept(over = {}) {
      const { target, targetKind, direction } = sent.at(-1)!;
      const action: ActionReport = {
        id: `action-${++actions}`,
        target,
        targetKind,
        kind: direction,
        state: 'pending',
        createdAt: now(),
        updatedAt: now(),
        completedAt: null,
        failure: null,
        ...over,
      };
      await made.answer({ kind: 'accepted', action });
      return action;
    },
    action: (action, over) =>
      made.tell({ kind: 'action_reported', action: { ...action, updatedAt: now(), completedAt: now(), ...over } }),
    advance: (seconds) => clock.advance(seconds * 1000),
    state: (id = 'car') => {
      const portrait = portraits.get(id);
      if (!portrait) throw new Error(`nothing shown of ${id}`);
      return portrait.state;
    },
    told: () => sent.map(({ direction, target }) => `${direction.toUpperCase()} ${target}`),
    async restart(over) {
      loop.stop();
      loop = begin(over);
      await clock.settle();
    },
  };
  await clock.settle();
  if (!options.bare) {
    await made.advance(1);
    await ready(made);
  }
  return made;
}

/** The clocks agree, both lists came, the car stands plugged and stopped at home. */
export async function ready(at: Stage): Promise<void> {
  await at.tell({ kind: 'request_ended', request: answered(at.now()) });
  await at.car();
  await at.tell(
    { kind: 'listed', assets: 'vehicle', users: ['home'], ids: ['car'] },
    { kind: 'listed', assets: 'charger', users: ['home'], ids: [] },
  );
}

/** Car and wallbox of one user, activated by Enode's ids. */
export async function readyPair(at: Stage): Promise<void> {
  await at.box({ pluggedInVehicleId: 'car' });
  await at.car({ pluggedInChargerId: 'box' });
  await at.tell({ kind: 'listed', assets: 'charger', users: ['home'], ids: ['box'] });
}

export const refused = (
  status: number,
  more: Partial<Extract<AttemptAnswer, { kind: 'refused' }>> = {},
): AttemptAnswer => ({
  kind: 'refused',
  status,
  title: 'A title',
  detail: 'A detail.',
  retryAt: null,
  ...more,
});
export const lostAnswer: AttemptAnswer = { kind: 'doubtful', why: 'reset' };
export const unsent: AttemptAnswer = { kind: 'unsent', why: 'connection refused' };
