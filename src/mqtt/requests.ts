// `bridge/request/<verb>` → `bridge/response/<verb>`: retained and late ones are refused, all others asked of the house.
import type { Log } from '../kernel/log.ts';
import { errorAnswer } from '../surface/answers.ts';
import type { Message } from './session.ts';
import type { Topics } from './topics.ts';

/** Carries out a request and calls `answer` once, with the whole answer as JSON text. */
export type Ask = (verb: string, payload: Uint8Array, answer: (text: string) => void) => void;

export interface Requests {
  receive(message: Message): void;
}

export function createRequests(options: {
  readonly topics: Topics;
  readonly log: Log;
  readonly answer: (verb: string, text: string) => void;
  readonly ask: Ask;
}): Requests {
  const { topics, log, answer, ask } = options;
  let retainedSaid = false;
  return {
    receive: ({ topic, payload, retained, expiry }) => {
      const verb = topic.slice(topics.requests.length);
      if (verb.includes('/')) return;
      if (retained) {
        if (!retainedSaid) log.warn(`A retained request on ${topic} is ignored: send requests without retain.`);
        retainedSaid = true;
        return;
      }
      if (expiry === 0) {
        const message = 'The request came too late: its message expiry is over. Send it again.';
        return answer(verb, errorAnswer({ code: 'too_late', message }, undefined));
      }
      ask(verb, payload, (text) => answer(verb, text));
    },
  };
}
