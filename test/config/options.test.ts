// Options: sources in order, every error at once as one sentence with its remedy, nothing thrown whatever is written.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { builtInBrands } from '../../src/config/brands.ts';
import { dataFolder, type Loaded, loadOptions, type NotLoaded } from '../../src/config/load.ts';
import { type OptionName, optionNames, optionTable } from '../../src/config/options.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function fileOf(content: unknown, name = 'options.json'): string {
  const folder = mkdtempSync(join(tmpdir(), 'e2m-config-'));
  folders.push(folder);
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const enough = { client_id: 'id', client_secret: 'hunter2-long', broker_url: 'mqtt://broker' };

function load(content: object, env: Record<string, string> = {}): Loaded | NotLoaded {
  return loadOptions({ file: fileOf(content), env });
}

function good(content: object = {}, env: Record<string, string> = {}): Loaded {
  const loaded = load({ ...enough, ...content }, env);
  if (!loaded.ok) throw new Error(loaded.errors.map(String).join('\n'));
  return loaded;
}

function sentences(content: object, env: Record<string, string> = {}): string[] {
  const loaded = load({ ...enough, ...content }, env);
  return loaded.ok ? [] : loaded.errors.map((error) => error.message);
}

describe('without more than needed', () => {
  it('everything has its default', () => {
    const { options, site, enode, mqtt, warnings } = good();
    expect(warnings).toEqual([]);
    expect(options).toMatchObject({ users: ['home'], base_topic: 'enode2mqtt', log_level: 'info', observe_only: null });
    expect(site).toEqual({
      users: ['home'],
      home: null,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      chargerPlaces: {},
      observeOnly: false,
      allowChargerCommands: false,
      stopAway: false,
      enhancedChargeRate: false,
      control: 'auto',
      requestsPerDay: 2_000,
      language: 'en',
      brands: builtInBrands,
      webhookUrl: null,
    });
    expect(enode).toMatchObject({
      environment: 'sandbox',
      clientId: 'id',
      apiUrl: 'https://enode-api.sandbox.enode.io',
    });
    expect(mqtt).toEqual({
      broker: { address: { host: 'broker', port: 1883, tls: null }, credentials: null },
      embedded: null,
      topics: { base: 'enode2mqtt', prefix: 'homeassistant' },
      discovery: true,
    });
  });

  it('what is missing is said all at once, with where to get it', () => {
    const loaded = loadOptions({ file: null, env: {} });
    expect(loaded.ok ? [] : loaded.errors.map((error) => [error.field, error.message])).toEqual([
      ['client_id', expect.stringMatching(/^client_id is empty: copy it from the Enode dashboard.*\.$/)],
      ['client_secret', expect.stringMatching(/^client_secret is empty: copy it from the Enode dashboard.*\.$/)],
      [
        'broker_url',
        'broker_url is missing: write the address of your broker, such as mqtt://host:1883, or set mqtt to embedded.',
      ],
    ]);
  });

  it('the broker may be left to the Supervisor, where there is one', () => {
    expect(sentences({ broker_url: '' })).toHaveLength(1);
    expect(good({ broker_url: '' }, { SUPERVISOR_TOKEN: 't' }).mqtt).toMatchObject({ broker: null, embedded: null });
  });
});

describe('sources', () => {
  it('environment goes over the file, what a command sets over both, empty text is nothing said', () => {
    const file = fileOf({ ...enough, language: 'de', users: ['file'], base_topic: 'a', broker_ca: '' });
    const env = {
      ENODE2MQTT_LANGUAGE: '',
      ENODE2MQTT_USERS: 'one, two',
      ENODE2MQTT_BASE_TOPIC: 'b',
      ENODE2MQTT_DATA: '/d',
      PATH: '/bin',
    };
    const loaded = loadOptions({ file, env, set: { base_topic: 'c' } });
    expect(loaded.ok && loaded.options).toMatchObject({
      language: 'de',
      users: ['one', 'two'],
      base_topic: 'c',
      broker_ca: null,
    });
    expect(loaded.warnings).toEqual([]);
  });

  it.each([
    ['USERS', '["a","b"]', 'users', ['a', 'b']],
    ['USERS', 'a,a, b ,', 'users', ['a', 'b']],
    ['USERS', '[]', 'users', ['home']],
    ['DISCOVERY', 'Off', 'discovery', false],
    ['STOP_AWAY', '1', 'stop_away', true],
    ['OBSERVE_ONLY', 'true', 'observe_only', true],
    ['REQUESTS_PER_DAY', '500', 'requests_per_day', 500],
    ['HOME_LATITUDE', '-12.5', 'home_latitude', -12.5],
    ['CHARGER_PLACES', '{"c":"home"}', 'charger_places', { c: 'home' }],
    ['CHARGER_PLACES', 'c=home,d = elsewhere', 'charger_places', { c: 'home', d: 'elsewhere' }],
    ['CONTROL', ' ENODE ', 'control', 'enode'],
  ])('ENODE2MQTT_%s=%s is understood', (name, text, option, value) => {
    const other = option === 'home_latitude' ? { home_longitude: 5 } : {};
    expect(good(other, { [`ENODE2MQTT_${name}`]: text }).options[option as OptionName]).toEqual(value);
  });

  it('places are taken as Home Assistant writes them', () => {
    const charger_places = [
      { charger: 'c', place: 'home' },
      { charger: '__proto__', place: 'elsewhere' },
    ];
    expect(Object.entries(good({ charger_places }).site.chargerPlaces)).toEqual([
      ['c', 'home'],
      ['__proto__', 'elsewhere'],
    ]);
  });

  it('a byte order mark does no harm', () => {
    expect(loadOptions({ file: fileOf(`\uFEFF${JSON.stringify(enough)}`), env: {} }).ok).toBe(true);
  });

  it.each([
    ['{\n  "client_id": "a",\n  "client_secret": hunter2\n}', 'line 3, column 20'],
    ['{"a": 1,}', 'line 1, column 9'],
    ['', 'line 1, column 1'],
    ['{"a": [1, 2', 'line 1, column 12'],
    ['{\n// mine\n}', 'line 2, column 1'],
  ])('a slip in %j is found at its place, without quoting it', (text, place) => {
    const file = fileOf(text);
    const loaded = loadOptions({ file, env: {} });
    const message = loaded.ok ? '' : loaded.errors.map(String).join();
    expect(message).toContain(`--options: the options file ${file} is not JSON at ${place}: `);
    expect(message).not.toContain('hunter2');
  });

  it('a file that is missing, a folder or no object is one sentence', () => {
    const messages = [join(tmpdir(), 'e2m-none.json'), tmpdir(), fileOf('[1]')].map((file) => {
      const loaded = loadOptions({ file, env: {} });
      return loaded.ok ? [] : loaded.errors.map((error) => error.message);
    });
    expect(messages).toEqual([
      [expect.stringContaining('does not exist: create it, or name another with --options.')],
      [expect.stringContaining('cannot be read (it is a folder)')],
      [expect.stringContaining('holds no object: write it as')],
    ]);
  });

  it('unknown names are warned of, with the nearest known one', () => {
    const { warnings } = good({ base_topik: 'x', zzzzzzzzzz: 1, 'LOG-LEVEL': 'debug' }, { ENODE2MQTT_CLIENTID: 'x' });
    expect(warnings).toEqual([
      'base_topik is not an option and is ignored; did you mean base_topic?',
      'zzzzzzzzzz is not an option and is ignored; see the list of options in the documentation.',
      'LOG-LEVEL is not an option and is ignored; did you mean log_level?',
      'ENODE2MQTT_CLIENTID is not an option and is ignored; did you mean ENODE2MQTT_CLIENT_ID?',
    ]);
  });
});

describe('errors', () => {
  it('come all at once, each named as it was written, secrets unseen', () => {
    const wrong = {
      users: 'x'.repeat(101),
      broker_password: 1234,
      requests_per_day: 3,
      time_zone: '+02:00',
      discovery: 'maybe',
      home_latitude: 91,
      base_topic: 'a/#',
      embedded_port: 1.5,
    };
    expect(sentences(wrong, { ENODE2MQTT_LOG_LEVEL: 'loud', ENODE2MQTT_HOME_LONGITUDE: '8,5' })).toEqual([
      expect.stringMatching(/^users must be a list of Enode user ids, each 1 to 100 characters, not "x{56}…\.$/),
      'broker_password must be text in quotes.',
      'embedded_port must be a whole number from 1 to 65535, not 1.5.',
      'base_topic must be a topic without spaces, +, #, a leading $ or empty levels, at most 100 characters, not "a/#".',
      'discovery must be true or false, not "maybe".',
      'home_latitude must be degrees from -90 to 90, with a point before the decimals, not 91.',
      'ENODE2MQTT_HOME_LONGITUDE must be degrees from -180 to 180, with a point before the decimals, not "8,5".',
      'time_zone must be the name of a time zone such as Europe/Berlin, not "+02:00".',
      'requests_per_day must be a whole number from 50 to 1000000, not 3.',
      'ENODE2MQTT_LOG_LEVEL must be one of debug, info, warn, error, not "loud".',
    ]);
  });

  it.each([
    [{ home_latitude: 5 }, 'home_longitude is missing: set it too, or remove home_latitude.'],
    [{ environment: 'custom' }, "enode_url is empty: with environment custom it must be the cloud's address."],
    [
      { environment: 'custom', enode_url: 'ftp://x' },
      'enode_url is not a web address: write it like https://host or http://host:port.',
    ],
    [
      { broker_url: 'http://x' },
      'broker_url: "http:" is not understood; use mqtt://host:1883, or mqtts://host:8883 with TLS.',
    ],
    [{ broker_password: 'p' }, 'broker_username is missing: set it, or remove broker_password.'],
    [
      { mqtt: 'embedded', embedded_username: 'n' },
      'embedded_password is missing: set it, or remove embedded_username.',
    ],
    [
      { mqtt: 'embedded', embedded_host: '0.0.0.0', embedded_username: 'n' },
      'embedded_password is missing: others can reach the broker at embedded_host 0.0.0.0, so set it, or listen on 127.0.0.1 only.',
    ],
    [
      {
        charger_places: [
          { charger: 'c', place: 'home' },
          { charger: 'c', place: 'elsewhere' },
        ],
      },
      expect.stringMatching(/^charger_places must be each charger's id once with home or elsewhere/),
    ],
    [
      { broker_ca: '/nowhere/ca.pem' },
      expect.stringContaining('broker_ca: "/nowhere/ca.pem" is taken as a file, and it cannot be read, ENOENT; give'),
    ],
  ])('%j is explained', (content, sentence) => {
    expect(sentences(content)).toEqual([sentence]);
  });

  it('of addresses for another environment are warnings', () => {
    expect(good({ environment: 'production', enode_url: 'https://x' }).warnings).toEqual([
      'enode_url is ignored: it belongs to environment custom, and environment is production.',
    ]);
  });
});

describe('pieces', () => {
  it.each([
    [{}, false],
    [{ environment: 'production' }, true],
    [{ environment: 'production', observe_only: false }, false],
    [{ observe_only: true }, true],
    [{ environment: 'custom', enode_url: 'http://127.0.0.1:8480' }, false],
    [{ environment: 'custom', enode_url: 'http://[::1]:8480' }, false],
    [{ environment: 'custom', enode_url: 'http://localhost:8480' }, false],
    [{ environment: 'custom', enode_url: 'https://enode.example' }, true],
    [{ environment: 'custom', enode_url: 'https://127.0.0.1.example' }, true],
  ])('observe_only of %j is %s', (content, observeOnly) => {
    expect(good(content).site.observeOnly).toBe(observeOnly);
  });

  it('the broker gets its certificate authority from text or file, and its credentials from option or address', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAAA\n-----END CERTIFICATE-----';
    const broker_url = 'mqtts://name:p%40ss@broker';
    const fromFile = good({ broker_url, broker_ca: fileOf(pem, 'ca.pem') }).mqtt.broker!;
    expect(fromFile.address).toEqual({ host: 'broker', port: 8883, tls: { ca: pem, verify: true } });
    expect([fromFile.credentials!.username, fromFile.credentials!.password.reveal()]).toEqual(['name', 'p@ss']);
    const fromText = good({
      broker_url,
      broker_ca: pem.replaceAll('\n', '\\n'),
      broker_username: 'n',
      broker_password: ' p ',
      broker_verify: false,
    });
    expect(fromText.mqtt.broker!.address.tls).toEqual({ ca: pem, verify: false });
    expect(fromText.mqtt.broker!.credentials!.password.reveal()).toBe(' p ');
  });

  it('a name without a password is a login, in the option as in the address', () => {
    for (const options of [{ broker_username: 'n' }, { broker_url: 'mqtt://n@broker' }]) {
      const { username, password } = good(options).mqtt.broker!.credentials!;
      expect([username, password.reveal()]).toEqual(['n', '']);
    }
  });

  it('never show a secret when printed', () => {
    const secrets = {
      broker_url: 'mqtt://n:hunter3@b',
      broker_username: 'n',
      broker_password: 'hunter4',
      embedded_password: 'hunter5',
    };
    const loaded = good(secrets);
    expect(inspect(loaded, { depth: 9 }) + JSON.stringify(loaded)).not.toContain('hunter');
  });

  it('the data folder: flag, environment, here', () => {
    expect(dataFolder('/a', { ENODE2MQTT_DATA: '/b' })).toBe('/a');
    expect(dataFolder(undefined, { ENODE2MQTT_DATA: '/b' })).toBe('/b');
    expect(dataFolder(undefined, {})).toMatch(/\/data$/);
  });
});

it('the app shows the same options, with the same limits of choice and number', () => {
  const yaml = readFileSync(join(import.meta.dirname, '../../config.yaml'), 'utf8').split('\nschema:\n')[1]!;
  const names = [...yaml.matchAll(/^ {2}(\w+):/gm)].map((match) => match[1]!);
  expect(names.sort()).toEqual([...optionNames].sort());
  for (const [, name, list] of yaml.matchAll(/^ {2}(\w+): list\((.*?)\)/gm)) {
    expect(optionTable[name as OptionName].kind.must).toBe(`one of ${list!.split('|').join(', ')}`);
  }
  expect(yaml).toContain('requests_per_day: int(50,1000000)?');
  for (const name of optionNames) expect(optionTable[name].help).toMatch(/^.{10,}\.$/);
});

describe('whatever is written', () => {
  const isSentence = (text: string): boolean => /^[^\n]{10,2000}\.$/.test(text);

  function judge(loaded: Loaded | NotLoaded): void {
    if (loaded.ok) {
      expect(loaded.site.users.length).toBeGreaterThan(0);
      expect(inspect(loaded, { depth: 9 })).not.toContain('tell-nobody');
      return;
    }
    expect(loaded.errors.length).toBeGreaterThan(0);
    for (const { message, field } of loaded.errors) {
      expect(isSentence(message), message).toBe(true);
      expect(field).toBeTruthy();
      expect(message).not.toContain('tell-nobody');
    }
  }

  const anyValue = fc.oneof(
    fc.jsonValue(),
    fc.string(),
    fc.constantFrom('production', 'custom', 'embedded', '0.0.0.0', '[', '{"a":', 'mqtt://:::', ' '),
  );
  const anyOptions = fc.dictionary(fc.oneof(fc.constantFrom(...optionNames), fc.string()), anyValue);

  it('in the file: options or sentences', () => {
    fc.assert(
      fc.property(anyOptions, fc.boolean(), (options, whole) => {
        judge(
          load({
            ...(whole ? enough : {}),
            ...options,
            client_secret: 'tell-nobody',
            broker_password: ['tell-nobody'],
          }),
        );
        judge(load({ ...enough, ...options, client_secret: 'tell-nobody' }));
      }),
      { numRuns: 150 },
    );
  });

  it('in the environment: options or sentences', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.json(),
      fc.constantFrom('0', '1', 'a,b', 'NaN', '1e99', '__proto__=home'),
    );
    const env = fc.dictionary(fc.oneof(fc.constantFrom(...optionNames), fc.string()), text);
    fc.assert(
      fc.property(env, (values) => {
        const named = Object.fromEntries(
          Object.entries(values).map(([name, value]) => [`ENODE2MQTT_${name.toUpperCase()}`, value]),
        );
        judge(loadOptions({ file: null, env: { ...named, ENODE2MQTT_CLIENT_SECRET: 'tell-nobody' } }));
      }),
      { numRuns: 150 },
    );
  });

  it('as file text: options or one sentence that says where', () => {
    const slip = fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 })).map(([text, at, put]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + put + text.slice(cut + 1);
    });
    fc.assert(
      fc.property(slip, (text) => {
        const loaded = loadOptions({ file: fileOf(text), env: {} });
        judge(loaded);
        const message = loaded.ok ? '' : loaded.errors[0]!.message;
        if (message.includes('is not JSON')) expect(message).toMatch(/at line \d+, column \d+: /);
      }),
      { numRuns: 150 },
    );
  });

  it('nested deeply: no crash', () => {
    judge(loadOptions({ file: fileOf('['.repeat(200_000)), env: {} }));
    judge(loadOptions({ file: null, env: { ENODE2MQTT_USERS: '['.repeat(200_000) } }));
  });
});
