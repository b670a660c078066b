// A daemon's worth of commits, to be killed: says on stdout which durable commit is acknowledged. Argument: the data folder.
import { writeSync } from 'node:fs';
import { realEntropy } from '../../src/kernel/entropy.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { realClock } from '../../src/kernel/real-clock.ts';
import { createStore } from '../../src/store/store.ts';

const store = createStore({
  folder: process.argv[2]!,
  clock: realClock,
  entropy: realEntropy,
  log: silentLog,
  tell: () => {},
  about: { version: 'child', settings: {}, numbers: {} },
});
for (let n = 0; ; n++) {
  const record = { latitude: n, longitude: 0 };
  const durable = n % 3 === 2;
  const ok = store.commit({
    changes: [
      { table: 'location', id: `n${n}`, record },
      { table: 'location', id: 'newest', record },
    ],
    entries: [{ kind: 'asked', effect: n }],
    durable,
  });
  if (durable && ok) writeSync(1, `${n}\n`);
}
