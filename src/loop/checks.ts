// What must never reach the port, one check each. Every one stands alone between its breach and 11 kW.
import type { ChargeRequest, LimitRequest } from '../domain/acting/effect.ts';
import type { Permit } from '../domain/acting/permit.ts';
import { hours } from '../domain/instant.ts';
import { numbers } from '../domain/numbers.ts';

export interface Sent {
  readonly at: number;
  /** null = a limit */
  readonly direction: ChargeRequest['direction'] | null;
  readonly byPerson: boolean;
}

export interface Scene {
  readonly isObserving: boolean;
  readonly isKnown: (target: string) => boolean;
  readonly isHome: (target: string) => boolean;
  readonly isAllowed: (target: string) => boolean;
  readonly isOccupied: (target: string) => boolean;
  readonly request: ChargeRequest | LimitRequest;
  readonly permit: Permit;
  readonly now: number;
  readonly byPerson: boolean;
  /** Targets of the other attempts in flight. */
  readonly others: readonly string[];
  /** What this loadpoint was sent within a day, oldest first. */
  readonly sent: readonly Sent[];
  readonly isRepeat: boolean;
}

const within = ({ sent, now }: Scene, ms: number): number => sent.filter(({ at }) => now - at < ms).length;

/** By the name people read: what must not be. Each stands alone between a breach and the port. */
export const checks: Readonly<Record<string, (scene: Scene) => boolean>> = {
  'only watching': ({ isObserving }) => isObserving,
  'permit does not fit': ({ request, permit }) =>
    permit.attempt !== request.attempt ||
    permit.target !== request.target ||
    ('limit' in request
      ? permit.limit?.kind !== request.limit || permit.limit.value !== request.value
      : permit.direction !== request.direction),
  'permit does not cover the target': ({ request, permit }) => !permit.members.includes(request.target),
  'permit is too old': ({ permit, now }) => now - permit.at > numbers.permitAgeMs || permit.at > now,
  'wish is past its deadline': ({ permit, now }) => now > permit.deadline,
  'asset is not known': ({ request, isKnown }) => !isKnown(request.target),
  'home is not proven': ({ request, byPerson, isHome }) => !byPerson && !isHome(request.target),
  'nobody consented to command this charger': ({ request, isAllowed }) =>
    request.targetKind === 'charger' && !isAllowed(request.target),
  // A person at the charger's own switch knows what is on it.
  'no car of ours is confirmed on this charger': ({ request, permit, byPerson, isOccupied }) =>
    request.targetKind === 'charger' && !(permit.own && byPerson) && !isOccupied(request.target),
  'another command is in flight': ({ permit, others }) => others.some((target) => permit.members.includes(target)),
  // A stop is never too soon: `off` and limits are not delayed (R8). What a person switched says nothing of a loop gone wild.
  'start came too soon after a stop': ({ request, byPerson, isRepeat, sent, now }) => {
    const last = sent.at(-1);
    const isFlapping = last?.direction === 'stop' && !last.byPerson && now - last.at < numbers.dwellMs;
    return 'direction' in request && request.direction === 'start' && !byPerson && !isRepeat && isFlapping;
  },
  'too many commands in an hour': (scene) => within(scene, hours(1)) >= numbers.commandsPerHour,
  'too many commands in a day': (scene) => within(scene, hours(24)) >= numbers.commandsPerDay,
};
