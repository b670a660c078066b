// The referee: takes a picture of the truth whenever the cloud takes a command, and judges the command against it (judge.ts).
import { judge, type OpenAction, type Scene } from './judge.ts';
import type { CloudControl, TakenCommand } from './types.ts';
import { unplugged, type Wish, withWish } from './wishes.ts';
import type { Car } from './world/car.ts';
import type { World } from './world/world.ts';

/** ms after leaving home, or after unplugging, by which a client must doubt the contrary, whatever it was told. */
const DOUBT_AFTER = 30 * 60_000;

interface Finding {
  /** Which command, as in `CloudControl.commands()`. */
  readonly n: number;
  /** epoch ms */
  readonly at: number;
  readonly code: string;
  readonly message: string;
}

export interface Verdict {
  readonly breaches: readonly Finding[];
  /** What would be a breach unless a person asked for it, in a world where nobody tells the referee what people ask for. */
  readonly unjudged: readonly Finding[];
}

export interface Referee {
  /** From the first one on it is taken that every wish is told. */
  wish(wish: Wish): void;
  /** A person says which vehicle is on a charger's cable, null = a guest's: until that cable or that vehicle's comes out. */
  say(charger: string, vehicle: string | null): void;
  /** The person takes it back. */
  unsay(charger: string): void;
  verdict(): Verdict;
  /** Before and after each request to the cloud: sees which actions are open and which a client cancels. */
  before(method: string, path: string): void;
  after(): void;
}

export function createReferee(world: World, cloud: () => CloudControl): Referee {
  const breaches: Finding[] = [];
  const unjudged: Finding[] = [];
  const cancelled = new Set<string>();
  let open: readonly OpenAction[] = [];
  let wishes: readonly Wish[] = [];
  let isTold = false;
  const said = new Map<string, { readonly vehicle: string | null; readonly until: number }>();

  const saidOf = (target: string, at: number): Scene['said'] => {
    for (const [charger, { vehicle, until }] of said) {
      if (until < at) continue;
      if (charger === target) return vehicle === null ? 'guest' : { id: vehicle };
      if (vehicle === target) return { id: charger };
    }
    return null;
  };

  const look = (): void => {
    open = cloud().openActions();
  };

  const picture = (command: TakenCommand): Scene => {
    const vehicle = world.vehicles().get(command.target);
    const box = world.chargers().get(command.target)?.box;
    const car = vehicle?.car ?? box?.car ?? null;
    const joined = vehicle ? cableOf(vehicle.car) : carOn(box?.car ?? null);
    const joinedId = typeof joined === 'object' && joined ? joined.id : null;
    const linkedTo = joinedId === null ? [] : cloud().linksOf(joinedId);
    // An order may already have replaced a pending action: both what was open before and what is open now count.
    const now = cloud().openActions();
    const before = open.filter((it) => !now.some((other) => other.id === it.id));
    const earlier = cloud()
      .commands()
      .filter((it) => it.n < command.n);
    const own = earlier.some((it) => it.actionId === command.actionId);
    return {
      joined,
      joinedLinked: linkedTo.some((link) => link.client === command.client),
      said: saidOf(command.target, command.at),
      away: vehicle?.car.away ?? false,
      awayKnown: car ? knowsAway(world, car, command.at) : false,
      open: [...before, ...now].filter((it) => own || it.id !== command.actionId),
      earlier,
      cancelled,
      wishes,
      isTold,
    };
  };

  world.commandTaken = (command) => {
    for (const { isSure, ...fault } of judge(command, picture(command)))
      (isSure ? breaches : unjudged).push({ n: command.n, at: command.at, ...fault });
    const { actionId, target, kind } = command;
    if (actionId !== null && !open.some((it) => it.id === actionId)) open = [...open, { id: actionId, target, kind }];
  };

  world.cableOut = (car, end) => {
    const subjects = [car, end].flatMap((it) => (it === 'elsewhere' || !it.spec ? [] : [it.spec.identity.id]));
    const now = world.agenda.now();
    wishes = unplugged(wishes, subjects, now, DOUBT_AFTER);
    for (const [charger, { vehicle, until }] of said)
      if (subjects.includes(charger) || (vehicle !== null && subjects.includes(vehicle)))
        said.set(charger, { vehicle, until: Math.min(until, now + DOUBT_AFTER) });
  };

  return {
    wish: (wish) => {
      isTold = true;
      wishes = withWish(wishes, wish);
    },
    say: (charger, vehicle) => {
      // Of an empty socket there is nothing to say: whoever comes next is not meant.
      if (!world.chargers().get(charger)?.box.car) return;
      for (const [other, { vehicle: earlier }] of said) if (vehicle !== null && earlier === vehicle) said.delete(other);
      said.set(charger, { vehicle, until: Number.POSITIVE_INFINITY });
    },
    unsay: (charger) => void said.delete(charger),
    verdict: () => ({ breaches, unjudged }),
    before: (method, path) => {
      look();
      const cancel = method === 'POST' ? /\/actions\/([^/]+)\/cancel$/.exec(path) : null;
      if (cancel?.[1]) cancelled.add(cancel[1]);
    },
    after: look,
  };
}

function cableOf(car: Car): Scene['joined'] {
  return typeof car.cable === 'object' && car.cable ? { id: car.cable.spec.identity.id } : car.cable;
}

function carOn(car: Car | null): Scene['joined'] {
  if (!car) return null;
  return car.spec ? { id: car.spec.identity.id } : 'guest';
}

/** A report made after it left tells it; without one, half an hour must be doubt enough. */
function knowsAway(world: World, car: Car, at: number): boolean {
  if (!car.away) return false;
  const heard = world.vehicleOf(car)?.report().positionUpdated ?? null;
  return (heard !== null && heard >= car.movedAt) || at - car.movedAt >= DOUBT_AFTER;
}
