// The body of a request from a stranger: at most so many bytes, within so much time, and all strangers together within one budget.
import type { WireClock } from '../../kernel/clock.ts';

export type Body = { readonly kind: 'read'; readonly bytes: Uint8Array } | { readonly kind: 'size' | 'slow' | 'busy' };

/** Bytes that may still be held by bodies that are being read. */
export interface Budget {
  left: number;
}

/** Never rejects: a connection that breaks ends as `slow`. */
export async function readBody(
  request: Request,
  limits: { readonly most: number; readonly withinMs: number; readonly budget: Budget },
  wire: WireClock,
): Promise<Body> {
  const { most, withinMs, budget } = limits;
  const told = Number(request.headers.get('content-length') ?? 0);
  if (told > most) return { kind: 'size' };
  const reader = request.body?.getReader();
  if (!reader) return { kind: 'read', bytes: new Uint8Array() };
  let late = false;
  let size = 0;
  const cancel = wire.alarm('a webhook body', withinMs, () => {
    late = true;
    void reader.cancel().catch(() => {});
  });
  try {
    const pieces: Uint8Array[] = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (late) return { kind: 'slow' };
      if (done) return { kind: 'read', bytes: Buffer.concat(pieces) };
      size += value.byteLength;
      budget.left -= value.byteLength;
      if (size > most || budget.left < 0) {
        void reader.cancel().catch(() => {});
        return { kind: size > most ? 'size' : 'busy' };
      }
      pieces.push(value);
    }
  } catch {
    return { kind: 'slow' };
  } finally {
    cancel();
    budget.left += size;
  }
}
