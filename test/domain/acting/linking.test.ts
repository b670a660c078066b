// While a person has a link in hand the lists are read often, ever slower; and what was asked about accounts is bounded.
import { describe, expect, it } from 'vitest';
import { askRefusal } from '../../../src/domain/acting/allowance.ts';
import { linkLooks } from '../../../src/domain/acting/linking.ts';
import { cloudOf } from '../../../src/domain/belief/cloud-learn.ts';
import { newWebhook } from '../../../src/domain/belief/webhook.ts';
import { instant, later, minutes, seconds } from '../../../src/domain/instant.ts';
import { answered, noon } from '../../support/reports.ts';
import { testSite } from '../../support/site.ts';
import { ready, type Stage, stage } from '../../support/stage.ts';

const opened = (kinds: readonly ('vehicle' | 'charger')[], renews: string | null = null) =>
  ({ kind: 'link_opened', user: 'home', kinds, renews }) as const;

async function quiet(): Promise<Stage> {
  const at = await stage({ bare: true });
  await at.tell({ kind: 'request_ended', request: answered(at.now()) });
  await ready(at);
  await at.advance(60);
  return at;
}

/** How often each look was asked within so many seconds. */
async function looksIn(at: Stage, span: number): Promise<Record<string, number>> {
  const from = at.looks.length;
  await at.advance(span);
  const counts: Record<string, number> = {};
  for (const subject of at.looks.slice(from)) {
    const key = subject.kind === 'users' && subject.user !== undefined ? `users ${subject.user}` : subject.kind;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describe('an open link', () => {
  it('makes the list of its kind be read every 15 s, then every minute, then every 5 min, for a day', async () => {
    const at = await quiet();
    await at.tell(opened(['charger']));
    expect((await looksIn(at, 600)).chargers).toBe(40);
    await at.advance(300);
    expect((await looksIn(at, 600)).chargers).toBe(10);
    await at.advance(3_600);
    expect((await looksIn(at, 3_600)).chargers).toBe(12);
    await at.advance(22 * 3_600);
    expect((await looksIn(at, 3_600)).chargers).toBeLessThanOrEqual(4);
  });

  it('leaves the other list at its pace', async () => {
    const at = await quiet();
    await at.tell(opened(['charger']));
    expect((await looksIn(at, 600)).vehicles).toBeLessThanOrEqual(1);
  });

  it('is watched for some minutes more once its device is there, no longer', async () => {
    const at = await quiet();
    await at.tell(opened(['charger']));
    await at.advance(30);
    await at.box();
    expect((await looksIn(at, 300)).chargers).toBeGreaterThanOrEqual(19);
    expect((await looksIn(at, 300)).chargers ?? 0).toBeLessThanOrEqual(1);
  });

  it('is left to the webhooks while those tell of new devices by themselves', () => {
    const webhookUrl = 'https://home.example/enode';
    const site = testSite({ webhookUrl });
    const due = () => linkLooks(site.view, noon).get('chargers')?.due;
    site.tell(noon, opened(['charger']));
    expect(due()).toBe(later(noon, seconds(15)));
    site.put('webhook', 'webhook', { ...newWebhook(webhookUrl), hearingSince: noon });
    expect(due()).toBe(later(noon, minutes(5)));
  });

  it('survives a restart', async () => {
    const at = await quiet();
    await at.tell(opened(['charger']));
    await at.restart();
    expect((await looksIn(at, 300)).chargers).toBeGreaterThanOrEqual(20);
  });

  it('that renews a login watches the user, until the vendor lets Enode in again', async () => {
    const at = await quiet();
    await at.tell({ kind: 'user_reported', user: 'home', invalidVendors: ['KIA'], known: true });
    await at.tell(opened(['vehicle'], 'KIA'));
    expect((await looksIn(at, 300))['users home']).toBe(20);
    await at.tell({ kind: 'user_reported', user: 'home', invalidVendors: [], known: true });
    await at.advance(300);
    expect((await looksIn(at, 300))['users home']).toBeUndefined();
  });

  it('whose browser came back is looked at once, or as soon as the last look is old enough', async () => {
    const at = await quiet();
    await at.tell(opened(['charger']));
    await at.advance(15);
    const kinds = async (span: number) => Object.keys(await looksIn(at, span));
    await at.advance(4);
    await at.tell({ kind: 'link_returned' });
    expect([await kinds(5), await kinds(1)]).toEqual([[], ['chargers']]);
    await at.advance(12);
    const from = at.looks.length;
    await at.tell({ kind: 'link_returned' });
    expect(at.looks.slice(from)).toEqual([{ kind: 'chargers' }]);
  });

  it('is still looked at then when the next one is asked for meanwhile', async () => {
    const at = await quiet();
    await at.tell(opened(['vehicle']));
    await at.advance(19);
    await at.tell({ kind: 'link_returned' }, opened(['charger']));
    expect(Object.keys(await looksIn(at, 6))).toEqual(['vehicles']);
  });

  it('is needed for that: a browser that nobody sent changes nothing', async () => {
    const at = await quiet();
    await at.tell({ kind: 'link_returned' });
    expect(await looksIn(at, 30)).toEqual({});
  });
});

describe('what a person unlinked', () => {
  const unlinked = (assetKind: 'vehicle' | 'charger' | null = 'vehicle', vendor = 'KIA') =>
    ({ kind: 'unlinked', user: 'home', vendor, assetKind }) as const;
  const gone = { kind: 'listed', assets: 'vehicle', users: ['home'], ids: [] } as const;
  const isKept = (at: Stage) => at.loop.view().get('vehicle', 'car') !== undefined;

  it('is listed at once, and taken away with all that was kept of it as soon as a listing misses it', async () => {
    const at = await quiet();
    await at.order('car', { kind: 'mode', mode: 'now' });
    const from = at.looks.length;
    await at.tell(unlinked());
    expect(at.looks.slice(from).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['chargers', 'vehicles']));
    expect(isKept(at)).toBe(true);
    await at.tell(gone);
    expect(isKept(at)).toBe(false);
    expect(at.loop.site().setting.size).toBe(0);
    expect(() => at.state('car')).toThrow();
  });

  it('is taken away again when a listing from before showed it once more', async () => {
    const at = await quiet();
    await at.tell(unlinked(), gone);
    await at.car();
    expect(isKept(at)).toBe(true);
    await at.tell(gone);
    expect(isKept(at)).toBe(false);
  });

  it.each([
    ['another kind', unlinked('charger')],
    ['another vendor', unlinked('vehicle', 'TESLA')],
    ['another user', { ...unlinked(), user: 'guest' }],
  ])('is that alone: %s keeps its time of grace', async (_name, fact) => {
    const at = await quiet();
    await at.tell(fact, gone);
    expect(isKept(at)).toBe(true);
    await at.advance(25 * 3_600);
    expect(isKept(at)).toBe(false);
  });

  it('is gone soon or was something else: an hour later a missing device gets its time of grace', async () => {
    const at = await quiet();
    await at.tell(unlinked());
    await at.advance(3_700);
    await at.tell(gone);
    expect(isKept(at)).toBe(true);
  });
});

describe('requests about accounts and places', () => {
  it('wait while Enode asked for a pause, and are not without end', () => {
    const site = testSite();
    const refused = (now = noon) => askRefusal(site.view, cloudOf(site.view), now)?.code ?? null;
    expect(refused()).toBeNull();
    const retryAt = later(noon, minutes(5));
    site.tell(noon, {
      kind: 'request_ended',
      request: answered(noon, { kind: 'linking', status: 429, ok: false, retryAt }),
    });
    expect(refused()).toBe('ask_wait');
    expect(refused(later(retryAt, seconds(1)))).toBeNull();
    const evening = later(noon, minutes(60));
    for (let count = 0; count < 200; count++)
      site.tell(evening, { kind: 'request_ended', request: answered(evening, { kind: 'linking' }) });
    expect(refused(evening)).toBe('ask_spent');
    expect(refused(instant(noon + minutes(24 * 60)))).toBeNull();
  });
});
