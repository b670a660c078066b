import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_REQUEST_BYTES, parseRequest, verbs } from '../../src/surface/verbs.ts';

const ask = (verb: string, document: unknown) => parseRequest(verb, JSON.stringify(document));
const refused = (verb: string, payload: string | Uint8Array) => {
  const parsed = parseRequest(verb, payload);
  if (parsed.ok) throw new Error('it was accepted');
  return {
    code: parsed.error.code,
    field: parsed.error.field,
    message: parsed.error.message,
    transaction: parsed.transaction,
  };
};

describe('the verbs', () => {
  const order = (subject: string, wanted: object, announce = false) => ({
    kind: 'order',
    subject,
    order: wanted,
    announce,
  });
  const question = (verb: string, data: object) => ({ kind: 'question', question: { verb, data } });
  it.each([
    ['dismiss_prompt', { id: 'car' }, order('car', { kind: 'dismiss_prompt' })],
    ['no_compatible_charger', { id: 'car' }, order('car', { kind: 'no_compatible_charger' })],
    [
      'set_policy',
      { brand: 'kia', policy: 'optional' },
      order('site', { kind: 'policy', brand: 'KIA', policy: 'optional' }),
    ],
    [
      'set_policy',
      { brand: '*', policy: 'mandatory_unreliable' },
      order('site', { kind: 'policy', brand: '*', policy: 'mandatory_unreliable' }),
    ],
    ['refresh', {}, order('site', { kind: 'refresh' })],
    ['refresh', { announce: true }, order('site', { kind: 'refresh' }, true)],
    [
      'command',
      { id: 'car', command: 'start' },
      order('car', { kind: 'charging', want: 'start', anywhere: false, route: null }),
    ],
    [
      'command',
      { id: 'car', command: 'stop', route: 'charger', anywhere: true },
      order('car', { kind: 'charging', want: 'stop', anywhere: true, route: 'charger' }),
    ],
    [
      'command',
      { id: 'car', command: 'stop', route: 'enode' },
      order('car', { kind: 'charging', want: 'stop', anywhere: false, route: null }),
    ],
    ['cancel', { id: 'car' }, order('car', { kind: 'cancel' })],
    ['mode', { id: 'car', mode: 'now' }, order('car', { kind: 'mode', mode: 'now' })],
    ['resume', { id: 'car' }, order('car', { kind: 'resume' })],
    ['forget', { id: 'car' }, order('car', { kind: 'forget' })],
    ['allow_charger_commands', { on: true }, order('site', { kind: 'allow_charger_commands', on: true })],
    ['diagnostics', {}, question('diagnostics', {})],
    ['onboarding', {}, question('onboarding', {})],
    ['log_level', { level: 'debug' }, question('log_level', { level: 'debug' })],
    ['link', { type: 'vehicle' }, question('link', { type: 'vehicle' })],
    [
      'link',
      { type: 'both', user: 'us', vendor: ' tesla ', language: 'de', redirect_uri: 'https://a.example/b' },
      question('link', {
        type: 'both',
        user: 'us',
        vendor: 'TESLA',
        language: 'de',
        redirect_uri: 'https://a.example/b',
      }),
    ],
    ['relink', { id: 'car', language: 'nb-NO' }, question('relink', { id: 'car', language: 'nb-NO' })],
    ['unlink', { id: 'car' }, question('unlink', { id: 'car' })],
    ['unlink', { id: 'car', all: true, confirm: true }, question('unlink', { id: 'car', all: true, confirm: true })],
    ['place_charger', { id: 'box', place: 'home' }, question('place_charger', { id: 'box', place: 'home' })],
    [
      'place_charger',
      { id: 'box', place: 'elsewhere', name: 'Work', latitude: 52, longitude: 5, time_zone: 'Europe/Berlin' },
      question('place_charger', {
        id: 'box',
        place: 'elsewhere',
        name: 'Work',
        latitude: 52,
        longitude: 5,
        time_zone: 'Europe/Berlin',
      }),
    ],
  ])('%s %j', (verb, document, request) => {
    expect(ask(verb, document)).toEqual({ ok: true, request, transaction: undefined });
  });

  it('takes an empty payload as an empty object', () => {
    expect(parseRequest('refresh', '')).toMatchObject({ ok: true });
  });

  it.each(['abc', 7, 0, ''])('echoes the transaction %j, with errors too', (transaction) => {
    expect(ask('refresh', { transaction })).toMatchObject({ ok: true, transaction });
    expect(ask('cancel', { transaction })).toMatchObject({ ok: false, transaction });
  });
});

describe('what is refused', () => {
  it.each([
    ['nonsense', '{}', 'unknown_verb', 'verb', /use one of: refresh/],
    ['refresh', '{', 'bad_json', 'payload', /not valid JSON/],
    ['refresh', '[]', 'bad_json', 'payload', /not a JSON object/],
    ['refresh', '"on"', 'bad_json', 'payload', /not a JSON object/],
    ['refresh', '{"transaction":{}}', 'invalid', 'transaction', /number, or a text/],
    ['command', '{"command":"start"}', 'invalid', 'id', /send the id of a vehicle or charger/],
    ['command', '{"id":[],"command":"start"}', 'invalid', 'id', /send the id/],
    ['command', '{"id":"","command":"start"}', 'invalid', 'id', /as it stands in its topics/],
    ['command', '{"id":"a","command":"go"}', 'invalid', 'command', /start, stop/],
    ['command', '{"id":"a","command":"stop","anywhere":"yes"}', 'invalid', 'anywhere', /true or false/],
    ['command', '{"id":"a","command":"stop","route":"air"}', 'invalid', 'route', /vehicle, charger, enode/],
    [
      'command',
      '{"id":"a","command":"stop","anywere":true}',
      'invalid',
      'anywere',
      /no such field; known are: id, command/,
    ],
    ['diagnostics', '{"all":true}', 'invalid', 'all', /leave it out/],
    ['link', '{}', 'invalid', 'type', /vehicle, charger, both/],
    ['link', '{"type":"vehicle","vendor":"a b"}', 'invalid', 'vendor', /such as TESLA/],
    ['link', '{"type":"vehicle","user":""}', 'invalid', 'user', /option users/],
    ['link', '{"type":"vehicle","language":"xx"}', 'invalid', 'language', /en, de, browser/],
    ['link', '{"type":"vehicle","redirect_uri":7}', 'invalid', 'redirect_uri', /send an address/],
    ['confirm_pair', '{"vehicle":"a"}', 'invalid', 'charger', /send the id of a charger/],
    ['relink', '{}', 'invalid', 'id', /send the id/],
    ['unlink', '{"id":"c","confirm":"yes"}', 'invalid', 'confirm', /true or false/],
    ['place_charger', '{"id":"b"}', 'invalid', 'place', /home, elsewhere/],
    ['place_charger', '{"id":"b","place":"home","latitude":91}', 'invalid', 'latitude', /-90 to 90/],
    ['place_charger', '{"id":"b","place":"home","longitude":"5"}', 'invalid', 'longitude', /send a number/],
    ['place_charger', '{"id":"b","place":"home","name":" "}', 'invalid', 'name', /at most 100/],
    ['log_level', '{"level":"loud"}', 'invalid', 'level', /debug, info, warn, error/],
  ])('%s %s', (verb, payload, code, field, said) => {
    const error = refused(verb, payload);
    expect(error).toMatchObject({ code, field });
    expect(error.message).toMatch(said);
  });

  it('refuses a request over 64 kB without reading it', () => {
    expect(refused('refresh', `{"transaction":"1"${' '.repeat(MOST_REQUEST_BYTES)}}`)).toMatchObject({
      code: 'too_large',
      transaction: undefined,
    });
  });

  it('refuses an overlong transaction', () => {
    expect(refused('refresh', JSON.stringify({ transaction: 'x'.repeat(201) }))).toMatchObject({
      field: 'transaction',
    });
  });
});

describe('hostile input', () => {
  it('never throws, and every error is a sentence with a code', () => {
    const verb = fc.oneof(fc.constantFrom(...verbs), fc.string());
    const payload = fc.oneof(
      fc.string(),
      fc.uint8Array({ maxLength: 200 }),
      fc.json(),
      fc.constant('{"__proto__":{"id":"x"}}'),
    );
    fc.assert(
      fc.property(verb, payload, (name, bytes) => {
        const parsed = parseRequest(name, bytes);
        if (!parsed.ok) {
          expect(parsed.error.code).not.toBe('');
          expect(parsed.error.message).toMatch(/\.$/);
          expect(parsed.error.message.length).toBeLessThan(400);
        }
      }),
      { numRuns: 500 },
    );
  });
});
