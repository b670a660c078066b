// Error bodies as the document has them (section 14): three strings, and a status the body does not repeat.
import type { Context } from 'hono';
import { messageOf } from '../../kernel/errors.ts';

const SLUGS = {
  400: ['bad-request', 'Bad request'],
  401: ['unauthorized', 'Unauthorized'],
  403: ['forbidden', 'Forbidden'],
  404: ['not-found', 'Not found'],
  422: ['unprocessable-entity', 'Unprocessable entity'],
  429: ['too-many-requests', 'Too many requests'],
  500: ['internal-server-error', 'Internal server error'],
} as const;

type KnownStatus = keyof typeof SLUGS;

/** An answer that is an error. `title` defaults to the words of the status. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly title: string;
  constructor(status: KnownStatus, detail: string, title: string = SLUGS[status][1]) {
    super(detail);
    this.status = status;
    this.title = title;
  }
}

/** A 404 whose body is empty, as the document has it for actions, refresh hints and interventions. */
export class NotThere extends Error {
  override readonly name = 'NotThere';
}

/** The answer never reaches the client: a destroyed socket behind a node server, a rejected fetch in process. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  readonly code = 'ECONNRESET';
}

/** Body of a problem for any status, known or not. */
export function problemBody(
  status: number,
  detail: string,
  title?: string,
): { type: string; title: string; detail: string } {
  const [slug, words] = SLUGS[status as KnownStatus] ?? ['unknown', `Status ${status}`];
  return { type: `https://developers.enode.com/api/problems/${slug}`, title: title ?? words, detail };
}

export function answerProblem(thrown: Error, c: Context): Response {
  if (thrown instanceof ConnectionLost) throw thrown;
  if (thrown instanceof NotThere) return c.body(null, 404);
  const problem = thrown instanceof Problem ? thrown : new Problem(500, messageOf(thrown));
  return c.json(problemBody(problem.status, problem.message, problem.title), problem.status as 400);
}

export function routeNotFound(c: Context): Response {
  return c.json(problemBody(404, `Route ${c.req.method} ${c.req.path} not found`, 'Route not found'), 404);
}
