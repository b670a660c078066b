// Plain commands (`…/<key>/set`): retained and late ones are refused, all others become facts at once.
import { instant } from '../domain/instant.ts';
import type { WorldClock } from '../kernel/clock.ts';
import { UserError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Reply, Tell } from '../loop/ports.ts';
import { errorAnswer, type Fault, faultOfError, faultOfOutcome } from '../surface/answers.ts';
import { parseCommand } from '../surface/commands.ts';
import type { Message } from './session.ts';
import type { Topics } from './topics.ts';

export interface Commands {
  receive(message: Message): void;
  /** true: the reply belonged to a command of ours. */
  reply(reply: Reply): boolean;
}

/** Replies come within the same look: more open ones than this are leftovers. */
const MOST_OPEN = 1_000;
/** Distinct complaints remembered, so that each is logged once; a flood of nonsense must not fill memory or log. */
const MOST_COMPLAINTS = 500;

export function createCommands(options: {
  readonly topics: Topics;
  readonly clock: WorldClock;
  readonly log: Log;
  readonly tell: Tell;
  readonly transaction: () => string;
  readonly answer: (verb: string, text: string) => void;
}): Commands {
  const { topics, clock, log, tell, answer } = options;
  /** Topic by transaction. */
  const open = new Map<string, string>();
  const complaints = new Set<string>();

  const complain = (text: string): void => {
    if (complaints.has(text) || complaints.size >= MOST_COMPLAINTS) return;
    complaints.add(text);
    log.warn(text);
    if (complaints.size === MOST_COMPLAINTS)
      log.warn('Too many wrong commands came over MQTT: further ones are not logged.');
  };
  const refuse = (topic: string, fault: Fault): void => answer('error', errorAnswer(fault, undefined, { topic }));
  return {
    receive: ({ topic, payload, retained, expiry }) => {
      const address = topics.readCommand(topic);
      if (!address) return;
      if (retained) {
        return complain(
          `A retained command on ${topic} is ignored, as it would be repeated at every connection: send commands without retain.`,
        );
      }
      if (expiry === 0)
        return complain(`A command on ${topic} came too late and is ignored: its message expiry is over.`);
      try {
        const { kind, id, key } = address;
        const { subject, order } = parseCommand(kind, id, key, payload, instant(clock.now()));
        const transaction = options.transaction();
        open.set(transaction, topic);
        if (open.size > MOST_OPEN) open.delete(open.keys().next().value!);
        const subjectKind = kind === 'vehicle' || kind === 'charger' ? { subjectKind: kind } : {};
        tell({ kind: 'commanded', transaction, subject, ...subjectKind, order, from: 'switch' });
      } catch (thrown) {
        if (!(thrown instanceof UserError)) throw thrown;
        complain(`A command on ${topic.slice(0, 200)} is refused. ${thrown.message}`);
        refuse(topic, faultOfError(thrown));
      }
    },
    reply: (reply) => {
      const topic = open.get(reply.transaction);
      if (topic === undefined) return false;
      open.delete(reply.transaction);
      if (!reply.ok) refuse(topic, faultOfOutcome(reply));
      return true;
    },
  };
}
