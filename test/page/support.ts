// A person in front of the page: the demo as a program of its own, and Chromium, which also tells what went wrong behind the scenes.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { freePort } from '../support/real/free-port.ts';
import { startProgram, until } from '../support/real/program.ts';

/** Debian's. */
export const program = '/usr/bin/chromium';
const top = join(import.meta.dirname, '../..');

/** Why the suite cannot run here; null = it can. */
export function whyNoPage(): string | null {
  if (!existsSync(program)) return `there is no ${program} (on Debian: apt-get install chromium)`;
  return existsSync(join(top, 'dist/page/index.html')) ? null : 'the page is not built: npm run build';
}

export const phone = { width: 390, height: 844 } as const;
export const desktop = { width: 1280, height: 900 } as const;

export interface Looks {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
}

export interface Visitor {
  readonly page: Page;
  /** Errors of the console and of scripts, and requests that went anywhere but to the daemon. Empty after every test. */
  readonly wrong: readonly string[];
  /** Into `test/page/pictures`, for eyes; only when `PAGE_PICTURES` is set. */
  picture(name: string): Promise<void>;
}

export interface Demo {
  readonly url: string;
  readonly cloud: string;
  output(): string;
  visit(looks?: Partial<Looks>): Promise<Visitor>;
  /** `bridge/request/<verb>`, by the page's API. */
  ask(verb: string, body?: object): Promise<unknown>;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startDemo(...flags: readonly string[]): Promise<Demo> {
  const [mqtt, enode, port] = [await freePort(), await freePort(), await freePort()];
  const ports = ['--mqtt-port', `${mqtt}`, '--enode-port', `${enode}`, '--page-port', `${port}`];
  const demo = startProgram(process.execPath, [join(top, 'src/cli/demo.ts'), ...ports, ...flags]);
  await until(
    () => demo.output().includes('/control/state'),
    () => `the demo's addresses\n${demo.output()}`,
    20_000,
  );
  const [url, cloud] = [`http://127.0.0.1:${port}/`, `http://127.0.0.1:${enode}`];
  const browser: Browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
  const contexts: BrowserContext[] = [];
  return {
    url,
    cloud,
    output: demo.output,
    visit: async ({ viewport = desktop, colorScheme = 'light' } = {}) => {
      const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB', reducedMotion: 'reduce' });
      contexts.push(context);
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      const wrong: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) wrong.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => wrong.push(`script: ${error.message}`));
      page.on('request', (request) => {
        if (!request.url().startsWith(url)) wrong.push(`request: ${request.url()}`);
      });
      await page.goto(url);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const picture = async (name: string): Promise<void> => {
        if (process.env.PAGE_PICTURES === undefined) return;
        const path = join(process.env.PAGE_PICTURES, `${name}-${viewport.width}-${colorScheme}.png`);
        await page.screenshot({ path, fullPage: true });
      };
      return { page, wrong, picture };
    },
    ask: async (verb, body = {}) => {
      const headers = { 'content-type': 'application/json' };
      const asked = await fetch(`${url}api/request/${verb}`, { method: 'POST', headers, body: JSON.stringify(body) });
      return asked.json();
    },
    control: async (method, path, body) => {
      const init: RequestInit = { method };
      if (body !== undefined)
        Object.assign(init, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
      const response = await fetch(`${cloud}/control${path}`, init);
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return JSON.parse(text);
    },
    stop: async () => {
      for (const context of contexts) await context.close();
      await browser.close();
      await demo.stop();
    },
  };
}
