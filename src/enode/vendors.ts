// The brands that Enode offers, and whether linking them works at the moment.
import type { Fact } from '../domain/fact.ts';
import { type Asked, askedOf } from './asked.ts';
import type { Looking } from './looks.ts';
import type { WireVendor } from './wire.ts';

type Vendor = Extract<Fact, { kind: 'vendors_reported' }>['vendors'][number];

const words: ReadonlyMap<string, Vendor['linking']> = new Map([
  ['READY', 'ready'],
  ['ELEVATED_ERROR_RATE', 'elevated'],
  ['OUTAGE', 'outage'],
]);

/** @param isAsked a person waits for it */
export async function readVendors(its: Looking, isAsked: boolean): Promise<Asked<readonly Vendor[]>> {
  const outcome = await its.call(
    {
      kind: isAsked ? 'linking' : 'vendors',
      method: 'GET',
      path: '/integrations?assetTypes=vehicle,charger',
      urgent: isAsked,
    },
    (reply) => (reply.status === 200 && Array.isArray(reply.body) ? (reply.body as readonly unknown[]) : null),
  );
  const answer = askedOf(outcome);
  if (!answer.ok) return answer;
  const vendors = answer.value.flatMap((element) => {
    const read = its.wire.vendor(element);
    return read.ok ? [vendorOf(its, read.value)] : [];
  });
  its.tell({ kind: 'vendors_reported', vendors });
  return { ok: true, value: vendors };
}

function vendorOf(its: Looking, { vendor, displayName, assetTypes, linkingStatus }: WireVendor): Vendor {
  const linking = linkingStatus == null ? null : words.get(linkingStatus);
  if (linking === undefined) its.oddities.word('vendor.linkingStatus', linkingStatus!);
  return {
    vendor,
    name: displayName?.trim() || vendor,
    kinds: (['vehicle', 'charger'] as const).filter((kind) => assetTypes?.includes(kind)),
    linking: linking ?? null,
  };
}
