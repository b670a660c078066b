// Unlinking by keyboard alone: what it does to each device is read first, then confirmed; a mandatory charger is asked for again, an
// optional one is not (R10).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspect } from './inspect.ts';
import { pressBy, tabTo } from './person.ts';
import { type Demo, desktop, phone, startDemo, whyNoPage } from './support.ts';

const why = whyNoPage();
if (why) console.warn(`skipped: the page suite: ${why}`);

describe.skipIf(why).each([
  ['phone, dark', { viewport: phone, colorScheme: 'dark' as const }],
  ['desktop, light', { viewport: desktop, colorScheme: 'light' as const }],
])('unlinking on a %s', (_name, looks) => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo('--speed', '20');
  });
  afterAll(async () => demo?.stop());

  it('is told first, can be left, and is done by a second word', async () => {
    const { page, wrong, picture } = await demo.visit(looks);
    await pressBy(page, page.getByRole('link', { name: 'Devices', exact: true }));
    const unlink = page.getByRole('button', { name: 'Unlink Zaptec Go' });
    await pressBy(page, unlink);
    const dialog = page.getByRole('dialog', { name: 'Unlink Zaptec Go?' });
    await dialog.getByText('Zaptec Go is no longer shown or controlled').waitFor();
    await dialog.getByText(/^White car goes on charging by mode, but less reliably/).waitFor();
    await picture('unlink');
    expect(await inspect(page)).toEqual([]);

    // Escape is a no, and gives the focus back; so does the button.
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    await tabTo(page, unlink);
    await page.keyboard.press('Enter');
    await pressBy(page, dialog.getByRole('button', { name: 'Keep it' }));
    await expect.poll(() => dialog.count()).toBe(0);
    expect(await page.getByText('Zaptec Go', { exact: true }).count()).toBeGreaterThan(0);

    await pressBy(page, unlink);
    await pressBy(page, dialog.getByRole('button', { name: 'Unlink', exact: true }));
    await page.getByText('Zaptec Go is unlinked.').waitFor();
    await unlink.waitFor({ state: 'detached' });
    // What had the focus is gone: the keyboard goes on from the heading, not from nowhere.
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Devices');
    await pressBy(page, page.getByRole('link', { name: 'Home', exact: true }));
    await expect.poll(() => page.getByRole('article', { name: 'Zaptec Go' }).count()).toBe(0);
    expect(wrong).toEqual([]);
  });

  it('of the last charger: whoever needs it is blocked and prompted, whoever does not is left in peace', async () => {
    const { page, wrong, picture } = await demo.visit(looks);
    await page.goto(`${demo.url}#/devices`);
    await page.getByRole('button', { name: 'Unlink Easee Home' }).click();
    const dialog = page.getByRole('dialog', { name: 'Unlink Easee Home?' });
    await dialog.getByText(/^White car is not charged by mode any more/).waitFor();
    await dialog.getByText(/^Blue car goes on charging by mode/).waitFor();
    await picture('unlink-last');
    await dialog.getByRole('button', { name: 'Unlink', exact: true }).click();
    await page.getByText('Easee Home is unlinked.').waitFor();
    await page.goto(demo.url);
    const white = page.getByRole('article', { name: 'White car' });
    await white.getByRole('heading', { name: 'Its charger is needed' }).waitFor();
    expect(await white.getByRole('switch').isDisabled()).toBe(true);
    const blue = page.getByRole('article', { name: 'Blue car' });
    expect(await blue.getByRole('heading', { name: 'Link its charger, too' }).count()).toBe(0);
    expect(await blue.getByRole('switch').isDisabled()).toBe(false);
    await picture('unlinked');

    // "I have no compatible charger" is an answer, too: the prompt shrinks, but stays.
    await white.getByRole('button', { name: 'I have no compatible charger' }).click();
    await expect.poll(() => white.getByRole('heading', { name: 'Its charger is needed' }).count()).toBe(0);
    await white.getByRole('link', { name: 'Link the charger' }).waitFor();
    expect(await white.getByRole('switch').isDisabled()).toBe(true);
    await picture('no-charger');
    expect(await inspect(page)).toEqual([]);
    expect(wrong).toEqual([]);
  });
});
