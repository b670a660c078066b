// Requests by verb, the same for MQTT and the page: an order goes to the loop and is answered by its reply, a question by the
// daemon around it.
import type { Cancel, WorldClock } from '../kernel/clock.ts';
import { messageOf, UserError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Reply, Tell } from '../loop/ports.ts';
import { dataOfOutcome, errorAnswer, type Fault, faultOfError, faultOfOutcome, okAnswer } from '../surface/answers.ts';
import { parseRequest, type Question, type Request, type Transaction } from '../surface/verbs.ts';

/** A question for the daemon around the loop. A UserError is the caller's own fault and told; anything else is ours. */
export type OnQuestion = (question: Question) => unknown;

interface Asking {
  readonly verb: string;
  readonly payload: Uint8Array | string;
  readonly from: 'verb' | 'page';
  /** Called once, with the whole answer as JSON text. */
  readonly answer: (text: string) => void;
}

export interface Requests {
  ask(asking: Asking): void;
  /** true: the reply belonged to a request of ours. */
  reply(reply: Reply): boolean;
}

/** A reply comes within the same look; a loop that stands still shall not leave its caller waiting. World ms. */
const REPLY_WITHIN_MS = 30_000;
const MOST_OPEN = 1_000;

interface Open {
  readonly transaction: Transaction | undefined;
  readonly answer: (text: string) => void;
  readonly cancel: Cancel;
}

export function createRequests(options: {
  readonly clock: WorldClock;
  readonly log: Log;
  readonly tell: Tell;
  readonly transaction: () => string;
  readonly onQuestion: OnQuestion;
  /** Home Assistant shall be told again of what somebody deleted there. */
  readonly announceAgain: () => void;
}): Requests {
  const { clock, log, tell } = options;
  const open = new Map<string, Open>();

  const order = (
    { from, answer }: Asking,
    request: Request & { kind: 'order' },
    transaction: Transaction | undefined,
  ): void => {
    const fail = (fault: Fault): void => answer(errorAnswer(fault, transaction));
    if (open.size >= MOST_OPEN)
      return fail({ code: 'busy', message: 'Too many requests are open; wait for their answers.' });
    if (request.announce) options.announceAgain();
    const own = options.transaction();
    const cancel = clock.alarm('answer a request', clock.now() + REPLY_WITHIN_MS, () => {
      open.delete(own);
      fail({ code: 'no_answer', message: 'No decision was made in time; look at the state, then try again.' });
    });
    open.set(own, { transaction, answer, cancel });
    tell({ kind: 'commanded', transaction: own, subject: request.subject, order: request.order, from });
  };
  const question = async ({ answer }: Asking, asked: Question, transaction: Transaction | undefined): Promise<void> => {
    try {
      answer(okAnswer(await options.onQuestion(asked), transaction));
    } catch (thrown) {
      if (!(thrown instanceof UserError)) log.error(`The request ${asked.verb} failed: ${messageOf(thrown)}`);
      if (!(thrown instanceof UserError))
        return answer(errorAnswer({ code: 'failed', message: 'This failed on our side; see the log.' }, transaction));
      const { data } = thrown;
      answer(errorAnswer(faultOfError(thrown), transaction, data === undefined ? {} : { data }));
    }
  };
  return {
    ask: (asking) => {
      const parsed = parseRequest(asking.verb, asking.payload);
      if (!parsed.ok) return asking.answer(errorAnswer(faultOfError(parsed.error), parsed.transaction));
      const { request, transaction } = parsed;
      if (request.kind === 'order') order(asking, request, transaction);
      else void clock.during(question(asking, request.question, transaction));
    },
    reply: (reply) => {
      const asked = open.get(reply.transaction);
      if (!asked) return false;
      open.delete(reply.transaction);
      asked.cancel();
      const { transaction, answer } = asked;
      answer(reply.ok ? okAnswer(dataOfOutcome(reply), transaction) : errorAnswer(faultOfOutcome(reply), transaction));
      return true;
    },
  };
}
