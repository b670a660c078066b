// What is learnt of the brands that Enode offers: the list is whole, so what it no longer names is gone.
import type { Draft } from '../draft.ts';
import type { Fact } from '../fact.ts';

export function learnVendors(draft: Draft, vendors: Extract<Fact, { kind: 'vendors_reported' }>['vendors']): void {
  const named = new Set(vendors.map(({ vendor }) => vendor));
  for (const code of draft.ids('vendor')) if (!named.has(code)) draft.put('vendor', code, null);
  for (const { vendor, name, kinds, linking } of vendors) {
    const held = draft.get('vendor', vendor);
    const isSame = held?.name === name && held.linking === linking && held.kinds.join() === kinds.join();
    if (!isSame) draft.put('vendor', vendor, { name, kinds, linking });
  }
}
