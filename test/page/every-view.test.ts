// Every view at every size and in both colours: names, contrast, width; and nothing jumps while the home goes on living.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspect } from './inspect.ts';
import { type Demo, desktop, phone, startDemo, whyNoPage } from './support.ts';

const why = whyNoPage();
if (why) console.warn(`skipped: the page suite: ${why}`);

const narrow = { width: 320, height: 640 };
const sizes = [narrow, phone, desktop];
const colours = ['light', 'dark'] as const;
const views = ['', 'devices', 'devices/add/vehicle', 'devices/add/charger', 'pairs', 'settings'];

describe.skipIf(why)('every view', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo('--speed', '30');
  });
  afterAll(async () => demo?.stop());

  it.each(sizes.flatMap((viewport) => colours.map((colorScheme) => ({ viewport, colorScheme }))))(
    'is readable and named: $viewport.width, $colorScheme',
    async (looks) => {
      const { page, wrong, picture } = await demo.visit(looks);
      for (const view of views) {
        await page.goto(`${demo.url}#/${view}`);
        await page.reload();
        await page.getByRole('heading', { level: 1 }).waitFor();
        for (const summary of await page.locator('main summary').all()) await summary.click();
        expect(await inspect(page), view).toEqual([]);
        await picture(`view-${view.replaceAll('/', '-') || 'home'}`);
      }
      expect(wrong).toEqual([]);
    },
  );

  it('speaks German as well', async () => {
    const german = await startDemo('--language', 'de');
    try {
      const { page, wrong, picture } = await german.visit({ viewport: phone });
      for (const view of views) {
        await page.goto(`${german.url}#/${view}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        expect(await inspect(page), view).toEqual([]);
        await picture(`deutsch-${view.replaceAll('/', '-') || 'home'}`);
      }
      expect(await page.evaluate('document.documentElement.lang')).toBe('de');
      await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
      expect(wrong).toEqual([]);
    } finally {
      await german.stop();
    }
  });

  it('does not jump while cars charge and reports come in', async () => {
    const { page } = await demo.visit({ viewport: phone });
    await page.evaluate(`(() => {
      window.jumped = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.jumped += entry.value;
      }).observe({ type: 'layout-shift' });
    })()`);
    await page.getByRole('switch', { name: 'Charging, Blue car' }).press('Space');
    await page.getByRole('article', { name: 'Blue car' }).getByText(/kW$/).first().waitFor();
    await page.waitForTimeout(2_000);
    expect(await page.evaluate('window.jumped')).toBeLessThan(0.1);
  });
});
