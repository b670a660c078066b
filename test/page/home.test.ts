// The home section in a real browser: what is shown, the switch that never lies, the mode, all by keyboard and by name.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blue } from '../house/support.ts';
import { type Demo, desktop, phone, startDemo, whyNoPage } from './support.ts';

const why = whyNoPage();
if (why) console.warn(`skipped: the page suite: ${why}`);

describe.skipIf(why).each([
  ['phone, dark', { viewport: phone, colorScheme: 'dark' as const }],
  ['desktop, light', { viewport: desktop, colorScheme: 'light' as const }],
])('home on a %s', (_name, looks) => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo('--speed', '20');
  });
  afterAll(async () => demo?.stop());

  it('switches a car on and off, says what is on its way, and keeps the mode', async () => {
    const { page, wrong, picture } = await demo.visit(looks);
    const card = page.getByRole('article', { name: 'Blue car' });
    const charging = card.getByRole('switch', { name: 'Charging, Blue car' });
    await expect.poll(() => charging.getAttribute('aria-checked')).toBe('false');
    await picture('home');
    await charging.click();
    await expect.poll(() => charging.getAttribute('aria-checked')).toBe('true');
    await card.getByText('7.4\u202fkW').or(card.getByText(/kW$/)).first().waitFor();
    await picture('charging');
    await charging.click();
    await expect.poll(() => charging.getAttribute('aria-checked')).toBe('false');
    await card.getByText('Not charging. In mode manual nothing is done by itself.').waitFor();

    const mode = card.getByRole('combobox', { name: 'Mode, Blue car' });
    await mode.selectOption('off');
    await card.getByText('Mode off: does not charge.').waitFor();
    await page.reload();
    expect(await mode.inputValue()).toBe('off');
    // Chosen elsewhere, over MQTT for example: what was chosen here does not stand against it.
    await mode.selectOption('now');
    await card.getByText(/^Mode now/).waitFor();
    await demo.ask('mode', { id: blue, mode: 'manual' });
    await expect.poll(() => mode.inputValue()).toBe('manual');
    expect(wrong).toEqual([]);
  });

  it('can be used by keyboard alone, with the focus in sight', async () => {
    const { page, wrong } = await demo.visit(looks);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus-visible');
    expect(await focused.getAttribute('aria-label')).toBe('Charging, Blue car');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.press('Space');
    await expect.poll(() => focused.getAttribute('aria-checked')).toBe('true');
    expect(wrong).toEqual([]);
  });
});
