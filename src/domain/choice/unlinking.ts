// What it means to unlink a vendor account (R10): told before anybody consents, and what follows once it is done. It never stops a charge.
import { spend } from '../acting/conclude.ts';
import { crewOf } from '../acting/crew.ts';
import { takeAway } from '../belief/asset-learn.ts';
import { effective } from '../belief/capability.ts';
import { nameOf } from '../belief/name.ts';
import { shownCharger } from '../belief/pairing.ts';
import { openPlugIn } from '../belief/plugin.ts';
import { newUser } from '../belief/user.ts';
import type { Draft } from '../draft.ts';
import { type Instant, instant } from '../instant.ts';
import type { AssetId, AssetKind, UserId } from '../report.ts';
import { isOurs } from '../settings.ts';
import type { TableName, Tables, View } from '../site.ts';
import { reason } from '../telling/reason.ts';
import { loadpointOf } from './loadpoint.ts';
import { isChargerRequired } from './onboarding.ts';
import { wantedDirection } from './want.ts';

/** A vendor's account of a user, or one kind of device in it: Enode unlinks no single device. */
export interface Account {
  readonly user: UserId;
  readonly vendor: string;
  readonly kinds: readonly AssetKind[];
}

export interface Consequence {
  readonly id: AssetId;
  readonly kind: AssetKind;
  readonly name: string;
  /** `gone`: unlinked itself. `smart_charging_off`: it cannot be charged by mode without that charger. `less_reliable`: it goes on alone. */
  readonly effect: 'gone' | 'smart_charging_off' | 'less_reliable';
}

/** Every device that is hit: those of the account first, then the vehicles that lose a charger they count on. Each by id. */
export function unlinkConsequences(view: View, account: Account): readonly Consequence[] {
  const gone = (['vehicle', 'charger'] as const).flatMap((kind) =>
    devicesOf(view, account, kind).map((id): Consequence => ({ id, kind, name: nameOf(view, id), effect: 'gone' })),
  );
  const ids = new Set(gone.map(({ id }) => id));
  const after = without(view, account.user, ids);
  const left = after.get('user', account.user)?.vehicles ?? [];
  return [...gone, ...left.flatMap((id) => effectOn(view, after, id, ids) ?? [])];
}

function devicesOf(view: View, { user, vendor, kinds }: Account, kind: AssetKind): readonly AssetId[] {
  if (!kinds.includes(kind)) return [];
  return (view.get('user', user) ?? newUser)[`${kind}s`].filter((id) => view.get(kind, id)?.report.vendor === vendor);
}

/** The site as it would be without these devices. */
function without(view: View, user: UserId, ids: ReadonlySet<AssetId>): View {
  const held = view.get('user', user) ?? newUser;
  const stay = (list: readonly AssetId[]): readonly AssetId[] => list.filter((id) => !ids.has(id));
  const next: Tables['user'] = {
    ...held,
    vehicles: stay(held.vehicles),
    chargers: stay(held.chargers),
    // It is known that they would not be linked any more.
    chargersListedAt: held.chargersListedAt ?? instant(0),
  };
  return {
    settings: view.settings,
    ids: view.ids,
    get: <T extends TableName>(table: T, id: string): Tables[T] | undefined =>
      table === 'user' && id === user ? (next as Tables[T]) : view.get(table, id),
  };
}

/** null: it does not count on any of them. */
function effectOn(view: View, after: View, id: AssetId, gone: ReadonlySet<AssetId>): Consequence | null {
  const { user, chargers } = linkedOf(after, id);
  const losesLast = chargers.length === 0 && linkedOf(view, id).chargers.length > 0;
  const lost = (['start', 'stop', 'locate'] as const).filter(
    (name) => effective(view, id, name).can === true && effective(after, id, name).can !== true,
  );
  const isOnIt = gone.has(shownCharger(view, id) ?? '');
  if (user === undefined || (!losesLast && lost.length === 0 && !isOnIt)) return null;
  const isOff = isChargerRequired(after, id) || lost.includes('start') || lost.includes('stop');
  return { id, kind: 'vehicle', name: nameOf(view, id), effect: isOff ? 'smart_charging_off' : 'less_reliable' };
}

function linkedOf(view: View, vehicle: AssetId) {
  const user = view.get('vehicle', vehicle)?.report.userId;
  return { user, chargers: (user === undefined ? undefined : view.get('user', user))?.chargers ?? [] };
}

/**
 * It was done. Pending STARTs are taken back and overrides end, but no STOP follows from it: a running charge is left alone. Where the
 * charger was a recommendation, nobody is asked for it again; where it is required, the prompt is back.
 */
export function learnUnlinked(draft: Draft, account: Account, now: Instant): void {
  if (!isOurs(draft.settings, account.user)) return;
  const consequences = unlinkConsequences(draft, account);
  const touched = new Set(consequences.flatMap(({ id }) => [id, ...crewOf(draft, id)]));
  for (const id of touched) endWishes(draft, id, now);
  for (const { id, effect } of consequences) if (effect === 'gone') takeAway(draft, id, now);
  for (const { id, effect } of consequences) {
    if (effect === 'gone') continue;
    const isRequired = isChargerRequired(draft, id);
    draft.put('prompt', id, isRequired ? null : { dismissed: true, noCharger: false });
  }
  for (const id of touched) leaveCharging(draft, id, now);
}

function endWishes(draft: Draft, id: AssetId, now: Instant): void {
  const wish = draft.get('wish', id);
  if (wish?.state === 'open' && wish.want === 'start')
    spend(draft, wish, 'cancelled', reason('unlinked_start', { name: nameOf(draft, id) }), now);
  if (draft.get('override', id)) draft.put('override', id, null);
}

/** What ended may have been all that kept a mode from stopping this charge. */
function leaveCharging(draft: Draft, id: AssetId, now: Instant): void {
  const plugin = openPlugIn(draft, id);
  const point = loadpointOf(draft, id, now);
  if (!plugin || !point || point.fused.charging !== true || wantedDirection(draft, point, now) !== 'stop') return;
  draft.put('hold', id, { code: 'unlinked', plugin: plugin.id, since: now });
}
