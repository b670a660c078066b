// Unlinking by request: what it does to each device is told first, and only a second word does it.
import { type Consequence, unlinkConsequences } from '../domain/choice/unlinking.ts';
import type { AssetId, AssetKind } from '../domain/report.ts';
import { reason } from '../domain/telling/reason.ts';
import { UserError } from '../kernel/errors.ts';
import type { DataOf } from '../surface/verbs.ts';
import { type AskingParts, answerOf, refusal } from './asking.ts';

interface Unlinked {
  /** Devices that are gone. */
  readonly unlinked: readonly AssetId[];
  readonly message: string;
}

/** A link binds an account: all devices of the kind in it go, with `all` those of every kind. */
export async function unlink(
  parts: AskingParts,
  { id, all = false, confirm = false }: DataOf<'unlink'>,
): Promise<Unlinked> {
  const view = parts.view();
  const asset = view.get('vehicle', id) ?? view.get('charger', id);
  if (!asset) throw refusal(parts, 'refused_unknown_asset', { id }, 'id');
  if (asset.goneSince !== null) throw refusal(parts, 'not_linked', {}, 'id');
  const { kind, userId: user, vendor } = asset.report;
  if (vendor === '') throw refusal(parts, 'unlink_no_vendor', {}, 'id');
  const kinds: readonly AssetKind[] = all ? ['vehicle', 'charger'] : [kind];
  const consequences = unlinkConsequences(view, { user, vendor, kinds });
  if (!confirm) throw unconfirmed(parts, consequences);
  const what = { user, vendor, kind: all ? null : kind };
  try {
    await answerOf(parts, (cloud) => cloud.drop(what));
  } catch (thrown) {
    // It may have happened all the same: the lists tell.
    if (thrown instanceof UserError && thrown.code === 'ask_doubtful') await parts.give('site', { kind: 'refresh' });
    throw thrown;
  }
  parts.tell({ kind: 'unlinked', user, vendor, assetKind: what.kind });
  const gone = consequences.filter(({ effect }) => effect === 'gone');
  return {
    unlinked: gone.map((one) => one.id),
    message: parts.say(reason('unlink_done', { names: namesOf(gone) })),
  };
}

function unconfirmed({ say }: AskingParts, consequences: readonly Consequence[]): UserError {
  const of = (effect: Consequence['effect']): string | null =>
    namesOf(consequences.filter((one) => one.effect === effect));
  const names = { gone: of('gone'), off: of('smart_charging_off'), weaker: of('less_reliable') };
  return new UserError(say(reason('unlink_confirm', names)), {
    code: 'confirm_needed',
    field: 'confirm',
    data: { consequences },
  });
}

/** Names shown in one sentence; the rest is counted, and all are in the data. */
const MOST_NAMES = 3;

function namesOf(devices: readonly Consequence[]): string | null {
  if (devices.length === 0) return null;
  const names = devices.slice(0, MOST_NAMES).map(({ name }) => (name.length > 24 ? `${name.slice(0, 23)}…` : name));
  const more = devices.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` +${more}` : ''}`;
}
