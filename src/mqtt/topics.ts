// Every topic we read or write, from the two names a person may choose. Topics are promises (design 7.2).
import type { PortraitKind } from '../domain/telling/portrait.ts';

export interface TopicNames {
  /** First level(s) of all our topics; default `enode2mqtt`. */
  readonly base: string;
  /** Home Assistant's discovery prefix; default `homeassistant`. */
  readonly prefix: string;
}

/** The part of an id that Home Assistant accepts in a discovery topic (home-assistant.md 1.2). */
export const safeId = (id: string): string => id.replaceAll(/[^A-Za-z0-9_-]/g, '_');

export type Topics = ReturnType<typeof createTopics>;

/** A command's address, taken apart. */
export interface CommandTopic {
  readonly kind: PortraitKind;
  readonly id: string;
  readonly key: string;
}

export function createTopics({ base, prefix }: TopicNames, installation: string) {
  const home = (kind: PortraitKind, id: string): string =>
    kind === 'vehicle' || kind === 'charger' ? `${base}/${kind}/${id}` : `${base}/${kind}`;
  const requests = `${base}/bridge/request/`;
  return {
    base,
    prefix,
    bridgeState: `${base}/bridge/state`,
    bridgeInfo: `${base}/bridge/info`,
    requests,
    response: (verb: string): string => `${base}/bridge/response/${verb}`,
    homeAssistantStatus: `${prefix}/status`,
    /** The bridge's document is `bridge/info`, as `bridge/state` is its availability. */
    state: (kind: PortraitKind, id: string): string =>
      kind === 'bridge' ? `${base}/bridge/info` : `${home(kind, id)}/state`,
    availability: (kind: PortraitKind, id: string): string => `${home(kind, id)}/availability`,
    position: (kind: PortraitKind, id: string): string => `${home(kind, id)}/position`,
    event: (kind: PortraitKind, id: string): string => `${home(kind, id)}/event`,
    command: (kind: PortraitKind, id: string, key: string): string => `${home(kind, id)}/${key}/set`,
    /** Identifier of a device: the last part but one of its discovery topic. */
    device: (kind: PortraitKind, id: string): string => deviceId(kind, id, installation),
    config: (kind: PortraitKind, id: string): string => `${prefix}/device/${deviceId(kind, id, installation)}/config`,
    anyConfig: `${prefix}/device/+/config`,
    anyCommand: [`${base}/vehicle/+/+/set`, `${base}/charger/+/+/set`, `${base}/site/+/set`, `${base}/bridge/+/set`],
    anyRequest: `${requests}+`,
    /** null: no topic of a command. */
    readCommand: (topic: string): CommandTopic | null => {
      if (!topic.startsWith(`${base}/`) || !topic.endsWith('/set')) return null;
      const [kind, ...rest] = topic.slice(base.length + 1, -'/set'.length).split('/');
      if ((kind === 'vehicle' || kind === 'charger') && rest.length === 2) return { kind, id: rest[0]!, key: rest[1]! };
      if ((kind === 'site' || kind === 'bridge') && rest.length === 1) return { kind, id: kind, key: rest[0]! };
      return null;
    },
  };
}

function deviceId(kind: PortraitKind, id: string, installation: string): string {
  const own = safeId(installation);
  if (kind === 'bridge') return `enode2mqtt_${own}`;
  return kind === 'site' ? `enode2mqtt_${own}_site` : `enode2mqtt_${safeId(id)}`;
}
