// A person's ways: through Enode's login in the other tab, and through the page with nothing but a keyboard.
import type { Locator, Page } from 'playwright-core';

/** At Enode's login in the other tab: logs in, allows, is sent back to a word of thanks, closes it. */
export async function logIn(page: Page, link: Locator): Promise<void> {
  const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await tab.getByRole('button', { name: 'Log in' }).click();
  await tab.getByRole('button', { name: 'Allow' }).click();
  await tab.getByText('You are done at Enode').waitFor();
  await tab.close();
}

export async function choose(page: Page, brand: string): Promise<void> {
  await page.getByLabel('Find a brand').fill(brand.slice(0, 4));
  await page.getByRole('radio', { name: brand }).check();
}

const MOST_TABS = 80;

/** Tabs until the control has the focus. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let turn = 0; turn < MOST_TABS; turn++) {
    if (await control.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached by ${MOST_TABS} tabs: ${control}`);
}

export async function pressBy(page: Page, control: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press(key);
}
