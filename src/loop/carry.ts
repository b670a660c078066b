// Carries out what a look asked, once it is stored, and keeps the interlock's memory of what is in flight in step with the tables.
import { type Attempt, isOpen } from '../domain/acting/attempt.ts';
import type { Effect } from '../domain/acting/effect.ts';
import type { AssetId } from '../domain/report.ts';
import type { Change } from '../domain/site.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Interlock } from './interlock.ts';
import type { LookPort, Tell } from './ports.ts';

export interface Carrier {
  /** An attempt that a former run left open. */
  resume(attempt: Attempt): void;
  /** After a commit: what is no longer in flight. */
  follow(changes: readonly Change[]): void;
  carryOut(effect: Effect): void;
}

export function createCarrier(
  interlock: Interlock,
  looks: LookPort,
  tell: Tell,
  bug: (where: string, thrown: unknown) => void,
): Carrier {
  /** The attempt at work, by target. */
  const inFlight = new Map<AssetId, string>();

  const send = ({ request, permit }: Extract<Effect, { kind: 'send' }>): void => {
    const { attempt, target } = request;
    const answered = (kind: 'unsent' | 'doubtful', why: string): void =>
      tell({ kind: 'attempt_answered', attempt, target, answer: { kind, why } });
    try {
      if (interlock.send(request, permit)) inFlight.set(target, attempt);
      else answered('unsent', interlock.latched() ?? 'stopping');
    } catch (thrown) {
      // Whether it left is not known.
      bug('in a command', thrown);
      inFlight.set(target, attempt);
      answered('doubtful', messageOf(thrown));
    }
  };

  const limit = ({ request, permit }: Extract<Effect, { kind: 'limit' }>): void => {
    const { attempt, target, limit: kind } = request;
    const answered = (answer: 'unsent' | 'doubtful', why: string): void =>
      tell({ kind: 'limit_answered', attempt, target, limit: kind, answer: { kind: answer, why } });
    try {
      if (!interlock.limit(request, permit)) answered('unsent', interlock.latched() ?? 'stopping');
    } catch (thrown) {
      bug('in a limit', thrown);
      answered('doubtful', messageOf(thrown));
    }
  };

  return {
    resume(attempt) {
      interlock.resume(attempt.id, attempt.target);
      inFlight.set(attempt.target, attempt.id);
    },
    follow(changes) {
      for (const { table, id, record } of changes) {
        if (table !== 'attempt') continue;
        const held = inFlight.get(id);
        // Another attempt may have taken its place in the same look: then the former one has ended too.
        if (held === undefined || (record !== null && record.id === held && isOpen(record))) continue;
        interlock.ended(held);
        inFlight.delete(id);
      }
    },
    carryOut(effect) {
      if (effect.kind === 'send') return send(effect);
      if (effect.kind === 'limit') return limit(effect);
      try {
        if (effect.kind === 'look') looks.look(effect.subject, effect.most);
        else interlock.cancel(effect.request);
      } catch (thrown) {
        bug(`in a ${effect.kind}`, thrown);
      }
    },
  };
}
