// The law of the referee, pure: one command, the truth at its moment and the wishes told so far → what was wrong with it.
import type { TakenCommand } from './types.ts';
import { inForce, type Wish, wishesFor } from './wishes.ts';

export interface OpenAction {
  readonly id: string;
  readonly target: string;
  readonly kind: string;
}

/** The truth at the moment the cloud took the command. */
export interface Scene {
  /** What shares a cable with the target: an asset id, a visitor's car, a public charger, or nothing. */
  readonly joined: { readonly id: string } | 'guest' | 'elsewhere' | null;
  /** The joined car is linked to the same client. */
  readonly joinedLinked: boolean;
  /** What a person says shares a cable with the target: it is theirs to answer for. null = nobody said anything. */
  readonly said: { readonly id: string } | 'guest' | null;
  /** The commanded vehicle is not at home. */
  readonly away: boolean;
  /** …and the cloud has heard so, or should have been doubted by now. */
  readonly awayKnown: boolean;
  /** Charge actions PENDING just before the command. */
  readonly open: readonly OpenAction[];
  /** Earlier commands, newest last. */
  readonly earlier: readonly TakenCommand[];
  /** Actions a client cancelled. */
  readonly cancelled: ReadonlySet<string>;
  readonly wishes: readonly Wish[];
  /** Somebody tells the wishes: what none of them covers, nobody wanted. */
  readonly isTold: boolean;
}

type BreachCode = 'away' | 'wrong_car' | 'opposite_in_flight' | 'repeated' | 'late' | 'unasked';
export interface Fault {
  readonly code: BreachCode;
  readonly message: string;
  /** Wrong whatever people may have asked for. */
  readonly isSure: boolean;
}

/** ms within which the same command needs a new wish. */
const RESEND = 4 * 60_000;
/** ms in which one repeat is in order for a client that may not know what became of its request. */
const DOUBT = 10 * 60_000;

const went = (command: TakenCommand): boolean => command.status === 0 || command.status < 400;

export function judge(command: TakenCommand, scene: Scene): readonly Fault[] {
  const faults: Fault[] = [];
  const say = (code: BreachCode, message: string, isSure = true) => void faults.push({ code, message, isSure });
  const { at, kind, target, targetKind } = command;
  const joinedId = typeof scene.joined === 'object' ? scene.joined?.id : undefined;
  const saidId = typeof scene.said === 'object' ? scene.said?.id : undefined;
  const loadpoint = [target, joinedId, saidId].filter((id) => id !== undefined);
  const told = wishesFor(scene.wishes, loadpoint, kind);
  const active = told.filter((wish) => inForce(wish, at));
  const what = `${kind} to ${targetKind} ${target}`;

  if (targetKind === 'vehicle' && scene.away) {
    const person = active.some(
      (wish) => wish.origin === 'person' && (kind === 'START' || wish.anywhere || !scene.awayKnown),
    );
    if ((kind === 'START' || kind === 'STOP') && scene.awayKnown && !person)
      say('away', `${what} while the car is away and no person is known to have asked for it there.`, scene.isTold);
  }
  if (targetKind === 'charger') wrongCar();
  if (kind !== 'START' && kind !== 'STOP') return faults;

  const opposite = kind === 'START' ? 'STOP' : 'START';
  const against = went(command)
    ? scene.open.find((it) => loadpoint.includes(it.target) && it.kind === opposite)
    : undefined;
  if (against)
    say('opposite_in_flight', `${what} while ${opposite} ${against.id} for ${against.target} is still pending.`);
  if (went(command)) repeated();
  if (active.length > 0) return faults;
  if (told.some((wish) => wish.from <= at)) say('late', `${what} after the wish for it had ended.`);
  else if (scene.isTold && faults.length === 0) say('unasked', `${what}, which nobody wished.`);
  return faults;

  function wrongCar(): void {
    const person = scene.wishes.some(
      (wish) => wish.subject === target && wish.origin === 'person' && inForce(wish, at),
    );
    if (person || isSaid()) return;
    const strange = scene.joined === 'guest' || (joinedId !== undefined && !scene.joinedLinked);
    if (strange) {
      say('wrong_car', `${what} while a car that is not the client's is plugged into it.`, scene.isTold);
      return;
    }
    // A wish for a car, carried out at a charger that car is not on.
    if (wishesFor(scene.wishes, [target], kind).some((wish) => inForce(wish, at))) return;
    const others = scene.wishes.filter(({ subject }) => subject !== target).map(({ subject }) => subject);
    const meant = wishesFor(scene.wishes, others, kind).filter((wish) => inForce(wish, at));
    if (meant.length > 0 && !meant.some((wish) => wish.subject === joinedId)) {
      say('wrong_car', `${what} although no car it is wanted for is plugged into it.`);
    }
  }

  /** A guest's car by the charger's own wish, a named one by that car's, whatever is there in truth. */
  function isSaid(): boolean {
    const subject = scene.said === 'guest' ? target : saidId;
    return subject !== undefined && wishesFor(scene.wishes, [subject], kind).some((wish) => inForce(wish, at));
  }

  function repeated(): void {
    const same = scene.earlier.filter((it) => it.target === target && it.kind === kind && went(it));
    const last = same.at(-1);
    if (!last) return;
    const fresh = told.some((wish) => wish.from > last.at && inForce(wish, at));
    // A vehicle's pending action of the same kind is answered again, so asking once more changes nothing; a charger's action is
    // made anew, so the reports must have had their time.
    const isUnsure = last.status === 0 || last.token !== command.token;
    const patience = targetKind === 'vehicle' ? 0 : RESEND;
    const since = Math.max(at - DOUBT, ...active.map((wish) => wish.from));
    const tries = same.filter((it) => it.at >= since).length;
    if (isUnsure && tries <= 1 && at - last.at >= patience) return;
    const pending = scene.open.find((it) => it.target === target && it.kind === kind);
    if (pending) say('repeated', `${what} again while ${pending.id} is still pending.`);
    if (pending) return;
    const between = scene.earlier.some((it) => loadpoint.includes(it.target) && it.kind === opposite && it.n > last.n);
    const withdrawn = last.actionId !== null && scene.cancelled.has(last.actionId);
    if (at - last.at < RESEND && !fresh && !between && !withdrawn) {
      say('repeated', `${what} again after ${Math.round((at - last.at) / 1000)} s without a new wish.`);
    }
  }
}
