// The daemon: options, store, broker, house; ends well on SIGTERM. In Home Assistant it needs no arguments.
import { readBrands } from '../config/brands.ts';
import { dataFolder, loadOptions } from '../config/load.ts';
import { chooseBroker } from '../house/broker.ts';
import { createHouse } from '../house/house.ts';
import { fitMemory } from '../house/memory.ts';
import { openStore } from '../house/storage.ts';
import { realEntropy } from '../kernel/entropy.ts';
import { UserError } from '../kernel/errors.ts';
import { createLifetime } from '../kernel/lifetime.ts';
import { createLog } from '../kernel/log.ts';
import { realClock } from '../kernel/real-clock.ts';
import { type Command, type Flag, runCommand } from './arguments.ts';
import { servePage } from './page.ts';
import { serveWebhooks } from './webhook-port.ts';

const command = {
  call: 'npm start --',
  about:
    'The daemon: shows the cars and chargers of your Enode users on your broker, and carries out what you ask of them.',
  flags: {
    options: { type: 'string', placeholder: 'FILE', about: 'options as JSON; in Home Assistant /data/options.json' },
    data: { type: 'string', placeholder: 'DIR', about: 'folder of its memory; in Home Assistant /data, else ./data' },
    'page-port': {
      type: 'number',
      default: 8099,
      min: 0,
      max: 65_535,
      whole: true,
      about: 'port of the page, on loopback',
    },
  },
} as const satisfies Command<Readonly<Record<string, Flag>>>;

/** ms of real time after which an end that hangs is ended: Home Assistant waits 10 s. */
const endWithinMs = 4_500;

/** @param ending asks it to end, at any time */
export async function runDaemon(argv: readonly string[], env: NodeJS.ProcessEnv, ending: AbortSignal): Promise<void> {
  await runCommand(command, argv, async ({ flags, given }) => {
    const loaded = loadOptions({ ...(flags.options === undefined ? {} : { file: flags.options }), env });
    const log = createLog({ level: loaded.ok ? loaded.options.log_level : 'info', now: realClock.world.now });
    for (const warning of loaded.warnings) log.warn(warning);
    if (!loaded.ok) {
      for (const { message } of loaded.errors) log.error(message);
      process.exitCode = 2;
      return;
    }
    const life = createLifetime((name, thrown) => log.error(`Stopping ${name} failed: ${thrown}`));
    try {
      const folder = dataFolder(flags.data, env);
      const brands = readBrands(folder);
      const settings = { ...loaded.site, brands: brands.book };
      fitMemory(settings.users.length);
      const store = openStore({ folder, clock: realClock, entropy: realEntropy, log, settings });
      life.onStop('the store', store.close);
      // Not before the folder is known to be one: it has a sentence of its own.
      if (brands.warning !== null) log.warn(brands.warning);
      const token = env.SUPERVISOR_TOKEN;
      const broker = await chooseBroker({
        pieces: loaded.mqtt,
        store,
        clock: realClock,
        log,
        supervisor: token ? { ask: fetch, token } : null,
        signal: ending,
      });
      if (!broker) return;
      life.onStop('the broker', broker.stop);
      log.info(`Broker: ${broker.address}`);
      const house = createHouse({
        settings,
        enode: loaded.enode,
        mqtt: broker.settings,
        store,
        clock: realClock,
        entropy: realEntropy,
        log,
        world: () => ({ simulated: false, speed: 1 }),
        ...(broker.connect ? { connect: broker.connect } : {}),
      });
      store.serve(house.loop);
      life.onStop('the house', house.stop);
      const page = await servePage(
        house,
        { wire: realClock.wire, log },
        {
          access: token ? 'ingress' : 'loopback',
          port: flags['page-port'],
          named: given.has('page-port'),
          flag: '--page-port',
        },
      );
      life.onStop('the page', page.stop);
      log.info(token ? 'Page: in the sidebar of Home Assistant.' : `Page: http://127.0.0.1:${page.port}/`);
      if (loaded.webhooks && house.webhooks) {
        const webhooks = await serveWebhooks(house.webhooks, loaded.webhooks);
        life.onStop('the webhooks', webhooks.stop);
        log.info(`Webhooks: taken at http://${loaded.webhooks.host}:${webhooks.port}, reached by webhook_url`);
      }
      house.start();
      await aborted(ending);
      log.info('Stopping.');
    } catch (thrown) {
      // Rethrown it would be lost: the end below leaves before anybody could print it.
      log.error(thrown instanceof UserError ? thrown.message : `Bug (at the start): ${traceOf(thrown)}`);
      process.exitCode = thrown instanceof UserError ? 2 : 1;
    } finally {
      realClock.wire.alarm('end at the latest', endWithinMs, () => process.exit());
      await life.stop();
      process.exit();
    }
  });
}

const traceOf = (thrown: unknown): string =>
  thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
  );
