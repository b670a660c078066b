// What every request about accounts and places shares: one at a time, within the day's requests, and each failure a sentence.
import { askRefusal } from '../domain/acting/allowance.ts';
import { cloudOf } from '../domain/belief/cloud-learn.ts';
import type { Instant } from '../domain/instant.ts';
import type { Settings } from '../domain/settings.ts';
import type { View } from '../domain/site.ts';
import { type Reason, type ReasonCode, type ReasonParams, reason } from '../domain/telling/reason.ts';
import type { Asked, Fault, Refusal } from '../enode/asked.ts';
import type { Linking } from '../enode/linking.ts';
import { UserError } from '../kernel/errors.ts';
import type { Tell } from '../loop/ports.ts';
import type { Orders } from './orders.ts';

export interface AskingParts {
  readonly settings: Settings;
  readonly view: () => View;
  readonly tell: Tell;
  readonly cloud: Linking;
  readonly give: Orders['give'];
  readonly now: () => Instant;
  readonly say: (reason: Reason) => string;
  /** Where Enode's pages send the browser unless the request says it. */
  readonly redirect: string;
}

/** What a refusal of Enode means here, and the field it concerns; null = its own words will do. */
export type Explain = (fault: Refusal) => { readonly why: Reason; readonly field?: string } | null;

export function refusal(
  { say }: Pick<AskingParts, 'say'>,
  code: ReasonCode,
  params: ReasonParams = {},
  field?: string,
): UserError {
  return new UserError(say(reason(code, params)), { code, ...(field === undefined ? {} : { field }) });
}

/** Asks the cloud, if now is a time for that. @throws UserError with the reason's code */
export async function answerOf<T>(
  parts: AskingParts,
  ask: (cloud: Linking) => Promise<Asked<T>>,
  explain: Explain = () => null,
): Promise<T> {
  const view = parts.view();
  const wait = askRefusal(view, cloudOf(view), parts.now());
  if (wait) throw refusal(parts, wait.code, wait.params);
  const answer = await ask(parts.cloud);
  if (answer.ok) return answer.value;
  throw failure(parts, answer.fault, explain);
}

function failure(parts: AskingParts, fault: Fault, explain: Explain): UserError {
  if (fault.kind !== 'refused') return refusal(parts, `ask_${fault.kind}`, { why: fault.why });
  const told = explain(fault);
  if (told) return refusal(parts, told.why.code, told.why.params, told.field);
  const { title, detail } = fault;
  if (fault.status === 429) return refusal(parts, 'ask_wait');
  return refusal(parts, 'ask_refused', { title: title ?? `HTTP ${fault.status}`, detail });
}

/** Requests that wait for the one before them; more are a mistake of whoever sends them. */
const mostWaiting = 20;

/** One after the other: two of them on one account at the same time could each undo what the other relies on. */
export function createQueue(parts: Pick<AskingParts, 'say'>): <T>(work: () => Promise<T>) => Promise<T> {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    if (waiting >= mostWaiting) return Promise.reject(refusal(parts, 'ask_busy'));
    waiting++;
    const mine = last.then(work).finally(() => {
      waiting--;
    });
    last = mine.catch(() => {});
    return mine;
  };
}
