// Smart charging of vehicles (10), as far as a client meets it: policy, states, one simple plan (stop now, start late), override.
import type { Actions } from './actions.ts';
import { DAY, PLAN_MARGIN_MS } from './numbers.ts';
import { isFullyCharged, isPlugged, locationOf, shownRate, shownState, vehicleReport } from './readings.ts';
import { zoneOf } from './schedules.ts';
import { type Action, type Clients, iso, type LinkedVehicle, type SmartCharging } from './state.ts';

export interface SmartChargings {
  /** A report came, or the policy changed. Constant time when it is off. */
  look(vehicle: LinkedVehicle): void;
  /** An action of a plan has ended. */
  ended(action: Action): void;
  disable(vehicle: LinkedVehicle): void;
  override(vehicle: LinkedVehicle): Record<string, unknown>;
  endOverride(vehicle: LinkedVehicle): Record<string, unknown> | null;
  status(vehicle: LinkedVehicle): Record<string, unknown>;
}

const HOUR_MS = 3_600_000;
/** kW assumed when no rate is known. */
const USUAL_RATE = 7;

/** @param told the status changed; `fields` are the changed paths */
export function createSmartChargings(
  cloud: Clients,
  actions: () => Actions,
  told: (vehicle: LinkedVehicle, fields: readonly string[]) => void,
): SmartChargings {
  const { clock } = cloud;

  const enter = (vehicle: LinkedVehicle, state: string): void => {
    const { smart } = vehicle;
    if (smart.state === state) return;
    smart.state = state;
    smart.stateChangedAt = clock.now();
    if (smart.plan && state.startsWith('PLAN:ENDED')) {
      smart.plan.endedAt = iso(clock.now());
      smart.plan.finalState = state;
    }
    told(vehicle, ['state', 'stateChangedAt', 'updatedAt']);
  };

  const considerations = (vehicle: LinkedVehicle) => {
    const { state } = shownState(vehicle);
    const report = vehicleReport(vehicle);
    return {
      isPluggedIn: isPlugged(state),
      isCharging: state === 'CHARGING',
      atChargingLocation: locationOf(vehicle) !== null,
      hasTimeEstimate: report.batteryLevel !== null && report.batteryCapacity !== null,
    };
  };

  const plan = (vehicle: LinkedVehicle): void => {
    const { smart } = vehicle;
    const { batteryLevel, batteryCapacity, chargeLimit } = vehicleReport(vehicle);
    if (batteryLevel === null || batteryCapacity === null || batteryLevel < smart.minimumChargeLimit) return;
    const now = clock.now();
    const kWh = (((chargeLimit ?? 100) - batteryLevel) / 100) * batteryCapacity;
    const duration = (kWh / (shownRate(vehicle) || USUAL_RATE)) * HOUR_MS;
    const deadline = nextClock(smart.deadline ?? '07:00', zoneOf(vehicle, null), now);
    const startAt = deadline - duration - PLAN_MARGIN_MS;
    const waits = startAt > now + PLAN_MARGIN_MS;
    smart.startAt = waits ? startAt : now;
    smart.plan = {
      id: cloud.entropy.uuid(),
      vehicleId: vehicle.id,
      userId: vehicle.user.id,
      locationId: locationOf(vehicle),
      vendor: vehicle.asset.identity.vendor,
      currency: 'EUR',
      nonSmartCost: 0,
      smartCost: null,
      stopAt: iso(now),
      startAt: iso(smart.startAt),
      estimatedFinishAt: iso(smart.startAt + duration),
      stopConfirmedAt: null,
      startConfirmedAt: null,
      endedAt: null,
      finalState: null,
      failureCondition: null,
    };
    if (!waits) {
      enter(vehicle, 'PLAN:EXECUTING:STARTED');
      return;
    }
    enter(vehicle, 'PLAN:EXECUTING:STOPPING');
    const mine = smart.plan;
    if (actions().own(vehicle, { kind: 'STOP' }, 'smart'))
      clock.alarm('smart charging start', startAt, () => start(vehicle, mine));
    else fail(vehicle, 'STOP_FAILED');
  };

  const start = (vehicle: LinkedVehicle, mine: unknown): void => {
    const { smart } = vehicle;
    if (smart.plan !== mine || !smart.state.startsWith('PLAN:EXECUTING')) return;
    enter(vehicle, 'PLAN:EXECUTING:STARTING');
    if (!actions().own(vehicle, { kind: 'START' }, 'smart')) fail(vehicle, 'START_FAILED');
  };

  const fail = (vehicle: LinkedVehicle, condition: 'STOP_FAILED' | 'START_FAILED'): void => {
    if (vehicle.smart.plan) vehicle.smart.plan.failureCondition = condition;
    enter(vehicle, `PLAN:EXECUTING:${condition}`);
    enter(vehicle, 'PLAN:ENDED:FAILED');
  };

  /** Follows what the car does while nothing is pending, whoever made it do so. */
  const advance = (vehicle: LinkedVehicle, charging: boolean): void => {
    const { state } = vehicle.smart;
    if (state === 'PLAN:EXECUTING:STOPPING' && !charging) enter(vehicle, 'PLAN:EXECUTING:STOPPED');
    if (state === 'PLAN:EXECUTING:STARTED' && !charging) enter(vehicle, 'PLAN:EXECUTING:CHARGE_INTERRUPTED');
    if ((state === 'PLAN:EXECUTING:STARTING' || state === 'PLAN:EXECUTING:CHARGE_INTERRUPTED') && charging)
      enter(vehicle, 'PLAN:EXECUTING:STARTED');
  };

  const look = (vehicle: LinkedVehicle): void => {
    const { smart } = vehicle;
    const is = considerations(vehicle);
    if (smart.override && smart.override.endedAt === null && !is.isCharging && !vehicle.pending) endOverride(vehicle);
    if (!smart.isEnabled) return;
    const running = smart.state.startsWith('PLAN:EXECUTING');
    if (running && !is.isPluggedIn) enter(vehicle, 'PLAN:ENDED:UNPLUGGED');
    else if (isFullyCharged(vehicle)) enter(vehicle, running ? 'PLAN:ENDED:FINISHED' : 'FULLY_CHARGED');
    else if (!running) {
      if (smart.state !== 'PLAN:ENDED:FAILED' || !is.isPluggedIn) enter(vehicle, 'CONSIDERING');
      if (smart.state === 'CONSIDERING' && Object.values(is).every(Boolean)) plan(vehicle);
    } else if (!vehicle.pending) advance(vehicle, is.isCharging);
  };

  const endOverride = (vehicle: LinkedVehicle): Record<string, unknown> | null => {
    const { override } = vehicle.smart;
    if (!override) return null;
    override.endedAt = iso(clock.now());
    vehicle.smart.override = null;
    if (vehicle.smart.isEnabled) enter(vehicle, 'CONSIDERING');
    return override;
  };

  return {
    look,
    ended({ owner, target, order, state }) {
      if (owner !== 'smart' || target.kind === 'charger') return;
      const { smart } = target;
      const { plan } = smart;
      if (!plan) return;
      const done = state === 'CONFIRMED';
      if (order.kind === 'STOP' && smart.state === 'PLAN:EXECUTING:STOPPING') {
        if (!done) return fail(target, 'STOP_FAILED');
        plan.stopConfirmedAt = iso(clock.now());
        enter(target, 'PLAN:EXECUTING:STOPPED');
      } else if (order.kind === 'START' && smart.state === 'PLAN:EXECUTING:STARTING') {
        if (!done) return fail(target, 'START_FAILED');
        plan.startConfirmedAt = iso(clock.now());
        enter(target, 'PLAN:EXECUTING:STARTED');
      }
    },
    disable(vehicle) {
      if (!vehicle.smart.isEnabled) return;
      vehicle.smart.isEnabled = false;
      if (vehicle.pending?.owner === 'smart')
        actions().end(vehicle.pending, {
          state: 'CANCELLED',
          type: 'REQUESTED_CANCELLATION',
          detail: 'Smart charging was switched off.',
        });
      if (vehicle.smart.state.startsWith('PLAN:EXECUTING')) enter(vehicle, 'PLAN:ENDED:DISABLED');
      enter(vehicle, 'DISABLED');
    },
    override(vehicle) {
      const action = actions().own(vehicle, { kind: 'START' }, 'smart');
      const made = {
        createdAt: iso(clock.now()),
        endedAt: null,
        targetType: 'vehicle',
        targetId: vehicle.id,
        vendorActionId: action?.id ?? null,
        userId: vehicle.user.id,
        vendor: vehicle.asset.identity.vendor,
      };
      vehicle.smart.override = made;
      if (vehicle.smart.state.startsWith('PLAN:EXECUTING')) enter(vehicle, 'PLAN:EXECUTING:OVERRIDDEN');
      return made;
    },
    endOverride,
    status: (vehicle) => ({
      updatedAt: iso(vehicleReport(vehicle).lastSeen),
      vehicleId: vehicle.id,
      userId: vehicle.user.id,
      vendor: vehicle.asset.identity.vendor,
      state: vehicle.smart.state,
      stateChangedAt: iso(vehicle.smart.stateChangedAt),
      consideration: vehicle.smart.isEnabled ? considerations(vehicle) : null,
      plan: runningPlan(vehicle.smart),
      smartOverride: vehicle.smart.override,
    }),
  };
}

const runningPlan = (smart: SmartCharging) => (smart.state.startsWith('PLAN:EXECUTING') ? smart.plan : null);

/** The next time the clock on the wall shows `clock` in `zone`. */
function nextClock(clock: string, zone: string, now: number): number {
  const today = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(zone)
    .withPlainTime(Temporal.PlainTime.from(clock));
  const at = today.epochMilliseconds;
  return at > now ? at : Math.min(today.add({ days: 1 }).epochMilliseconds, at + 2 * DAY);
}
