// What happened on an asset's side of a cable, as intervals: every report has an age, so a change lies between two of them. Short,
// written only when something happened, and kept over restarts: what the matcher compares.
import type { Draft } from '../draft.ts';
import { type Instant, latest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, ChargeReport, Direction } from '../report.ts';
import { cableOf } from './cable.ts';
import { flowOf, type Newest } from './newest.ts';

/** A change happened after `after` (null: nobody knows since when) and not later than `by`. The cloud's times. */
export interface Span {
  readonly after: Instant | null;
  readonly by: Instant;
  /** Enode told it at once, by webhook: then the change lies near `by`, as soon as Enode heard of it. */
  readonly isPrompt?: true;
}

/** Charging began or ended with the cable in. */
export interface Turn extends Span {
  readonly kind: Direction;
  /** The one device that we asked for it at that time; null = none, or several. */
  readonly asked: AssetId | null;
}

/** Charging power (kW) as it was first reported, and whenever it changed. */
interface Step {
  readonly at: Instant;
  readonly kw: number;
}

/** One cable-in to cable-out as this asset itself tells it. */
export interface Cable {
  readonly in: Span;
  /** null = still in, as far as it tells and can be trusted. */
  readonly out: Span | null;
  /** Oldest first. */
  readonly turns: readonly Turn[];
  readonly steps: readonly Step[];
  /** %, km: the car's at its first report with this cable; null for chargers. */
  readonly battery: number | null;
  readonly odometer: number | null;
}

export interface Trace {
  /** Oldest first; the newest may be open. */
  readonly cables: readonly Cable[];
  /** kW: the most it ever told; null = it never did. */
  readonly mostKw: number | null;
}

const noTrace: Trace = { cables: [], mostKw: null };

export interface Reported {
  readonly id: AssetId;
  readonly charge: ChargeReport;
  readonly isTrusted: boolean;
  readonly battery: number | null;
  readonly odometer: number | null;
}

/** What was held before this report. */
export interface Before {
  readonly newest: Newest;
  /** What it says now came at once, by webhook. */
  readonly isPrompt: boolean;
  /** The cloud's time until which it was certainly out while it said so; null = it is new, or said something else. */
  readonly outUntil: Instant | null;
}

/** @param askedOf the one device that was asked to start or stop in a span */
export function followTrace(
  draft: Draft,
  before: Before,
  reported: Reported,
  askedOf: (kind: Direction, span: Span) => AssetId | null,
): void {
  const { id, charge, isTrusted } = reported;
  const { at } = charge;
  const cable = cableOf(charge);
  if (at === null || cable === null) return;
  const held = draft.get('trace', id) ?? noTrace;
  const newest = held.cables.at(-1);
  const open = newest?.out === null ? newest : null;
  if (!cable) {
    if (open && isTrusted) replace(draft, id, held, { ...open, out: spanOf(before.newest.cableIn, at, before) });
    return;
  }
  if (open) return replace(draft, id, held, follow(open, before, charge, at, askedOf));
  const { battery, odometer } = reported;
  const isBrief = newest?.out != null && isFlicker(newest.out.by, at);
  const span = spanOf(isBrief ? null : pluggedAfter(before, at), at, before);
  const fresh: Cable = { in: span, out: null, turns: [], steps: [], battery, odometer };
  const next = follow(fresh, before, charge, at, askedOf);
  draft.put('trace', id, grown(held, [...held.cables, next].slice(-numbers.cablesKept)));
}

function grown({ mostKw }: Trace, cables: readonly Cable[]): Trace {
  const kw = cables.at(-1)?.steps.at(-1)?.kw ?? null;
  return { cables, mostKw: kw === null ? mostKw : Math.max(mostKw ?? 0, kw) };
}

const spanOf = (after: Instant | null, by: Instant, { isPrompt }: Before): Span =>
  isPrompt ? { after, by, isPrompt: true } : { after, by };

/** Out for less than clocks can tell: who was on it before and after cannot be told by the time. */
export const isFlicker = (out: Instant, back: Instant): boolean => back - out < numbers.flickerMs;

function replace(draft: Draft, id: AssetId, held: Trace, next: Cable): void {
  if (next !== held.cables.at(-1)) draft.put('trace', id, grown(held, [...held.cables.slice(0, -1), next]));
}

/** A device that is heard now and then may have said "out" long ago, and still it is known to have been out until lately. */
function pluggedAfter({ newest, outUntil }: Before, at: Instant): Instant | null {
  if (newest.cableOut === null || outUntil === null) return newest.cableOut;
  return outUntil < at ? latest(newest.cableOut, outUntil) : newest.cableOut;
}

function follow(
  cable: Cable,
  before: Before,
  charge: ChargeReport,
  at: Instant,
  askedOf: (kind: Direction, span: Span) => AssetId | null,
): Cable {
  const flow = flowOf(charge);
  if (flow === null) return cable;
  const isRunning = cable.turns.at(-1)?.kind === 'start';
  const kind = flow === 'charging' && !isRunning ? 'start' : flow === 'idle' && isRunning ? 'stop' : null;
  const turned =
    kind === null ? cable : { ...cable, turns: [...cable.turns, turnOf(cable, before, kind, at, askedOf)] };
  const next = turned === cable ? cable : { ...turned, turns: turned.turns.slice(-numbers.turnsKept) };
  const last = next.steps.at(-1);
  const isStep =
    flow === 'charging' &&
    charge.rate !== null &&
    (kind === 'start' || !last || Math.abs(charge.rate - last.kw) > last.kw * numbers.stepShare);
  return isStep ? { ...next, steps: [...next.steps, { at, kw: charge.rate! }].slice(-numbers.stepsKept) } : next;
}

function turnOf(
  { in: plugged }: Cable,
  before: Before,
  kind: Direction,
  at: Instant,
  askedOf: (kind: Direction, span: Span) => AssetId | null,
): Turn {
  const { idle, charging } = before.newest;
  const span = spanOf(latest(kind === 'start' ? idle : charging, plugged.after), at, before);
  return { kind, ...span, asked: askedOf(kind, span) };
}

/** The cable that is in now, by its own word. */
export const openCable = (trace: Trace | undefined): Cable | null => {
  const newest = trace?.cables.at(-1);
  return newest?.out === null ? newest : null;
};
