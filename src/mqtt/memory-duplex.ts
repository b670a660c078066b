// Two ends of a wire in memory: the real mqtt and broker libraries talk over it without a socket, so that a simulated day is the
// same in every run. Ends like a TCP connection: what was written before the end still arrives.
import { Duplex } from 'node:stream';

class End extends Duplex {
  other!: End;
  readonly #moved: () => void;
  #resume: (() => void) | null = null;

  constructor(moved: () => void) {
    super({ allowHalfOpen: false });
    this.#moved = moved;
  }

  override _read(): void {
    const resume = this.#resume;
    this.#resume = null;
    resume?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#moved();
    process.nextTick(() => {
      const { other } = this;
      if (other.destroyed || other.readableEnded) return done(new Error('the other end is closed'));
      const hasRoom = other.push(chunk);
      // Reading it may have ended the other end at once: nobody will ask for more.
      if (hasRoom || other.destroyed) done();
      else other.#resume = done;
    });
  }

  /** A packet comes as a dozen small writes under a cork: one piece on the wire. */
  override _writev(pieces: readonly { readonly chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(pieces.map(({ chunk }) => chunk)), 'buffer' as BufferEncoding, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#hangUp();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const resume = this.#resume;
    this.#resume = null;
    resume?.();
    this.#hangUp();
    done(error);
  }

  #hangUp(): void {
    this.#moved();
    process.nextTick(() => {
      if (!this.other.destroyed && !this.other.readableEnded) this.other.push(null);
    });
  }
}

/** @param moved called whenever something goes over the wire: a simulated clock is stirred with it */
export function memoryPair(moved: () => void): [Duplex, Duplex] {
  const one = new End(moved);
  const two = new End(moved);
  one.other = two;
  two.other = one;
  return [one, two];
}
