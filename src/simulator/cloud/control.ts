// The cloud's side of the control API: what was asked, what is open, and every switch a test or a person may turn.
import type { CloudControl } from '../types.ts';
import type { Actions } from './actions.ts';
import type { Fault, Faults } from './faults.ts';
import type { Links } from './links.ts';
import type { Pairing } from './pairing.ts';
import { isPlugged } from './readings.ts';
import type { RequestLog } from './requests.ts';
import type { Client, Clients, Linked, Switches } from './state.ts';
import { viewOf } from './views.ts';

type Rule = 'boolean' | 'texts' | readonly [min: number, max: number] | readonly string[];

const isRange = (rule: Rule): rule is readonly [number, number] => typeof rule[0] === 'number';
const areTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.length <= 1_000 && value.every((one) => typeof one === 'string');

const RULES: Readonly<Record<keyof Switches, Rule>> = {
  unlocking: 'boolean',
  orchestration: 'boolean',
  enhancedChargeRate: 'boolean',
  detectionSeconds: [0, 86_400],
  detects: 'boolean',
  quota: [0, 1_000_000],
  tokenSeconds: [1, 1_000_000],
  preconditions: ['refuse', 'action'],
  webhookPatienceSeconds: [1, 1_000_000],
  inactiveVendors: 'texts',
};

interface ControlPorts {
  readonly cloud: Clients;
  readonly requests: RequestLog;
  readonly actions: Actions;
  readonly faults: Faults;
  readonly pairing: Pairing;
  readonly links: Links;
  /** Assets of a client show something else since a switch was turned. */
  changed(linked: Linked): void;
  /** A fault that happens once, at once. */
  strike(fault: Fault): void;
}

export function createControl(ports: ControlPorts): CloudControl {
  const { cloud, requests, actions, faults } = ports;
  const linksOf = (assetId: string): readonly Linked[] => cloud.links.get(assetId) ?? [];

  const setClient = (id: string, switches: Readonly<Record<string, unknown>>): void => {
    const client = cloud.byId.get(id);
    if (!client) throw new RangeError(`client: there is no client "${id}".`);
    for (const [name, value] of Object.entries(switches)) check(name, value);
    Object.assign(client.switches, switches);
    const assets = [...client.vehicles.all(), ...client.chargers.all()];
    for (const linked of assets) {
      if (switches.detects === true && isPlugged(linked.lastState)) ports.pairing.onFound(linked);
      ports.changed(linked);
    }
  };

  return {
    requests: requests.after,
    commands: actions.commands,
    openActions: () =>
      [...actions.open()].map(({ id, target, order, createdAt }) => ({
        id,
        target: target.asset.identity.id,
        kind: order.kind,
        createdAt,
      })),
    shown: (assetId) => {
      const [first] = linksOf(assetId);
      return first ? viewOf(first) : null;
    },
    clients: () => [...cloud.byId.values()].map(clientView),
    setClient,
    addFault: (fault) => ports.strike(faults.add(fault)),
    clearFaults: () => faults.clear(),
    setInAccount: (assetId, isIn) => {
      const asset = cloud.world.vehicles().get(assetId) ?? cloud.world.chargers().get(assetId);
      if (asset) ports.links.setInAccount(asset, isIn);
    },
    linksOf: (assetId) => linksOf(assetId).map(({ user }) => ({ client: user.client.id, user: user.id })),
  };
}

function check(name: string, value: unknown): void {
  if (!Object.hasOwn(RULES, name))
    throw new RangeError(`${name}: unknown; use some of ${Object.keys(RULES).join(', ')}.`);
  const rule = RULES[name as keyof Switches];
  if (rule === 'boolean') {
    if (typeof value !== 'boolean') throw new RangeError(`${name}: must be true or false.`);
  } else if (rule === 'texts') {
    if (!areTexts(value)) throw new RangeError(`${name}: must be a list of texts.`);
  } else if (isRange(rule)) {
    const [min, max] = rule;
    if (typeof value !== 'number' || !(value >= min && value <= max))
      throw new RangeError(`${name}: must be a number from ${min} to ${max}.`);
  } else if (!rule.includes(value as never)) throw new RangeError(`${name}: must be one of ${rule.join(', ')}.`);
}

const clientView = (client: Client) => ({
  id: client.id,
  ...client.switches,
  users: client.users
    .all()
    .map((user) => ({ id: user.id, vehicles: user.vehicles.size, chargers: user.chargers.size })),
  webhooks: client.webhooks.all().map(({ id, url, isActive, queue }) => ({ id, url, isActive, waiting: queue.length })),
});
