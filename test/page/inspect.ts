// What must hold in every view: each control has a name, text can be read against its ground, nothing is wider than the screen, no id
// stands twice. Asked of the browser itself.
import type { Page } from 'playwright-core';

interface Node {
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly ignored: boolean;
}

const controls = new Set([
  'button',
  'link',
  'switch',
  'combobox',
  'textbox',
  'searchbox',
  'radio',
  'checkbox',
  'dialog',
]);

/** @returns what is wrong, one line each */
export async function inspect(page: Page): Promise<string[]> {
  return [...(await nameless(page)), ...((await page.evaluate(visible)) as string[])];
}

async function nameless(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { nodes: readonly Node[] };
  await session.detach();
  return nodes
    .filter(({ ignored, role, name }) => !ignored && controls.has(role?.value ?? '') && !name?.value.trim())
    .map(({ role }) => `a ${role?.value} without a name`);
}

/** Runs in the page. Ratios as WCAG 2.2 asks for: 4.5, and 3 for large text. What is disabled is exempt. */
const visible = `(() => {
  const wrong = [];
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const groundOf = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest('.unseen, .skip, :disabled, option, noscript, script, style')) continue;
    const style = getComputedStyle(element);
    const ground = groundOf(element);
    const [a, b] = [light(over(rgba(style.color), ground)), light(ground)].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < least) wrong.push('contrast ' + ratio.toFixed(2) + ': ' + node.textContent.trim().slice(0, 40));
  }
  const width = document.documentElement;
  if (width.scrollWidth > width.clientWidth) wrong.push('wider than the screen: ' + width.scrollWidth + ' > ' + width.clientWidth);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) wrong.push('id twice: ' + id);
  return wrong;
})()`;
