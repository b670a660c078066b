// Shows portraits: a state goes out when it differs, whole, and everything again after each connection, each birth of Home Assistant.
import type { AssetId } from '../domain/report.ts';
import type { Happening, Portrait, PortraitKind, PortraitValue } from '../domain/telling/portrait.ts';
import type { WorldClock } from '../kernel/clock.ts';
import { spreadOf } from '../kernel/entropy.ts';
import type { Log } from '../kernel/log.ts';
import type { Announcer } from './announcer.ts';
import { documentOf, sameDevice, samePortrait, samePosition, sameValues } from './document.ts';
import { createPacer } from './pacer.ts';
import type { Session } from './session.ts';
import type { Topics } from './topics.ts';

export interface Publisher {
  opened(session: Session): void;
  gone(): void;
  show(portrait: Portrait): void;
  retire(kind: 'vehicle' | 'charger', id: AssetId): void;
  happened(happening: Happening): void;
  /** Home Assistant came up: everything again, spread. */
  birth(): void;
  /** An empty discovery document came in. */
  emptied(configTopic: string): void;
  /** What a person deleted in Home Assistant is announced again. */
  restore(): void;
  /** `bridge/info` again, whether it differs or not. */
  showInfo(): void;
}

interface Device {
  portrait: Portrait;
  /** The connection in which this portrait went out; another one: it waits for its turn. */
  epoch: number;
}

/** Answer to a birth after 1 to 10 s: Home Assistant's own advice, spread by id (home-assistant.md 1.5). World ms. */
const BIRTH_FIRST_MS = 1_000;
const BIRTH_SPREAD_MS = 9_000;
/** An id becomes a level of topics; the cloud's are uuids. */
const fitId = /^[\w.:-]{1,100}$/;

const rankOf: Readonly<Record<PortraitKind, number>> = { bridge: 0, site: 1, vehicle: 2, charger: 2 };

export function createPublisher(options: {
  readonly topics: Topics;
  readonly announcer: Announcer;
  readonly clock: WorldClock;
  readonly log: Log;
  /** What `bridge/info` says beside the bridge's own state. */
  readonly info: () => Readonly<Record<string, PortraitValue>>;
}): Publisher {
  const { topics, announcer, clock, log, info } = options;
  const devices = new Map<string, Device>();
  const unfit = new Set<string>();
  let session: Session | null = null;
  let epoch = 0;
  let online = false;

  const pacer = createPacer(
    clock,
    // The parent first: `via_device` of an unknown one makes Home Assistant invent an empty device.
    () => session !== null && devices.has('bridge'),
    (id) => {
      const device = devices.get(id);
      if (device && session) publishAll(device, session);
    },
  );
  const want = (device: Device, due: number): void => pacer.want(device.portrait.id, rankOf[device.portrait.kind], due);

  const publishAll = (device: Device, to: Session): void => {
    const { portrait } = device;
    const retryAt = announcer.announce(portrait, to);
    const fresh = device.epoch !== epoch;
    device.epoch = epoch;
    publishAvailability(portrait, to);
    publishState(portrait, to);
    publishPosition(portrait, to);
    if (fresh && portrait.kind === 'bridge' && !online) {
      online = true;
      to.publish(topics.bridgeState, 'online', true);
    }
    if (retryAt !== null) want(device, retryAt);
  };
  const publishState = (portrait: Portrait, to: Session): void => {
    const more = portrait.kind === 'bridge' ? { ...info(), now: new Date(clock.now()).toISOString() } : null;
    to.publish(topics.state(portrait.kind, portrait.id), documentOf(portrait, more), true);
  };
  const publishAvailability = ({ kind, id, available }: Portrait, to: Session): void => {
    if (kind === 'bridge' || kind === 'site') return;
    to.publish(topics.availability(kind, id), available ? 'online' : 'offline', true);
  };
  const publishPosition = ({ kind, id, position }: Portrait, to: Session): void => {
    if (kind !== 'vehicle') return;
    // `{}` keeps the last position silently, nulls would be a line each in Home Assistant's log.
    to.publish(topics.position(kind, id), JSON.stringify(position ?? {}), true);
  };
  const publishChanges = (before: Portrait, after: Portrait, to: Session): void => {
    if (before.available !== after.available) publishAvailability(after, to);
    if (!sameValues(before.state, after.state)) publishState(after, to);
    if (!samePosition(before, after)) publishPosition(after, to);
  };
  return {
    opened: (opened) => {
      session = opened;
      epoch++;
      online = false;
      announcer.tidy(opened);
      const now = clock.now();
      for (const device of devices.values()) want(device, now);
      pacer.pump();
    },
    gone: () => {
      session = null;
      pacer.clear();
    },
    show: (portrait) => {
      if (!fitId.test(portrait.id)) {
        if (!unfit.has(portrait.id))
          log.warn(
            `The id "${portrait.id.slice(0, 60)}" cannot be part of a topic: that device is not shown over MQTT.`,
          );
        if (unfit.size < 100) unfit.add(portrait.id);
        return;
      }
      const known = devices.get(portrait.id);
      // What is held already stays: with many assets each replaced portrait costs the old generation's collector.
      if (known && samePortrait(known.portrait, portrait)) return;
      const device: Device = known ?? { portrait, epoch: -1 };
      const before = device.portrait;
      device.portrait = portrait;
      devices.set(portrait.id, device);
      if (!session) return;
      if (device.epoch === epoch) publishChanges(before, portrait, session);
      if (device.epoch !== epoch || !sameDevice(before, portrait)) {
        want(device, clock.now());
        pacer.pump();
      }
    },
    retire: (kind, id) => {
      devices.delete(id);
      pacer.drop(id);
      if (fitId.test(id)) announcer.retire(kind, id, session);
    },
    happened: ({ subject, type, detail }) => {
      const device = devices.get(subject);
      // Not kept for later: an event replayed after a gap would fire automations about the past.
      if (!device || !session) return;
      session.publish(topics.event(device.portrait.kind, subject), JSON.stringify({ event_type: type, detail }), false);
    },
    birth: () => {
      const first = clock.now() + BIRTH_FIRST_MS;
      for (const device of devices.values()) {
        const { kind, id } = device.portrait;
        want(device, kind === 'bridge' ? first : first + spreadOf(id) * BIRTH_SPREAD_MS);
      }
      pacer.pump();
    },
    emptied: (topic) => announcer.emptied(topic, (id) => devices.get(id)?.portrait.device.name ?? null),
    restore: () => {
      for (const id of announcer.restore()) {
        const device = devices.get(id);
        if (device) want(device, clock.now());
      }
      pacer.pump();
    },
    showInfo: () => {
      const bridge = devices.get('bridge');
      if (bridge && session && bridge.epoch === epoch) publishState(bridge.portrait, session);
    },
  };
}
