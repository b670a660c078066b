import { describe, expect, it } from 'vitest';
import { resolveEnode } from '../../src/enode/settings.ts';

const who = { client_id: 'id', client_secret: 'very secret' };

describe('where the cloud is', () => {
  it.each([
    [
      'production',
      undefined,
      undefined,
      'https://enode-api.production.enode.io',
      'https://oauth.production.enode.io/oauth2/token',
    ],
    [
      'sandbox',
      undefined,
      undefined,
      'https://enode-api.sandbox.enode.io',
      'https://oauth.sandbox.enode.io/oauth2/token',
    ],
    ['custom', 'http://localhost:8080/', undefined, 'http://localhost:8080', 'http://localhost:8080/oauth2/token'],
    [
      'custom',
      'https://enode-api.dev.example',
      undefined,
      'https://enode-api.dev.example',
      'https://oauth.dev.example/oauth2/token',
    ],
    [
      'custom',
      'https://a.example/enode',
      'https://b.example',
      'https://a.example/enode',
      'https://b.example/oauth2/token',
    ],
    [
      'custom',
      'https://a.example',
      'https://b.example/oauth2/token',
      'https://a.example',
      'https://b.example/oauth2/token',
    ],
  ])('%s %s %s', (environment, enode_url, oauth_url, apiUrl, tokenUrl) => {
    const { settings, errors } = resolveEnode({ ...who, environment, enode_url, oauth_url });
    expect(errors).toEqual([]);
    expect(settings).toMatchObject({ apiUrl, tokenUrl });
  });

  it('is the sandbox unless said otherwise', () => {
    expect(resolveEnode(who).settings?.environment).toBe('sandbox');
  });
});

describe('what is wrong with the options', () => {
  it('is told all at once, with the name of the field and the remedy', () => {
    const { settings, errors } = resolveEnode({ environment: 'custom', client_id: ' ', oauth_url: 'ftp://x' });
    expect(settings).toBeNull();
    expect(errors.map((error) => error.field)).toEqual(['client_id', 'client_secret', 'enode_url', 'oauth_url']);
    for (const error of errors) expect(error.message).toMatch(new RegExp(`^${error.field} .*: .+`));
  });

  it.each([
    [{ ...who, environment: 'staging' }, 'environment'],
    [{ ...who, environment: 'custom', enode_url: 'not an address' }, 'enode_url'],
    [{ ...who, environment: 'custom', enode_url: 'https://me:pw@host' }, 'enode_url'],
    [{ ...who, environment: 'custom', enode_url: 'https://host?x=1' }, 'enode_url'],
  ])('%o', (options, field) => {
    expect(resolveEnode(options).errors.map((error) => error.field)).toEqual([field]);
  });

  it('never prints the secret', () => {
    const { settings } = resolveEnode(who);
    expect(JSON.stringify(settings)).not.toContain('very secret');
    expect(`${settings?.clientSecret}`).not.toContain('very secret');
  });
});
