// Small judgements on single values of options.
import { isIP } from 'node:net';
import { instant } from '../domain/instant.ts';
import { dayOf } from '../domain/local-time.ts';
import { topicNameFault } from '../mqtt/settings.ts';

export const isTopicName = (name: string): boolean => topicNameFault(name) === null;

/** An IANA name; offsets such as +02:00 know no summer time. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    dayOf(instant(0), name);
    return true;
  } catch {
    return false;
  }
}

export const isListenAddress = (host: string): boolean => isIP(host) !== 0 || host === 'localhost';

/** Only this machine can be meant. @param host with or without brackets */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127\.\d+\.\d+\.\d+$/.test(bare);
}

/** As Enode takes it (HTTPS, 8 to 200 characters); plain HTTP only to this machine, for a simulator. */
export function isWebhookAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || text.length < 8 || text.length > 200) return false;
  const isPlain = url.protocol === 'http:' && isLoopback(url.hostname);
  return (url.protocol === 'https:' || isPlain) && !url.username && !url.password && !url.search && !url.hash;
}
