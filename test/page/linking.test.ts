// The first evening by clicking through: a car that cannot be controlled by itself, its charger as a step of its own, and its place.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choose, logIn } from './person.ts';
import { type Demo, desktop, phone, startDemo, whyNoPage } from './support.ts';

const why = whyNoPage();
if (why) console.warn(`skipped: the page suite: ${why}`);

describe.skipIf(why).each([
  ['phone, light', { viewport: phone, colorScheme: 'light' as const }],
  ['desktop, dark', { viewport: desktop, colorScheme: 'dark' as const }],
])('the first evening on a %s', (_name, looks) => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo('--scenario', 'newcomer', '--speed', '10');
  });
  afterAll(async () => demo?.stop());

  it('links a car, is told that its charger is needed, links it, and says where it is', async () => {
    const { page, wrong, picture } = await demo.visit(looks);
    await picture('welcome');
    await page.getByRole('link', { name: 'Link a car' }).click();
    await choose(page, 'Mazda');
    await page.getByText('The charger may then be required').waitFor();
    await picture('brand');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    const login = page.getByRole('link', { name: 'Open the login of Mazda (opens in a new tab)' });
    await login.waitFor();
    await picture('session');
    expect(await page.evaluate('document.activeElement.href')).toBe(await login.getAttribute('href'));
    await logIn(page, login);
    await page.getByRole('heading', { name: 'Linked: White car' }).waitFor();
    await picture('found');

    await page.getByRole('link', { name: 'Home', exact: true }).click();
    const card = page.getByRole('article', { name: 'White car' });
    await card.getByRole('heading', { name: 'Its charger is needed' }).waitFor();
    await picture('required');
    expect(await card.getByRole('switch').isDisabled()).toBe(true);
    expect(await card.getByRole('option', { name: /^Now/ }).isDisabled()).toBe(true);
    expect(await card.getByRole('button', { name: 'Not now' }).count()).toBe(0);

    await card.getByRole('link', { name: 'Link the charger' }).click();
    await page.getByText('White car can only be controlled through its charger').waitFor();
    await choose(page, 'Zaptec');
    await picture('charger');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await logIn(page, page.getByRole('link', { name: /Open the login of Zaptec/ }));
    await page.getByRole('heading', { name: 'Linked: Zaptec Go' }).waitFor();

    await page.getByRole('button', { name: 'Where is Zaptec Go?' }).click();
    const dialog = page.getByRole('dialog', { name: 'Where is Zaptec Go?' });
    await picture('place');
    await dialog.getByRole('radio', { name: /^Another position/ }).check();
    await dialog.getByLabel('Latitude and longitude').fill('somewhere');
    await dialog.getByRole('button', { name: 'This is its place' }).click();
    await dialog.getByText('Write two numbers').waitFor();
    await dialog.getByRole('radio', { name: /^The home position/ }).check();
    await dialog.getByRole('button', { name: 'This is its place' }).click();
    await page.getByText('The place of Zaptec Go is set.').waitFor();

    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await card.getByRole('switch').waitFor();
    await expect.poll(() => card.getByRole('switch').isDisabled()).toBe(false);
    expect(await card.getByRole('heading', { name: 'Its charger is needed' }).count()).toBe(0);
    await picture('linked');
    expect(wrong).toEqual([]);
  });

  it('recommends a charger for a car that can do without, and takes no for an answer', async () => {
    await demo.control('POST', '/reset', { scenario: 'newcomer', seed: 1 });
    const { page, wrong } = await demo.visit(looks);
    await page.goto(`${demo.url}#/devices/add/vehicle`);
    await choose(page, 'Kia');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await logIn(page, page.getByRole('link', { name: /Open the login of Kia/ }));
    await page.getByRole('heading', { name: 'Linked: Blue car' }).waitFor();
    await page.goto(demo.url);
    const card = page.getByRole('article', { name: 'Blue car' });
    await card.getByRole('heading', { name: 'Link its charger, too' }).waitFor();
    await card.getByRole('button', { name: 'Not now' }).click();
    await expect.poll(() => card.getByRole('heading', { name: 'Link its charger, too' }).count()).toBe(0);
    expect(await card.getByRole('switch').isDisabled()).toBe(false);
    expect(wrong).toEqual([]);
  });
});
