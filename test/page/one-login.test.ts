// A brand that makes both: unlinked as a whole account, linked again with one login; and an Enode client that may link no more.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choose, logIn } from './person.ts';
import { type Demo, phone, startDemo, whyNoPage } from './support.ts';

const why = whyNoPage();
if (why) console.warn(`skipped: the page suite: ${why}`);

describe.skipIf(why)('a brand that makes both', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await startDemo('--scenario', 'tesla', '--speed', '20');
  });
  afterAll(async () => demo?.stop());

  it('is unlinked with everything of the account, and says so', async () => {
    const { page, wrong, picture } = await demo.visit({ viewport: phone });
    await page.goto(`${demo.url}#/devices`);
    await page.getByRole('button', { name: 'Unlink Model Y' }).click();
    const dialog = page.getByRole('dialog', { name: 'Unlink Model Y?' });
    await dialog.getByText(/^Model Y is no longer shown/).waitFor();
    expect(await dialog.getByText(/^Tesla Wall Connector is no longer shown/).count()).toBe(0);
    await dialog.getByRole('checkbox', { name: /^The whole account of Tesla/ }).check();
    await dialog.getByText(/Wall Connector is no longer shown/).waitFor();
    await picture('unlink-account');
    await dialog.getByRole('button', { name: 'Unlink', exact: true }).click();
    await page.getByText('Nothing is linked yet.').waitFor();
    expect(wrong).toEqual([]);
  });

  it('cannot be linked while the client is full, and says what to do', async () => {
    await demo.control('POST', '/clients/demo', { quota: 0 });
    const { page, wrong, picture } = await demo.visit({ viewport: phone });
    await page.goto(`${demo.url}#/devices/add/vehicle`);
    await choose(page, 'Tesla');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page
      .getByRole('alert')
      .getByText(/connections/)
      .waitFor();
    await picture('quota');
    await demo.control('POST', '/clients/demo', { quota: 50 });
    expect(wrong).toEqual([]);
  });

  it('is linked with one login, which is offered as such', async () => {
    const { page, wrong, picture } = await demo.visit({ viewport: phone });
    await page.goto(`${demo.url}#/devices/add/vehicle`);
    await choose(page, 'Tesla');
    await page.getByRole('checkbox', { name: /^Link the car and the charger of Tesla with one login/ }).check();
    await picture('both');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await logIn(page, page.getByRole('link', { name: /Open the login of Tesla/ }));
    await page.getByRole('heading', { name: 'Linked: Model Y, Tesla Wall Connector' }).waitFor();
    await picture('both-found');
    expect(wrong).toEqual([]);
  });
});
