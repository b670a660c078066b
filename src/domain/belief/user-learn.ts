// What is learnt of an Enode user: invalid credentials, and schedules or smart charging that somebody else runs (R9).
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import type { UserId } from '../report.ts';
import { isOurs } from '../settings.ts';
import { newUser, type User } from './user.ts';

export function learnUser(draft: Draft, id: UserId, invalidVendors: readonly string[]): void {
  if (!isOurs(draft.settings, id)) return;
  const held = draft.get('user', id) ?? newUser;
  const same =
    held.invalidVendors.length === invalidVendors.length &&
    held.invalidVendors.every((v, i) => v === invalidVendors[i]);
  if (!same || !draft.get('user', id)) draft.put('user', id, { ...held, invalidVendors });
}

export function learnForeignControl(draft: Draft, id: UserId, found: User['foreign'], at: Instant): void {
  if (!isOurs(draft.settings, id)) return;
  draft.put('user', id, { ...(draft.get('user', id) ?? newUser), foreign: found, foreignReadAt: at });
}
