// The secret that Enode signs its deliveries with: 256 random bits of our own, kept in the store, shown to nobody.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Entropy } from '../../kernel/entropy.ts';

/** A place where small texts outlive the process. */
export interface Keep {
  get(key: string): string | null;
  put(key: string, value: string): unknown;
}

export interface Keys {
  /** Did Enode sign this body? @param signature as in `x-enode-signature` */
  isSigned(body: Uint8Array, signature: string): boolean;
  /** A fresh secret, kept before it is given away. The one before it counts until the fresh one was seen at work. */
  renew(): string;
  /** What must never be shown. */
  secrets(): readonly string[];
}

const SHELF = 'webhook_secrets';
const BYTES = 32;
const signatureForm = /^sha1=([0-9a-f]{40})$/i;

/** Says whether a header can be a signature at all. */
export const isSignature = (header: string): boolean => signatureForm.test(header);

/** @param hide gets each secret, to be blanked wherever it would be printed */
export function createKeys(keep: Keep, entropy: Entropy, hide: (secret: string) => void): Keys {
  /** The newest first; at most two, for an answer that was lost may or may not have changed the one at Enode. */
  let secrets = readSecrets(keep.get(SHELF));
  for (const secret of secrets) hide(secret);
  const store = (next: readonly string[]): void => {
    secrets = next;
    keep.put(SHELF, JSON.stringify(next));
  };
  return {
    isSigned(body, signature) {
      const hex = signatureForm.exec(signature)?.[1];
      if (hex === undefined) return false;
      const given = Buffer.from(hex, 'hex');
      // All are compared, whichever fits: the time taken tells nothing.
      const fits = secrets.map((secret) => timingSafeEqual(createHmac('sha1', secret).update(body).digest(), given));
      if (fits[0] && secrets.length > 1) store(secrets.slice(0, 1));
      return fits.includes(true);
    },
    renew() {
      const fresh = entropy.hex(BYTES);
      hide(fresh);
      store([fresh, ...secrets.slice(0, 1)]);
      return fresh;
    },
    secrets: () => secrets,
  };
}

function readSecrets(text: string | null): readonly string[] {
  if (text === null) return [];
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string' && one.length >= 32).slice(0, 2) : [];
  } catch {
    // Unreadable is as good as none: the subscription gets a fresh one.
    return [];
  }
}
