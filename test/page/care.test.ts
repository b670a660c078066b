// What needs a person: a car that must be fixed first, a login that is no longer valid, a charge elsewhere, and who must link a charger.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scenarioOf } from '../../src/simulator/scenarios/catalogue.ts';
import { blue } from '../house/support.ts';
import { inspect } from './inspect.ts';
import { choose, logIn } from './person.ts';
import { type Demo, phone, startDemo, whyNoPage } from './support.ts';

const why = whyNoPage();
if (why) console.warn(`skipped: the page suite: ${why}`);

/** Of Enode's list: the first ends with logging in again. */
const phoneKey = '3b2891a9-5dcf-4691-b850-b5ea36b57c2e';
const primaryUser = 'd88a46e9-fc8b-4f71-ae50-b8610f4faead';

describe.skipIf(why)('what needs a person', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo('--speed', '60');
  });
  afterAll(async () => demo?.stop());

  it('is told with what to do, who can, and where', async () => {
    const other = await startDemo('--scenario', 'newcomer', '--speed', '30');
    try {
      const { page, wrong, picture } = await other.visit({ viewport: phone });
      await page.goto(`${other.url}#/devices/add/vehicle`);
      await choose(page, 'Kia');
      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      await logIn(page, page.getByRole('link', { name: /Open the login of Kia/ }));
      await page.getByRole('heading', { name: 'Linked: Blue car' }).waitFor();
      const blocked = { capable: false, interventions: [phoneKey, primaryUser] };
      await other.control('PATCH', `/vehicles/${blue}`, { capabilities: { startCharging: blocked } });
      await page.goto(other.url);
      const card = page.getByRole('article', { name: 'Blue car' });
      await card.getByRole('heading', { name: 'To be done at the car' }).waitFor();
      expect(await card.locator('details.intervention').count()).toBe(2);
      await card.getByText('You can do this, at the car.').first().waitFor();
      await picture('interventions');
      expect(await inspect(page)).toEqual([]);
      await card.getByRole('button', { name: 'Log in again to finish it' }).click();
      await page.getByRole('dialog', { name: 'Log in to Kia again' }).waitFor();
      expect(wrong).toEqual([]);
    } finally {
      await other.stop();
    }
  });

  it('is asked before a charge elsewhere is stopped', async () => {
    const { page, wrong, picture } = await demo.visit();
    await demo.control('PATCH', `/vehicles/${blue}`, { away: true, cable: 'elsewhere' });
    const card = page.getByRole('article', { name: 'Blue car' });
    const away = async (): Promise<number> => {
      await demo.ask('refresh');
      return card.getByText('not at home', { exact: true }).count();
    };
    await expect.poll(away, { timeout: 40_000, interval: 500 }).toBe(1);
    const charging = card.getByRole('switch');
    await expect.poll(() => charging.getAttribute('aria-checked'), { timeout: 20_000 }).toBe('true');
    await charging.click();
    const dialog = page.getByRole('dialog', { name: 'The car is not at home' });
    await picture('away');
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    expect(await charging.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await charging.click();
    await dialog.getByRole('button', { name: 'Stop it there' }).click();
    await expect.poll(() => charging.getAttribute('aria-checked')).toBe('false');
    expect(wrong).toEqual([]);
  });

  it('logs in again where a login is no longer valid', async () => {
    const { page, wrong, picture } = await demo.visit({ viewport: phone, colorScheme: 'dark' });
    const account = scenarioOf('home').accounts.find(({ vendor }) => vendor === 'EASEE')!.id;
    await demo.control('POST', '/faults', { kind: 'credentials', account });
    await page.getByRole('link', { name: 'Devices', exact: true }).click();
    await page.getByRole('button', { name: 'Read everything again' }).click();
    const again = page.getByRole('button', { name: 'Log in to Easee again' });
    await again.waitFor();
    await picture('login-invalid');
    await again.click();
    const dialog = page.getByRole('dialog', { name: 'Log in to Easee again' });
    await logIn(page, dialog.getByRole('link', { name: /Open the login of Easee/ }));
    await dialog.getByText('The login is valid again.').waitFor();
    await picture('login-valid');
    await dialog.getByRole('button', { name: 'Close' }).click();
    expect(await again.count()).toBe(0);
    expect(wrong).toEqual([]);
  });

  it('decides who must link a charger, and hears what becomes of it', async () => {
    const { page, wrong, picture } = await demo.visit();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    const rule = page.getByRole('combobox', { name: 'Rule for Kia' });
    await rule.selectOption({ label: 'Optional' });
    await page.getByText(/^Set for Kia/i).waitFor();
    await picture('policy-set');
    await page.reload();
    await rule.waitFor();
    expect(await rule.inputValue()).toBe('optional');
    expect(wrong).toEqual([]);
  });
});
