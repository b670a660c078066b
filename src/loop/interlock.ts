// The last gate before 11 kW: sole user of the port that commands anything. It believes nobody: it needs a permit, keeps a memory
// of its own, and checks again. A breach is never sent; it latches everything to observing until a restart.
import type { CancelRequest, ChargeRequest, LimitRequest } from '../domain/acting/effect.ts';
import type { Permit } from '../domain/acting/permit.ts';
import { hours } from '../domain/instant.ts';
import { checks, type Scene, type Sent } from './checks.ts';
import type { CommandPort } from './ports.ts';

export interface Interlock {
  /** @returns false when it was not sent */
  send(request: ChargeRequest, permit: Permit): boolean;
  /** The same for a limit. Nothing waits for its end: a newer one replaces it, at Enode, too. @returns false when it was not sent */
  limit(request: LimitRequest, permit: Permit): boolean;
  /** Only ever takes something back, so it needs no permit; while only watching or latched it is not sent either. */
  cancel(request: CancelRequest): void;
  /** This attempt can no longer change the world. */
  ended(attempt: string): void;
  /** An attempt of a former run that is still open. */
  resume(attempt: string, target: string): void;
  /** From now on nothing is sent. */
  close(): void;
  latched(): string | null;
}

export interface InterlockDeps {
  readonly port: CommandPort;
  readonly now: () => number;
  readonly isObserving: boolean;
  readonly isKnown: (target: string) => boolean;
  /** Asked afresh for permits that rest on a proven home. */
  readonly isHome: (target: string) => boolean;
  /** Asked afresh for chargers: consent to command it, and whether a car of ours is confirmed on it or its own mode acts (R5). */
  readonly isAllowed: (target: string) => boolean;
  readonly isOccupied: (target: string) => boolean;
  /** A check failed: tell the house aloud. */
  readonly breach: (check: string, target: string) => void;
}

/** @param among the checks to make; tests leave one out to see that it is the only one against its breach */
export function createInterlock(deps: InterlockDeps, among: typeof checks = checks): Interlock {
  const inFlight = new Map<string, string>();
  const history = new Map<string, readonly Sent[]>();
  let latch: string | null = null;
  let closed = false;

  const sceneOf = (request: ChargeRequest | LimitRequest, permit: Permit): Scene => {
    const now = deps.now();
    const isAlike = ({ at, direction }: Sent): boolean =>
      now - at < hours(24) && (direction === null) === 'limit' in request;
    const sent = permit.members.flatMap((member) => history.get(member) ?? []).filter(isAlike);
    const others = [...inFlight].flatMap(([attempt, target]) => (attempt === request.attempt ? [] : [target]));
    const isRepeat = inFlight.has(request.attempt);
    sent.sort((a, b) => a.at - b.at);
    return { ...deps, request, permit, now, byPerson: permit.proof === 'person', others, sent, isRepeat };
  };

  /** Lets nothing pass that one check fails for, and remembers what passes. */
  const passes = (request: ChargeRequest | LimitRequest, permit: Permit): boolean => {
    if (closed || latch !== null) return false;
    const scene = sceneOf(request, permit);
    latch = Object.keys(among).find((name) => among[name]!(scene)) ?? null;
    if (latch !== null) {
      deps.breach(latch, request.target);
      return false;
    }
    const { now, byPerson } = scene;
    const kept = (history.get(request.target) ?? []).filter(({ at }) => now - at < hours(24));
    const direction = 'direction' in request ? request.direction : null;
    history.set(request.target, [...kept, { at: now, direction, byPerson }]);
    return true;
  };

  return {
    send(request, permit) {
      if (!passes(request, permit)) return false;
      inFlight.set(request.attempt, request.target);
      deps.port.send(request);
      return true;
    },
    limit(request, permit) {
      if (!passes(request, permit)) return false;
      deps.port.limit(request);
      return true;
    },
    cancel: (request) => {
      if (!closed && latch === null && !deps.isObserving) deps.port.cancel(request);
    },
    ended: (attempt) => void inFlight.delete(attempt),
    resume: (attempt, target) => void inFlight.set(attempt, target),
    close: () => {
      closed = true;
    },
    latched: () => latch,
  };
}
