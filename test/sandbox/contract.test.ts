// The contract against Enode's own sandbox: reads, and a link that nobody opens. ENODE_SANDBOX_CLIENT_ID and ENODE_SANDBOX_CLIENT_SECRET say who we are there,
// ENODE_SANDBOX_USERS (comma separated, `home` when not told) whose assets are read; link some in Enode's dashboard first.
import { describe, expect, it } from 'vitest';
import { resolveEnode } from '../../src/enode/settings.ts';
import type { Wire } from '../../src/enode/wire.ts';
import { realClock } from '../../src/kernel/real-clock.ts';
import { contractWith, missingFields } from '../contract/cloud.ts';

const {
  ENODE_SANDBOX_CLIENT_ID: client_id,
  ENODE_SANDBOX_CLIENT_SECRET: client_secret,
  ENODE_SANDBOX_USERS,
} = process.env;
const why = client_id && client_secret ? undefined : 'set ENODE_SANDBOX_CLIENT_ID and ENODE_SANDBOX_CLIENT_SECRET';
if (why) console.warn(`skipped: the sandbox suite: ${why}`);

const users = (ENODE_SANDBOX_USERS ?? 'home').split(',').map((user) => user.trim());

describe.skipIf(why)('Enode’s sandbox', () => {
  it('is read whole, says nothing the adapter does not understand, and sends every field it waits for', async () => {
    const { settings } = resolveEnode({ client_id, client_secret, environment: 'sandbox' });
    const contract = contractWith({
      settings: settings!,
      users,
      clock: realClock,
      fetch: (url, init) => fetch(url, init),
    });
    expect(await contract.readAll(users)).toEqual([]);
    const pages = { language: 'en', redirectUri: 'https://example.com/linked' };
    const link = await contract.enode.linking.open({ user: users[0]!, kinds: ['vehicle'], vendor: null, ...pages });
    expect(link).toMatchObject({ ok: true, value: expect.stringMatching(/^https:/) });
    await contract.stop();
    const kinds: (keyof Wire)[] = [
      'vehicle',
      'charger',
      'user',
      'location',
      'schedule',
      'intervention',
      'vendor',
      'link',
    ];
    for (const kind of kinds) {
      const elements = contract.elements.get(kind) ?? [];
      if (elements.length === 0)
        console.warn(`the sandbox has no ${kind} of ${users.join(', ')}: nothing of it was checked`);
      // Told, not failed: the reference marks fields that only some clients get.
      else
        console.warn(
          `${kind}: ${elements.length} read; never sent: ${missingFields(kind, elements).join(', ') || 'nothing'}`,
        );
    }
    expect(contract.told).toEqual([]);
  });
});
