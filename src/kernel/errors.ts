// Errors by who must act: the user (an input), the world (a peer or the machine), or us (a bug).

/** An input of a person was wrong. `field` is the name the person sees; the message is one sentence that ends with the remedy. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: string;
  readonly field: string | undefined;
  /** What a program needs to go on, beside the sentence for people. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
  constructor(message: string, more: { code?: string; field?: string; data?: Readonly<Record<string, unknown>> } = {}) {
    super(message);
    this.code = more.code ?? 'invalid';
    this.field = more.field;
    this.data = more.data;
  }
}

/** Something outside failed (cloud, broker, disk). It becomes a fact and one log line per change of state, never a crash. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
}

/** We did what must never happen. Logged with its stack; the house stays in "leave alone". */
export class Bug extends Error {
  override readonly name = 'Bug';
}

/** The text of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The system's error code (`ECONNREFUSED`, …) of anything thrown, looked for along its causes too. */
export function codeOf(thrown: unknown): string | undefined {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++) {
    const { code } = error as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return undefined;
}
