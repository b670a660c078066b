// The questions about the daemon: diagnostics tell everything but who and where; the log level changes until the next start.
import { describe, expect, it } from 'vitest';
import { createAnswers } from '../../src/house/verbs.ts';
import { createLog } from '../../src/kernel/log.ts';
import { testSettings } from '../support/settings.ts';
import { simulatedHome } from '../support/simulated-home.ts';

const log = () => createLog({ level: 'info', now: () => 0, write: () => {} });

describe('diagnostics', () => {
  it('hold what is believed and nothing that identifies a person or a car', async () => {
    const home = await simulatedHome();
    await home.advance(60);
    const { vehicle, charger } = home.loop.site();
    const answers = createAnswers({
      loop: home.loop,
      log: log(),
      settings: testSettings(),
      asking: null as never,
      webhooks: () => null,
    });
    const text = JSON.stringify(answers({ verb: 'diagnostics', data: {} }));
    await home.stop();
    const reports = [...vehicle.values(), ...charger.values()].map(({ report }) => report);
    expect(reports.length).toBe(4);
    for (const { id, serial } of reports) {
      expect(text).not.toContain(id);
      expect(text).not.toContain(serial);
    }
    for (const told of ['Blue car', '52.0907', '5.1214', '"home"', 'demo-secret']) expect(text).not.toContain(told);
    for (const told of ['"vehicle-1"', '"charger-2"', '"user-1"', '"EV6"', '"stopped"']) expect(text).toContain(told);
  });
});

describe('the log level', () => {
  it('is changed and answered', () => {
    const own = log();
    const unasked = { loop: null as never, asking: null as never, webhooks: () => null };
    const answers = createAnswers({ ...unasked, log: own, settings: testSettings() });
    expect(answers({ verb: 'log_level', data: { level: 'debug' } })).toEqual({ level: 'debug' });
    expect(own.level()).toBe('debug');
  });
});
