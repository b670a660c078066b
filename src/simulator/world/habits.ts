// People who drive to work: a car that leaves and returns by itself, by the local clock of its site.
import type { Coordinates } from '../types.ts';
import type { Agenda } from './agenda.ts';
import type { Car } from './car.ts';
import type { CableEnd, Habit } from './specs.ts';
import type { Wallbox } from './wallbox.ts';

/** What habits need of the world. */
interface Roads {
  readonly agenda: Agenda;
  readonly timezone: string;
  home(car: Car): Coordinates;
  drive(car: Car, trip: { to: Coordinates; away: boolean; km: number; minutes: number }): void;
  plug(car: Car, end: CableEnd): void;
  chargers(): ReadonlyMap<string, { readonly box: Wallbox }>;
}

/** km/h on the way to work and back. */
const SPEED = 45;
const KM_PER_DEGREE = 111;

/** The next instant after `now` at which the local clock shows `HH:MM`, and its ISO weekday. */
function nextAt(time: string, timezone: string, now: number): { readonly when: number; readonly weekday: number } {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate();
  for (let days = 0; ; days++) {
    const date = today.add({ days });
    const when = date.toZonedDateTime({ timeZone: timezone, plainTime: time }).epochMilliseconds;
    if (when > now) return { when, weekday: date.dayOfWeek };
  }
}

export function startHabit(world: Roads, car: Car, habit: Habit): void {
  const minutes = (habit.km / SPEED) * 60;
  const home = world.home(car);
  const work = { latitude: home.latitude + habit.km / KM_PER_DEGREE, longitude: home.longitude };

  const leave = () => {
    const { when, weekday } = nextAt(habit.leaves, world.timezone, world.agenda.now());
    world.agenda.at(when, () => {
      if (habit.weekdays.includes(weekday) && !car.away) {
        world.drive(car, { to: work, away: true, km: habit.km, minutes });
        back();
      }
      leave();
    });
  };
  const back = () => {
    const { when } = nextAt(habit.returns, world.timezone, world.agenda.now());
    world.agenda.at(when, () => {
      if (!car.away) return;
      world.drive(car, { to: home, away: false, km: habit.km, minutes });
      world.agenda.at(when + minutes * 60_000 + 60_000, () => park());
    });
  };
  const park = () => {
    const box = world.chargers().get(habit.plugsInto ?? '')?.box;
    if (box && !box.car && !car.away && car.cable === null) world.plug(car, box.spec.identity.id);
  };
  leave();
}
