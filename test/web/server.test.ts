import { describe, expect, it } from 'vitest';
import type { Portrait } from '../../src/domain/telling/portrait.ts';
import { createPage } from '../../src/web/server.ts';

const portrait = (over: Partial<Portrait>): Portrait => ({
  kind: 'vehicle',
  id: 'car-1',
  device: { name: 'Blue car', manufacturer: 'Kia', model: 'EV6' },
  available: true,
  state: { charging: null, reason: 'Not plugged in.' },
  position: null,
  ...over,
});

describe('the page', () => {
  it('shows every device with its reason, unknown values as unknown', async () => {
    const text = await (await createPage({ portraits: () => [portrait({})] }).request('/')).text();
    expect(text).toContain('<h2>Blue car</h2>');
    expect(text).toContain('Not plugged in.');
    expect(text).toContain('<dt>charging</dt><dd>unknown</dd>');
  });

  it('writes a hostile name as text, and lets no script run', async () => {
    const device = { name: '<script>alert(1)</script>', manufacturer: null, model: null };
    const answer = await createPage({ portraits: () => [portrait({ device })] }).request('/');
    expect(await answer.text()).not.toContain('<script>');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('is healthy while it answers, whatever cloud and broker do', async () => {
    const answer = await createPage({ portraits: () => [] }).request('/health');
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('names the way back from anywhere else', async () => {
    const answer = await createPage({ portraits: () => [] }).request('/nowhere');
    expect([answer.status, await answer.text()]).toEqual([404, 'There is no such page. Go to the start page.']);
  });
});
