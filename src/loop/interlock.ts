// The last gate before 11 kW: sole user of the port that commands anything. It believes nobody: it needs a permit, keeps a memory
// of its own, and checks again. A breach is never sent; it latches everything to observing.
import type { CancelRequest, ChargeRequest } from '../domain/acting/effect.ts';
import type { Permit } from '../domain/acting/permit.ts';
import { hours } from '../domain/instant.ts';
import { numbers } from '../domain/numbers.ts';
import { opposite } from '../domain/report.ts';
import type { CommandPort } from './ports.ts';

export interface Interlock {
  /** @returns false when it was not sent */
  send(request: ChargeRequest, permit: Permit): boolean;
  cancel(request: CancelRequest): void;
  /** This attempt can no longer change the world. */
  ended(attempt: string): void;
  /** An attempt of a former run that is still open. */
  resume(attempt: string, members: readonly string[]): void;
  /** From now on nothing is sent. */
  close(): void;
  latched(): string | null;
}

export interface InterlockDeps {
  readonly port: CommandPort;
  readonly now: () => number;
  readonly isKnown: (target: string) => boolean;
  /** Asked afresh for permits that rest on a proven home. */
  readonly isHome: (target: string) => boolean;
  /** A check failed: tell the house aloud. */
  readonly breach: (check: string, target: string) => void;
}

interface Sent {
  readonly at: number;
  readonly direction: ChargeRequest['direction'];
  readonly byPerson: boolean;
}

export function createInterlock({ port, now, isKnown, isHome, breach }: InterlockDeps): Interlock {
  const inFlight = new Map<string, readonly string[]>();
  const history = new Map<string, Sent[]>();
  let latch: string | null = null;
  let closed = false;

  const past = (permit: Permit, ms: number): Sent[] =>
    permit.members.flatMap((member) => history.get(member) ?? []).filter((sent) => now() - sent.at < ms);

  const failedCheck = (request: ChargeRequest, permit: Permit): string | null => {
    const isRepeat = inFlight.has(request.attempt);
    const others = [...inFlight].filter(([attempt]) => attempt !== request.attempt);
    const fits =
      permit.attempt === request.attempt && permit.target === request.target && permit.direction === request.direction;
    const byPerson = permit.proof === 'person';
    const last = past(permit, numbers.dwellMs).at(-1);
    if (!fits) return 'permit does not fit';
    if (!permit.members.includes(request.target)) return 'permit does not cover the target';
    if (now() - permit.at > numbers.permitAgeMs || permit.at > now()) return 'permit is too old';
    if (now() > permit.deadline) return 'wish is past its deadline';
    if (!isKnown(request.target)) return 'asset is not known';
    if (!byPerson && !isHome(request.target)) return 'home is not proven';
    if (others.some(([, members]) => members.some((id) => permit.members.includes(id))))
      return 'another command is in flight';
    if (!byPerson && !isRepeat && last && !last.byPerson && last.direction === opposite(request.direction))
      return 'opposite came too soon';
    if (past(permit, hours(1)).length >= numbers.commandsPerHour) return 'too many commands in an hour';
    if (past(permit, hours(24)).length >= numbers.commandsPerDay) return 'too many commands in a day';
    return null;
  };

  return {
    send(request, permit) {
      if (closed || latch !== null) return false;
      const check = failedCheck(request, permit);
      if (check !== null) {
        latch = check;
        breach(check, request.target);
        return false;
      }
      inFlight.set(request.attempt, permit.members);
      const sent: Sent = { at: now(), direction: request.direction, byPerson: permit.proof === 'person' };
      history.set(request.target, [...past({ ...permit, members: [request.target] }, hours(24)), sent]);
      port.send(request);
      return true;
    },
    cancel: (request) => {
      if (!closed) port.cancel(request);
    },
    ended: (attempt) => void inFlight.delete(attempt),
    resume: (attempt, members) => void inFlight.set(attempt, members),
    close: () => {
      closed = true;
    },
    latched: () => latch,
  };
}
