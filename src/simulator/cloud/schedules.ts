// Schedules at work (11): what each one wants now, its state, and its commands through the same device path as a client's.
import { ownCapability, possibleDevices } from './action-rules.ts';
import type { Actions } from './actions.ts';
import { BUCKET_MS } from './numbers.ts';
import { isFullyCharged, isPlugged, locationOf, shownState } from './readings.ts';
import { shouldChargeAt, transitionsAfter } from './schedule-rules.ts';
import { type Clients, iso, type Linked, type Schedule } from './state.ts';

export interface Schedules {
  /** Looks at one schedule and acts; call after its creation, a change, and each report of its target. */
  run(schedule: Schedule): void;
  status(schedule: Schedule): Record<string, unknown>;
  end(schedule: Schedule): void;
}

export function zoneOf(linked: Linked, locationId: string | null): string {
  const id = locationId ?? locationOf(linked);
  return (id === null ? undefined : linked.user.locations.get(id)?.timezone) ?? 'UTC';
}

/** @param told the status of a schedule changed */
export function createSchedules(cloud: Clients, actions: Actions, told: (schedule: Schedule) => void): Schedules {
  const { clock } = cloud;
  const tries = new WeakMap<Schedule, { kind: string; at: number }>();

  const parts = (schedule: Schedule) => {
    const { target } = schedule;
    const { state } = shownState(target);
    const shouldCharge = shouldChargeAt(schedule, zoneOf(target, schedule.locationId), clock.now());
    const needsCharge = target.kind === 'charger' || isFullyCharged(target) !== true;
    return { needsCharge, isPluggedIn: isPlugged(state), shouldCharge };
  };

  const expected = (schedule: Schedule): boolean => Object.values(parts(schedule)).every(Boolean);
  const charging = (schedule: Schedule): boolean => shownState(schedule.target).state === 'CHARGING';

  const stateOf = (schedule: Schedule): string => {
    const { target } = schedule;
    if (!schedule.isEnabled) return 'INACTIVE:DISABLED';
    if (target.kind === 'vehicle') {
      if (target.smart.override) return 'INACTIVE:OVERRIDDEN';
      const at = locationOf(target);
      if (at === null || (schedule.locationId !== null && at !== schedule.locationId)) return 'INACTIVE:AWAY';
    }
    const able =
      possibleDevices(target, { kind: 'START' }).length > 0 || ownCapability(target, { kind: 'START' }).capable;
    if (!able) return 'INACTIVE:INCAPABLE';
    if (expected(schedule) === charging(schedule)) return 'ALIGNED';
    return target.pending?.owner === 'schedule' ? 'PENDING' : 'MISALIGNED';
  };

  const settle = (schedule: Schedule): void => {
    const state = stateOf(schedule);
    if (state === schedule.state) return;
    schedule.state = state;
    schedule.changedAt = clock.now();
    told(schedule);
  };

  const act = (schedule: Schedule): void => {
    if (stateOf(schedule) !== 'MISALIGNED') return;
    const kind = expected(schedule) ? 'START' : 'STOP';
    const last = tries.get(schedule);
    // A device that did not obey is not asked again with every report.
    if (last?.kind === kind && clock.now() < last.at + BUCKET_MS) return;
    tries.set(schedule, { kind, at: clock.now() });
    actions.own(schedule.target, { kind }, 'schedule');
  };

  const wake = (schedule: Schedule): void => {
    schedule.cancel();
    schedule.cancel = () => {};
    if (!schedule.isEnabled) return;
    const [next] = transitionsAfter(schedule, zoneOf(schedule.target, schedule.locationId), clock.now(), 1);
    if (next) schedule.cancel = clock.alarm('schedule', next.at, () => run(schedule));
  };

  const run = (schedule: Schedule): void => {
    act(schedule);
    settle(schedule);
    wake(schedule);
  };

  return {
    run,
    status(schedule) {
      const zone = zoneOf(schedule.target, schedule.locationId);
      return {
        scheduleId: schedule.id,
        scheduleType: 'CHARGE',
        changedAt: iso(schedule.changedAt),
        state: stateOf(schedule),
        isCharging: charging(schedule),
        isChargingExpected: expected(schedule),
        isChargingExpectedParts: parts(schedule),
        upcomingTransitions: transitionsAfter(schedule, zone, clock.now(), 2).map(({ at, shouldCharge }) => ({
          at: iso(at),
          shouldCharge,
        })),
        smartOverride: schedule.target.kind === 'vehicle' ? schedule.target.smart.override : null,
      };
    },
    end(schedule) {
      schedule.cancel();
      schedule.isEnabled = false;
      const { target, user } = schedule;
      if (target.schedule === schedule) target.schedule = undefined;
      user.schedules.delete(schedule.id);
      user.client.schedules.delete(schedule.id);
      if (target.pending?.owner === 'schedule')
        actions.end(target.pending, {
          state: 'CANCELLED',
          type: 'REQUESTED_CANCELLATION',
          detail: 'The schedule ended.',
        });
    },
  };
}
