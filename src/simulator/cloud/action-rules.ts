// The rules of an action's life (6.1–6.3), pure: may it begin, has it ended, and which device is to be asked.
import type { CapabilityState } from '../types.ts';
import { vehicleCapabilities } from './capabilities.ts';
import { FALLBACK_SHARE, LIMIT_TOLERANCE } from './numbers.ts';
import { Problem } from './problem.ts';
import { isFullyCharged, isPlugged, isReachable, reportOf, shownState } from './readings.ts';
import type { Action, Linked, Order } from './state.ts';

type LimitOrder = Extract<Order, { value: number }>;
const isLimit = (order: Order): order is LimitOrder => 'value' in order;

/** States in which there is nothing to stop. */
const OVER = ['STOPPED', 'COMPLETE', 'NO_POWER', 'UNPLUGGED'];

const close = (a: number | null, b: number): boolean => a !== null && Math.abs(a - b) <= LIMIT_TOLERANCE;

/** The device's own capability for an order. */
export function ownCapability(device: Linked, order: Order): CapabilityState {
  const own = device.asset.capabilities();
  if (order.kind === 'START') return own.startCharging;
  if (order.kind === 'STOP') return own.stopCharging;
  return order.kind === 'MAX_CURRENT' ? own.setMaxCurrent : own.setChargeRateLimit;
}

function shownCapable(linked: Linked, order: Order): boolean {
  if (linked.kind === 'charger' || 'value' in order) return ownCapability(linked, order).capable;
  const shown = vehicleCapabilities(linked);
  return order.kind === 'START' ? shown.startCharging.isCapable : shown.stopCharging.isCapable;
}

/** True when reports show what the order wants. */
export function matches(linked: Linked, order: Order): boolean {
  if (order.kind === 'START') return shownState(linked).state === 'CHARGING';
  if (!isLimit(order)) return shownState(linked).state === 'STOPPED';
  const report = reportOf(linked);
  const limit = order.kind === 'MAX_CURRENT' ? report.maxCurrent : 'rateLimit' in report ? report.rateLimit : null;
  return close(limit, order.value);
}

/** Who else commands this asset now, or null: the reason for 422. */
export function controller(linked: Linked): 'schedule' | 'smart-charging plan' | null {
  if (linked.schedule?.isEnabled) return 'schedule';
  const smart = linked.kind === 'vehicle' && linked.smart.isEnabled && linked.smart.state.startsWith('PLAN:EXECUTING');
  return smart ? 'smart-charging plan' : null;
}

/** Why an order is refused at once (400), or null. `replaces`: a pending action it would take over from. */
export function refusal(linked: Linked, order: Order, replaces: Action | undefined): Problem | null {
  if (!linked.account.valid) return new Problem(400, 'The credentials of this vendor account are no longer valid.');
  const verb = order.kind === 'START' ? 'start charging' : order.kind === 'STOP' ? 'stop charging' : 'set this limit';
  if (!shownCapable(linked, order)) return new Problem(400, `The ${linked.kind} is not capable to ${verb}.`);
  if (isLimit(order)) return limitRefusal(linked, order);
  const { state } = shownState(linked);
  const strict = linked.user.client.switches.preconditions === 'refuse';
  if (strict && !possibleDevices(linked, order).length)
    return new Problem(400, `The ${linked.kind} cannot ${verb} by itself and is not plugged into a paired charger.`);
  if (order.kind === 'START') {
    if (linked.kind === 'vehicle' && isFullyCharged(linked)) return new Problem(400, 'The vehicle is fully charged.');
    if (strict && state === 'UNPLUGGED') return new Problem(400, `The ${linked.kind} is not plugged in.`);
  }
  // What an open action is about to change is not "already so".
  const already = order.kind === 'START' ? state === 'CHARGING' : OVER.includes(state);
  return already && !replaces ? new Problem(400, `The ${linked.kind} is already in the desired state.`) : null;
}

function limitRefusal(linked: Linked, order: LimitOrder): Problem | null {
  const range = order.kind === 'RATE_LIMIT' ? linked.asset.rateLimitRange : null;
  if (range && (order.value < range.min || order.value > range.max))
    return new Problem(400, `The limit must be between ${range.min} and ${range.max} kW.`);
  return matches(linked, order) ? new Problem(400, `The ${linked.kind} is already in the desired state.`) : null;
}

/** Devices an order may go to, first choice first: the asset itself, and an activated vehicle's charger (8.2). */
export function possibleDevices(linked: Linked, order: Order): readonly Linked[] {
  const charger =
    linked.kind === 'vehicle' && linked.user.client.switches.orchestration ? linked.pair?.charger : undefined;
  const orchestrated = charger && !('value' in order) ? [charger] : [];
  return [linked, ...orchestrated].filter((device) => device.account.valid && ownCapability(device, order).capable);
}

/** The device to ask now: the car unless it cannot be reached, refused, or did not react for long. */
export function deviceFor(action: Action, now: number): Linked | undefined {
  const [first, second] = possibleDevices(action.target, action.order);
  if (!first || !second) return first;
  if (!isReachable(second)) return first;
  const tired = now >= action.createdAt + (action.deadline - action.createdAt) * FALLBACK_SHARE;
  return !isReachable(first) || tired || action.refusedBy === first ? second : first;
}

export interface Outcome {
  readonly state: 'CONFIRMED' | 'FAILED' | 'CANCELLED';
  readonly type?: string;
  readonly detail?: string;
}

const cancelled = (type: string, detail: string): Outcome => ({ state: 'CANCELLED', type, detail });

/** What a new report means for a pending action; null: go on. `was`: whether the cable was in before it. */
export function outcomeOf(action: Action, wasPlugged: boolean): Outcome | null {
  const { target, order } = action;
  if (matches(target, order)) {
    if (action.sends > 0) return { state: 'CONFIRMED' };
    return cancelled('UNNECESSARY', `The ${target.kind} reached the desired state by itself.`);
  }
  if ('value' in order) return null;
  const { state } = shownState(target);
  if (order.kind === 'STOP' && OVER.includes(state))
    return cancelled('UNNECESSARY', `The ${target.kind} is not charging.`);
  if (order.kind === 'START' && wasPlugged && state === 'UNPLUGGED')
    return cancelled('FAILED_PRECONDITION', `The ${target.kind} was unplugged before the action could complete.`);
  if (order.kind === 'START' && state === 'COMPLETE')
    return cancelled('FAILED_PRECONDITION', `The ${target.kind} is fully charged.`);
  return null;
}

/** How a pending action ends when its window is over. */
export function outcomeAtEnd(action: Action): Outcome {
  const { target, order } = action;
  const { state } = shownState(target);
  if (order.kind === 'START' && !isPlugged(state) && state !== 'UNKNOWN')
    return cancelled('FAILED_PRECONDITION', `The ${target.kind} was not plugged in before the action could complete.`);
  if (order.kind === 'START' && (state === 'FAULT' || state === 'NO_POWER'))
    return cancelled('FAILED_PRECONDITION', `The ${target.kind} reports ${state}.`);
  if (action.refused !== undefined) return cancelled('FAILED_PRECONDITION', action.refused);
  const devices = possibleDevices(target, order);
  if (!devices.length) return cancelled('FAILED_PRECONDITION', 'No device could carry out the action.');
  if (!devices.some(isReachable)) return cancelled('FAILED_PRECONDITION', `The ${target.kind} was not reachable.`);
  return silence(target);
}

/** The device was asked, and nothing came back. */
export const silence = ({ kind }: Linked): Outcome => ({
  state: 'FAILED',
  type: 'NO_RESPONSE',
  detail: `The ${kind} did not respond in time.`,
});
