// The body of a request from a stranger: at most so many bytes, within so much time.
import type { WireClock } from '../../kernel/clock.ts';

export type Body = { readonly kind: 'read'; readonly bytes: Uint8Array } | { readonly kind: 'size' | 'slow' };

/** Never rejects: a connection that breaks ends as `slow`. */
export async function readBody(request: Request, most: number, withinMs: number, wire: WireClock): Promise<Body> {
  const told = Number(request.headers.get('content-length') ?? 0);
  if (told > most) return { kind: 'size' };
  const reader = request.body?.getReader();
  if (!reader) return { kind: 'read', bytes: new Uint8Array() };
  let late = false;
  const cancel = wire.alarm('a webhook body', withinMs, () => {
    late = true;
    void reader.cancel().catch(() => {});
  });
  try {
    const pieces: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (late) return { kind: 'slow' };
      if (done) return { kind: 'read', bytes: Buffer.concat(pieces) };
      size += value.byteLength;
      if (size > most) {
        void reader.cancel().catch(() => {});
        return { kind: 'size' };
      }
      pieces.push(value);
    }
  } catch {
    return { kind: 'slow' };
  } finally {
    cancel();
  }
}
