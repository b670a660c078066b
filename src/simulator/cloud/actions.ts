// Actions alive: created, sent again and again while PENDING, ended by a report, the window, a newer one or a cancellation (6).
import type { DeviceCommand, TakenCommand } from '../types.ts';
import {
  controller,
  deviceFor,
  type Outcome,
  outcomeAtEnd,
  outcomeOf,
  possibleDevices,
  refusal,
  silence,
} from './action-rules.ts';
import type { Faults } from './faults.ts';
import { ACTION_CAP_MS, ACTIONS_KEPT } from './numbers.ts';
import { Problem } from './problem.ts';
import { isPlugged, shownState } from './readings.ts';
import type { Action, Clients, Exchange, Linked, Order } from './state.ts';

export interface Actions {
  /** A client's order: creates or reuses an action, or throws the 400 or 422. `exchange` may still prove lost afterwards. */
  take(target: Linked, order: Order, exchange: Readonly<Exchange>): Action;
  /** An order of a schedule or plan; null when it cannot begin. */
  own(target: Linked, order: Order, owner: 'schedule' | 'smart'): Action | null;
  /** A report or a pair may have decided what is pending. Constant time. */
  look(target: Linked): void;
  end(action: Action, outcome: Outcome): void;
  commands(): readonly TakenCommand[];
  open(): Iterable<Action>;
}

/** @param told every change of an action after its creation, with the changed fields */
export function createActions(
  cloud: Clients,
  faults: Faults,
  told: (action: Action, fields: readonly string[]) => void,
): Actions {
  const { clock } = cloud;
  const commands: TakenCommand[] = [];
  const open = new Set<Action>();
  const pluggedAtStart = new WeakMap<Action, boolean>();
  /** They end FAILED, as if the device never heard of them. */
  const doomed = new WeakSet<Action>();

  const record = (
    target: Linked,
    order: Order,
    exchange: Readonly<Exchange>,
    answered: number,
    actionId: string | null,
  ): void => {
    const command: TakenCommand = {
      n: commands.length + 1,
      at: clock.now(),
      client: target.user.client.id,
      target: target.asset.identity.id,
      targetKind: target.kind,
      kind: order.kind,
      get status() {
        return exchange.lost ? 0 : answered;
      },
      actionId,
      token: exchange.token,
    };
    commands.push(command);
    cloud.world.commandTaken?.(command);
  };

  const end = (action: Action, outcome: Outcome): void => {
    if (action.state !== 'PENDING') return;
    action.cancel();
    open.delete(action);
    action.state = outcome.state;
    action.updatedAt = action.completedAt = clock.now();
    action.failureReason = outcome.type ? { type: outcome.type, detail: outcome.detail ?? '' } : null;
    if (action.target.pending === action) action.target.pending = undefined;
    told(action, ['state', 'updatedAt', 'completedAt', ...(outcome.type ? ['failureReason'] : [])]);
  };

  const send = (action: Action): void => {
    const now = clock.now();
    if (now >= action.deadline) {
      end(action, doomed.has(action) ? silence(action.target) : outcomeAtEnd(action));
      return;
    }
    const device = doomed.has(action) ? undefined : deviceFor(action, now);
    const { state } = shownState(action.target);
    // A START waits for the cable; the vendor would only refuse it.
    if (device && !(action.order.kind === 'START' && state === 'UNPLUGGED')) {
      const answer = device.asset.send(commandOf(action.order));
      if (answer.refused === undefined) action.sends++;
      action.refused = answer.refused;
      action.refusedBy = answer.refused === undefined ? undefined : device;
    }
    const every = (device ?? action.target).asset.commandWindow.every;
    action.cancel = clock.alarm('action attempt', Math.min(action.deadline, now + Math.max(1, every)), () =>
      send(action),
    );
  };

  const create = (target: Linked, order: Order, owner: Action['owner']): Action => {
    const now = clock.now();
    const devices = possibleDevices(target, order);
    const window = Math.max(...[target, ...devices].map((device) => device.asset.commandWindow.window));
    const action: Action = {
      id: cloud.entropy.uuid(),
      target,
      order,
      owner,
      createdAt: now,
      deadline: now + Math.min(window, ACTION_CAP_MS),
      updatedAt: now,
      completedAt: null,
      state: 'PENDING',
      failureReason: null,
      sends: 0,
      refused: undefined,
      refusedBy: undefined,
      cancel: () => {},
    };
    if (target.pending)
      end(target.pending, {
        state: 'CANCELLED',
        type: 'CONFLICT',
        detail: 'A newer action for the same target took over.',
      });
    const { actions } = target.user.client;
    actions.set(action.id, action);
    if (actions.size > ACTIONS_KEPT) forgetOldest(actions);
    target.pending = action;
    open.add(action);
    pluggedAtStart.set(action, isPlugged(shownState(target).state));
    return action;
  };

  return {
    take(target, order, exchange) {
      const busy = controller(target);
      const problem = busy
        ? new Problem(422, `The ${target.kind} is controlled by a ${busy}.`)
        : target.kind === 'vehicle' && target.pending?.order.kind === order.kind && !('value' in order)
          ? null
          : refusal(target, order, target.pending);
      if (problem) {
        record(target, order, exchange, problem.status, null);
        throw problem;
      }
      const reused = reusable(target, order);
      const action = reused ?? create(target, order, 'client');
      if (!reused && faults.take('failAction', `/${target.kind}s/${target.id}`)) doomed.add(action);
      record(target, order, exchange, 200, action.id);
      if (!reused) send(action);
      return action;
    },
    own(target, order, owner) {
      if (target.pending?.order.kind === order.kind) return target.pending;
      if (refusal(target, order, target.pending)) return null;
      const action = create(target, order, owner);
      send(action);
      return action;
    },
    look(target) {
      const action = target.pending;
      if (!action) return;
      const plugged = isPlugged(shownState(target).state);
      const outcome = outcomeOf(action, pluggedAtStart.get(action) ?? false);
      if (plugged) pluggedAtStart.set(action, true);
      if (outcome) end(action, outcome);
    },
    end,
    commands: () => commands,
    open: () => open,
  };
}

/** Vehicle charging: the same kind again while PENDING is the same action; all else begins anew (6.3). */
function reusable(target: Linked, order: Order): Action | undefined {
  const { pending } = target;
  return target.kind === 'vehicle' && !('value' in order) && pending?.order.kind === order.kind ? pending : undefined;
}

function commandOf(order: Order): DeviceCommand {
  if (order.kind === 'MAX_CURRENT') return { kind: 'MAX_CURRENT', amperes: order.value };
  if (order.kind === 'RATE_LIMIT') return { kind: 'RATE_LIMIT', kW: order.value };
  return { kind: order.kind };
}

function forgetOldest(actions: Map<string, Action>): void {
  for (const [id, action] of actions) if (action.state !== 'PENDING') return void actions.delete(id);
}
