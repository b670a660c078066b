// Finds a second daemon on the same base topic by the instance in `bridge/info`. A retained one says nothing (it may be our own of
// yesterday); each daemon answers a stranger's once, so that the later one learns of the earlier, too.
import type { Tell } from '../loop/ports.ts';

export interface Doubles {
  receive(payload: Uint8Array): void;
}

/** Strangers remembered; more would be a flood of forged messages. */
const MOST_STRANGERS = 20;

/** @param showAgain publishes our own info, so that the stranger sees us */
export function createDoubles(instance: string, base: string, tell: Tell, showAgain: () => void): Doubles {
  const strangers = new Set<string>();
  return {
    receive: (payload) => {
      const other = instanceOf(payload);
      if (other === null || other === instance || strangers.has(other) || strangers.size >= MOST_STRANGERS) return;
      strangers.add(other);
      tell({
        kind: 'double_seen',
        where: 'broker',
        detail: `instance ${other.slice(0, 8)} under "${base}"`,
      });
      showAgain();
    },
  };
}

function instanceOf(payload: Uint8Array): string | null {
  if (payload.length > 64 * 1024) return null;
  try {
    const document: unknown = JSON.parse(Buffer.from(payload).toString('utf8'));
    const instance =
      typeof document === 'object' && document !== null ? (document as { instance?: unknown }).instance : null;
    return typeof instance === 'string' && instance !== '' && instance.length <= 100 ? instance : null;
  } catch {
    return null;
  }
}
