import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/kernel/log.ts';
import { createNarrator } from '../../src/loop/narrate.ts';
import { sentence } from '../../src/words/sentence.ts';
import { testBrands } from '../support/brands.ts';
import { at, vehicle } from '../support/reports.ts';
import { testSite } from '../support/site.ts';

describe('R10 at an upgrade', () => {
  it('the log asks the owner once per run, until they have decided', () => {
    const site = testSite({ brands: testBrands() });
    site.put('policy', '*', null);
    site.report(vehicle({ now: at(1) }));
    site.tell(at(2), { kind: 'started', installation: 'test', instance: 'next' });
    const heard = (): string[] => {
      const lines: string[] = [];
      const log = { ...silentLog, info: (line: string) => void lines.push(line) };
      const narrator = createNarrator(log, (reason) => sentence(reason, 'en'));
      for (const minute of [3, 4]) narrator.house(site.view, at(minute));
      return lines.filter((line) => /set_policy/.test(line));
    };
    expect(heard()).toEqual([expect.stringMatching(/^Kia was here before.*proposed is: charger required/)]);
    site.order(at(5), 'site', { kind: 'policy', brand: 'KIA', policy: 'optional' });
    expect(heard()).toEqual([]);
  });
});
