// Pairs in a real browser: in the demo as they are; and with made-up ones, a person's word against what is believed.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PairView } from '../../src/domain/telling/pairs.ts';
import { realWire } from '../../src/kernel/real-clock.ts';
import { createPage } from '../../src/web/server.ts';
import { recordedLog } from '../mqtt/support.ts';
import { inspect } from './inspect.ts';
import { pressBy } from './person.ts';
import { type Demo, desktop, phone, program, startDemo, whyNoPage } from './support.ts';

const why = whyNoPage();
if (why) console.warn(`skipped: the page suite: ${why}`);

const car = (id: string, name: string) => ({
  id,
  name,
  vendor: 'KIA',
  brand: 'Kia',
  word: 'complete',
  sentence: '',
  prompt: 'none',
  canDismiss: false,
  loginInvalid: false,
  interventions: [],
});

const believed: PairView = {
  user: 'home',
  vehicle: { id: 'blue', name: 'Blue car' },
  charger: { id: 'garage', name: 'Garage' },
  word: 'activated',
  by: 'matcher',
  certainty: 93,
  evidence: ['Both were plugged in within a minute.', 'Both began to charge at once.'],
  correctable: true,
  since: '2026-06-15T18:00:00Z',
  guest: false,
  history: [{ from: '2026-06-14T18:00:00Z', to: '2026-06-15T06:00:00Z', by: 'enode', certainty: 100 }],
  session: { chargerKwh: 12.4, batteryFrom: 41, batteryTo: 57 },
};

describe.skipIf(why)('pairs', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(async () => demo?.stop());

  it('are shown with how sure they are and why', async () => {
    const { page, wrong, picture } = await demo.visit({ viewport: desktop });
    await page.getByRole('link', { name: 'Pairs', exact: true }).click();
    const pair = page.getByRole('article', { name: /Blue car.*Easee Home/ });
    await pair.getByRole('img', { name: 'Certainty: 100\u202f%' }).waitFor();
    await pair.getByText('Enode names both ends of the cable.').waitFor();
    expect(await page.getByRole('article').count()).toBe(4);
    await picture('pairs');
    expect(await inspect(page)).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it('are corrected against the daemon itself: this car, a guest, and the car again', async () => {
    const { page, wrong } = await demo.visit({ viewport: phone });
    await page.getByRole('link', { name: 'Pairs', exact: true }).click();
    const pair = page.getByRole('article', { name: /Blue car.*Easee Home/ });
    const other = page.getByRole('article', { name: /White car.*Easee Home/ });
    const guest = pair.getByText('A guest’s car is plugged in');
    const say = async (which: string): Promise<void> => {
      await pair.getByRole('button', { name: 'This is wrong…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Which car is on Easee Home?' });
      await dialog.getByRole('radio', { name: which }).check();
      await dialog.getByRole('button', { name: 'That is so' }).click();
      await dialog.waitFor({ state: 'hidden' });
    };
    await say('A guest’s car');
    await guest.waitFor();
    await other.getByText('A guest’s car is plugged in').waitFor();
    expect(await pair.getByRole('img', { name: /^Certainty/ }).count()).toBe(0);
    await say('Blue car');
    await guest.waitFor({ state: 'hidden' });
    await pair.getByText('you said so').first().waitFor();
    await pair.getByRole('img', { name: 'Certainty: 100\u202f%' }).waitFor();
    expect(await inspect(page)).toEqual([]);
    expect(wrong).toEqual([]);
    expect(await demo.control('GET', '/verdict')).toEqual({ breaches: [], unjudged: [] });
  });

  it('are corrected by a person, by keyboard alone', async () => {
    const asked: string[] = [];
    let pair = believed;
    const served = createPage({
      access: 'loopback',
      wire: realWire,
      log: recordedLog(),
      portraits: () => [],
      documents: {
        about: () => ({ language: 'en', timeZone: 'UTC', users: ['home'], home: null, modes: ['manual'] }),
        onboarding: () => ({
          users: [{ id: 'home', vehicles: [car('blue', 'Blue car'), car('white', 'White car')], chargers: [] }],
          brands: [],
          brandsDate: '2026-06-15',
          defaultPolicy: 'optional',
        }),
        pairs: () => [pair],
      },
      returned: () => '',
      ask: (verb, payload, answer) => {
        asked.push(`${verb} ${payload}`);
        answer('{"status":"ok","data":{}}');
      },
    });
    const server = createAdaptorServer({
      fetch: (request) => served.fetch(request, { peer: '127.0.0.1' }),
    }) as Server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage({ viewport: phone, locale: 'en-GB' });
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/#/pairs`);
      const card = page.getByRole('article', { name: /Blue car.*Garage/ });
      await card.getByText('battery 41\u202f% → 57\u202f%').waitFor();
      await card.getByText('worked out here').first().waitFor();
      const wrongHere = card.getByRole('button', { name: 'This is wrong…' });
      const dialog = page.getByRole('dialog', { name: 'Which car is on Garage?' });
      await pressBy(page, wrongHere);
      await pressBy(page, dialog.getByRole('radio', { name: 'Blue car' }), 'ArrowDown');
      expect(await inspect(page)).toEqual([]);
      await pressBy(page, dialog.getByRole('button', { name: 'That is so' }));
      await page.getByText('Noted until the cable is pulled out.').waitFor();
      await wrongHere.click();
      await dialog.getByRole('radio', { name: 'A guest’s car' }).check();
      expect(await dialog.getByRole('radio').count()).toBe(3);
      await dialog.getByRole('button', { name: 'That is so' }).click();
      await expect.poll(() => asked).toHaveLength(2);
      // Only a word that stands can be taken back.
      pair = { ...believed, word: 'established', by: null, guest: true };
      await page.reload();
      await wrongHere.click();
      await dialog.getByRole('radio', { name: 'I take back what I said' }).check();
      await dialog.getByRole('button', { name: 'That is so' }).click();
      await page.getByText('Taken back').waitFor();
      expect(asked).toEqual([
        'confirm_pair {"charger":"garage","vehicle":"white"}',
        'guest {"charger":"garage"}',
        'guest {"charger":"garage","on":false}',
      ]);
    } finally {
      await browser.close();
      served.stop();
      server.close();
      server.closeAllConnections();
    }
  });
});
