// The page's server: the built files, the API with the form of every surface, and what it says of itself to browsers.
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { builtFolder, portrait, scene } from './support.ts';

const folder = builtFolder();
afterAll(() => rmSync(folder, { recursive: true }));

describe('the page', () => {
  it('is the built one, and its files may be kept as their names change with them', async () => {
    const { get } = scene({ folder });
    const [page, script] = [await get('/'), await get('/assets/index-abc.js')];
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>the page</title>']);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toContain('immutable');
  });

  it('lets no foreign or inline script run, and nobody else frame it', async () => {
    const policy = (await scene({ folder }).get('/')).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it.each(['/nowhere', '/assets/', '/notes.txt', '/../package.json', '/%2e%2e/package.json', '/index.html/'])(
    'names the way back from %s',
    async (path) => {
      const answer = await scene({ folder }).get(path);
      expect([answer.status, await answer.text()]).toEqual([404, 'There is no such page. Go to the start page.\n']);
    },
  );

  it("takes a browser that Enode's pages send back, and shows no markup of theirs", async () => {
    const back = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const { get } = scene();
    const [done, left] = [await get('/linked', back), await get('/linked?error=X&error_message=%3Cb%3ENo', back)];
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('<p>Done.</p>')]);
    expect(await left.text()).toContain('<p>&lt;b&gt;No</p>');
    expect(left.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('says in a sentence when it was never built', async () => {
    const answer = await scene().get('/');
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('npm run build')]);
  });

  it('is healthy while it answers, whatever cloud and broker do', async () => {
    const answer = await scene().get('/health');
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
  });
});

describe('the API', () => {
  it('tells the portraits and each document', async () => {
    const { get } = scene();
    expect(await (await get('/api/state')).json()).toEqual({ portraits: [portrait()] });
    expect(await (await get('/api/about')).json()).toEqual({ language: 'en' });
  });

  it('answers a request by verb with what the house answers, refusals included', async () => {
    const refused = '{"status":"error","error":{"code":"refused_away","message":"Refused: not at home."}}';
    const asked: string[] = [];
    const { post } = scene({
      ask: (verb, payload, answer) => {
        asked.push(`${verb} ${payload}`);
        answer(refused);
      },
    });
    const answer = await post('/api/request/command', '{"id":"car-1","command":"stop"}');
    expect(asked).toEqual(['command {"id":"car-1","command":"stop"}']);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'application/json',
      refused,
    ]);
  });

  it('does not read a body without end', async () => {
    const answer = await scene().post('/api/request/refresh', JSON.stringify({ transaction: 'x'.repeat(70_000) }));
    expect([answer.status, await answer.json()]).toEqual([
      413,
      { status: 'error', error: { code: 'too_large', message: 'Send at most 64 kB.', field: 'payload' } },
    ]);
  });

  it('says of other addresses that there are none', async () => {
    const answer = await scene().post('/api/nothing', '{}');
    expect([answer.status, await answer.json()]).toMatchObject([404, { error: { code: 'unknown_path' } }]);
  });
});

describe('a bug in what is shown', () => {
  const broken = (): never => {
    throw new Error('inside');
  };

  it('costs that document, never the daemon, and is said once', async () => {
    const { get, page, wire, lines } = scene({ documents: { about: () => ({ language: 'en' }), pairs: broken } });
    const answer = await get('/api/pairs');
    expect([answer.status, await answer.json()]).toMatchObject([500, { status: 'error', error: { code: 'failed' } }]);
    const reader = (await get('/api/live')).body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('"about":{"language":"en"}');
    page.show(portrait({ state: { charging: true } }));
    wire.pass(10_000);
    expect(lines).toEqual([expect.stringContaining("Bug (the page's pairs): Error: inside")]);
  });

  it('anywhere else is answered in the form of every answer', async () => {
    const { get, lines } = scene({ portraits: broken });
    const answer = await get('/api/state');
    expect([answer.status, await answer.json()]).toMatchObject([500, { error: { code: 'failed' } }]);
    expect(lines).toEqual([expect.stringContaining('Bug (the page, /api/state): Error: inside')]);
  });
});
