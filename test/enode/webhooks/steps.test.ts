// The steps for the subscription: what is asked, and what news each answer is.
import { describe, expect, it } from 'vitest';
import type { LookSubject } from '../../../src/domain/fact.ts';
import { type Asked, json, page, setUp } from '../house.ts';
import { memoryKeep, URL_OF_OURS } from './support.ts';

type Step = Extract<LookSubject, { kind: 'webhook' }>['step'];

async function step(name: Step, answer: (asked: Asked) => Response, id: string | null = 'hook-1') {
  const keep = memoryKeep();
  const at = setUp({ answer, webhookUrl: URL_OF_OURS, keep });
  const facts = await at.look({ kind: 'webhook', step: name, id });
  const news = facts.filter(({ kind }) => kind.startsWith('webhook_'));
  const secrets = JSON.parse(keep.get('webhook_secrets') ?? '[]') as string[];
  return { news, secrets, paths: at.paths(), asked: at.asked.at(-1), ended: facts.at(-1) };
}

const hook = (over: object = {}) => ({
  id: 'hook-1',
  url: URL_OF_OURS,
  isActive: true,
  apiVersion: '2024-10-01',
  ...over,
});

describe('check', () => {
  it('takes what has our address, whoever made it; another version at it is a twin', async () => {
    const list = [
      hook({ id: 'other', url: 'https://elsewhere.example/enode' }),
      hook({ id: 'twin', apiVersion: null }),
      hook({ url: 'https://HOME.example:443/enode', isActive: false }),
      { id: 7, url: URL_OF_OURS },
      null,
    ];
    const { news } = await step('check', () => page(list), null);
    expect(news).toEqual([{ kind: 'webhook_found', id: 'hook-1', active: false, twins: ['twin'] }]);
  });

  it('finds nothing, or could not look', async () => {
    expect((await step('check', () => page([]), null)).news).toEqual([
      { kind: 'webhook_found', id: null, active: false, twins: [] },
    ]);
    const { news, ended } = await step('check', () => json({}, 500), null);
    expect(news).toMatchObject([{ kind: 'webhook_refused', step: 'check' }]);
    expect(ended).toMatchObject({ kind: 'look_ended', ok: false });
  });
});

describe('create', () => {
  it('sends a secret that is kept already', async () => {
    const { news, asked, secrets } = await step('create', () => json(hook()), null);
    expect(asked).toMatchObject({ method: 'POST', path: '/webhooks' });
    expect(JSON.parse(asked!.body!)).toEqual({
      url: URL_OF_OURS,
      secret: secrets[0],
      events: ['*'],
      apiVersion: '2024-10-01',
    });
    expect(news).toEqual([{ kind: 'webhook_secured', id: 'hook-1' }]);
  });

  it('that exists already, or whose answer cannot be read, is refused in words without our address', async () => {
    const exists = { title: 'Webhook already exists.', detail: `There is one for ${URL_OF_OURS}` };
    const { news } = await step('create', () => json(exists, 400), null);
    expect(news).toEqual([
      {
        kind: 'webhook_refused',
        step: 'create',
        why: 'the cloud answered HTTP 400: Webhook already exists.: There is one for webhook_url',
      },
    ]);
    expect((await step('create', () => json({ id: 'has spaces' }), null)).news).toMatchObject([
      { kind: 'webhook_refused' },
    ]);
  });
});

describe('secure, test, remove', () => {
  it('patch a fresh secret; one that is gone is told so', async () => {
    const { news, asked, secrets } = await step('secure', () => json(hook()));
    expect([asked?.method, asked?.path]).toEqual(['PATCH', '/webhooks/hook-1']);
    expect(JSON.parse(asked!.body!)).toEqual({ secret: secrets[0], events: ['*'] });
    expect(news).toEqual([{ kind: 'webhook_secured', id: 'hook-1' }]);
    for (const gone of ['secure', 'test', 'remove'] as const)
      expect((await step(gone, () => json({ title: 'Webhook not found' }, 404))).news).toEqual([
        { kind: 'webhook_gone', id: 'hook-1' },
      ]);
  });

  it('tell what Enode says of its test', async () => {
    const test = async (body: unknown): Promise<unknown> => (await step('test', () => json(body))).news[0];
    expect(await test({ status: 'SUCCESS', description: '', response: { code: 200 } })).toEqual({
      kind: 'webhook_tested',
      ok: true,
      why: null,
    });
    expect(await test({ status: 'FAILURE', description: 'x', response: { code: 502 } })).toMatchObject({
      ok: false,
      why: 'Enode tried webhook_url and HTTP 502 came back',
    });
    expect(await test({ status: 'FAILURE', description: 'no route to home.example', response: null })).toMatchObject({
      why: 'Enode tried webhook_url and no route to webhook_url',
    });
    expect(await test('nonsense')).toMatchObject({ kind: 'webhook_refused', step: 'test' });
  });

  it('remove, also where no address is set any more', async () => {
    const at = setUp({ answer: () => new Response(null, { status: 204 }), webhookUrl: null, keep: memoryKeep() });
    expect(await at.look({ kind: 'webhook', step: 'remove', id: 'hook-1' })).toContainEqual({
      kind: 'webhook_gone',
      id: 'hook-1',
    });
    expect(await at.look({ kind: 'webhook', step: 'create', id: null })).toMatchObject([
      { kind: 'webhook_refused', why: 'no address is set' },
      { kind: 'look_ended', ok: false },
    ]);
    expect(at.enode.webhooks).toBeNull();
  });
});
