// Small judgements on single values of options.
import { isIP } from 'node:net';
import { topicNameFault } from '../mqtt/settings.ts';

export const isTopicName = (name: string): boolean => topicNameFault(name) === null;

/** An IANA name; offsets such as +02:00 know no summer time. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
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
