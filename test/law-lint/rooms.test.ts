import { describe, expect, it } from 'vitest';
import { judge } from '../../scripts/law/judge.ts';

/** Violations of a virtual tree, each as `file:line what`. */
function verdict(tree: Record<string, string>): string[] {
  const files = new Map(Object.entries(tree).map(([file, text]) => [`src/${file}`, text]));
  return judge(files).map(({ file, line, what }) => `${file}:${line} ${what}`);
}

const one = (file: string, text: string): string[] => verdict({ [file]: text });

describe('the import law', () => {
  const lawful: readonly [file: string, text: string][] = [
    ['kernel/log.ts', `import { pino } from 'pino';\nimport { inspect } from 'node:util';`],
    ['domain/acting/reconcile.ts', `import { guard } from '../choice/guard.ts';`],
    ['loop/look.ts', `import { learn } from '../domain/belief/learn.ts';\nimport { Bug } from '../kernel/errors.ts';`],
    ['surface/keys.ts', `import { z } from 'zod';\nimport type { Mode } from '../domain/choice/mode.ts';`],
    ['surface/verbs.ts', `import { UserError } from '../kernel/errors.ts';`],
    ['words/english.ts', `import type { Reason } from '../domain/telling/reason.ts';`],
    ['enode/client.ts', `import { request } from 'undici';\nimport type { Cloud } from '../loop/ports.ts';`],
    ['mqtt/entities/vehicle.ts', `import { keys } from '../../surface/keys.ts';\nimport { connect } from 'mqtt';`],
    ['store/open.ts', `import { DatabaseSync } from 'node:sqlite';`],
    ['web/site.ts', `import { Hono } from 'hono';\nimport { cors } from 'hono/cors';`],
    [
      'web/page/card.ts',
      `import { LitElement } from 'lit';\nimport type { Portrait } from '../../domain/telling/describe.ts';`,
    ],
    ['simulator/serve.ts', `import { serve } from '@hono/node-server';\nimport { createHash } from 'node:crypto';`],
    ['config/options.ts', `import { brokerSettings } from '../mqtt/settings.ts';\nimport { z } from 'zod';`],
    ['house/build.ts', `import { broker } from '../mqtt/broker.ts';\nimport { serve } from '@hono/node-server';`],
    ['cli/demo.ts', `import { build } from '../house/build.ts';\nimport { world } from '../simulator/world.ts';`],
    ['cli/demo.ts', `import { arguments_ } from './arguments.ts';`],
    ['main.ts', `const { demo } = await import('./cli/demo.ts');\nexport { demo as run };`],
  ];
  it.each(lawful)('lets %s do: %s', (file, text) => {
    expect(one(file, text)).toEqual([]);
  });

  const unlawful: readonly [file: string, text: string, why: RegExp][] = [
    [
      'kernel/log.ts',
      `import type { Fact } from '../domain/fact.ts';`,
      /kernel imports domain\/fact: kernel may know itself, pino/,
    ],
    [
      'domain/site.ts',
      `import { Bug } from '../kernel/errors.ts';`,
      /only domain itself; take the value as an argument/,
    ],
    ['domain/site.ts', `import { z } from 'zod';`, /domain imports zod/],
    ['domain/site.ts', `import { createHash } from 'node:crypto';`, /domain imports node:crypto/],
    ['loop/look.ts', `import { connect } from 'mqtt';`, /loop imports mqtt/],
    ['loop/look.ts', `import type { Broker } from '../mqtt/broker.ts';`, /loop imports mqtt\/broker/],
    [
      'surface/keys.ts',
      `import { modes } from '../domain/choice/mode.ts';`,
      /only types are allowed; write `import type`/,
    ],
    ['surface/keys.ts', `import { type Mode } from '../domain/choice/mode.ts';`, /only types are allowed/],
    ['surface/keys.ts', `import { seededEntropy } from '../kernel/entropy.ts';`, /surface imports kernel\/entropy/],
    ['enode/client.ts', `import { publish } from '../mqtt/publisher.ts';`, /let house join the two/],
    ['enode/client.ts', `import { look } from '../loop/look.ts';`, /use an interface of loop\/ports/],
    ['enode/client.ts', `import { read } from '../config/options.ts';`, /enode imports config\/options/],
    ['enode/client.ts', `import { DatabaseSync } from 'node:sqlite';`, /only store may/],
    ['enode/client.ts', `import { scheduler } from 'node:timers/promises';`, /only kernel may/],
    ['mqtt/broker.ts', `import { request } from 'undici';`, /mqtt imports undici/],
    ['web/site.ts', `import { serve } from '@hono/node-server';`, /only cli, house, simulator may/],
    ['web/page/card.ts', `import { describe } from '../../domain/telling/describe.ts';`, /only types are allowed/],
    ['simulator/api.ts', `import { vehicle } from '../enode/wire.ts';`, /second opinion/],
    ['simulator/api.ts', `export type { Vehicle } from '../enode/wire.ts';\nexport const a = 1;`, /second opinion/],
    ['config/options.ts', `import { connect } from '../mqtt/broker.ts';`, /config imports mqtt\/broker/],
    ['mqtt/broker.ts', `import { build } from '../house/build.ts';`, /nobody imports house/],
    ['house/build.ts', `import { demo } from '../cli/demo.ts';`, /nobody imports cli/],
    ['cli/demo.ts', `import { start } from '../main.ts';`, /nobody imports main/],
    ['mqtt/broker.ts', `import { free } from '../../test/support/free.ts';`, /outside src/],
    ['mqtt/broker.ts', `import { keep } from './keep.js';`, /names the file with its ending, .ts/],
    ['mqtt/broker.ts', `const name = 'x';\nawait import(name);`, /imports something computed/],
    ['mqtt/broker.ts', `type World = import('../simulator/world.ts').World;`, /mqtt imports simulator\/world/],
    ['helpers/text.ts', `export const a = 1;`, /stands in no room/],
    ['util.ts', `export const a = 1;`, /stands in no room/],
  ];
  it.each(unlawful)('stops %s from: %s', (file, text, why) => {
    const found = one(file, text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(why);
  });

  it('names the line of the import', () => {
    expect(one('domain/site.ts', `// why\n\nexport const a = 1;\nimport {\n  z,\n} from 'zod';`)[0]).toMatch(
      /^src\/domain\/site\.ts:6 /,
    );
  });
});

describe('import cycles', () => {
  it('tells the shortest circle once', () => {
    const found = verdict({
      'domain/a.ts': `import { b } from './b.ts';\nexport const a = b;`,
      'domain/b.ts': `import { c } from './c.ts';\nimport type { D } from './d.ts';\nexport const b = c as D;`,
      'domain/c.ts': `import { a } from './a.ts';\nexport const c = () => a;`,
      'domain/d.ts': `export type D = number;`,
    });
    expect(found).toEqual([
      'src/domain/a.ts:1 import cycle src/domain/a.ts → src/domain/b.ts → src/domain/c.ts → src/domain/a.ts: move what both need into a file of its own',
    ]);
  });

  it('does not mind types: they are gone at run time', () => {
    expect(
      verdict({
        'domain/site.ts': `import type { Plugin } from './plugin.ts';\nexport interface Site { plugin: Plugin }`,
        'domain/plugin.ts': `import type { Site } from './site.ts';\nexport interface Plugin { id: string }`,
      }),
    ).toEqual([]);
  });

  it('does not mind two ways to one file', () => {
    expect(
      verdict({
        'domain/a.ts': `import { b } from './b.ts';\nimport { c } from './c.ts';\nexport const a = b + c;`,
        'domain/b.ts': `import { c } from './c.ts';\nexport const b = c;`,
        'domain/c.ts': `export const c = 1;`,
      }),
    ).toEqual([]);
  });
});
