// A real Mosquitto on loopback: plain or TLS, open or with passwords, forgetful or with retained messages kept over a restart.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { makeCertificates } from './certificates.ts';
import { freePort } from './free-port.ts';
import { type Program, startProgram, until, whereIs } from './program.ts';

export interface MosquittoOptions {
  /** Password by name. With users, nobody else is let in unless `allowAnonymous`. */
  readonly users?: Readonly<Record<string, string>>;
  readonly allowAnonymous?: boolean;
  /** TLS with a certificate for these host names (127.0.0.1 always is), signed by a CA made now. */
  readonly tls?: { readonly names: readonly string[] };
  /** Retained messages and sessions outlive a restart. */
  readonly persistence?: boolean;
  /** Further lines of mosquitto.conf. */
  readonly lines?: readonly string[];
}

export interface Mosquitto {
  readonly port: number;
  /** `mqtt://127.0.0.1:port`, or `mqtts://` with TLS */
  readonly url: string;
  /** The CA to trust, with TLS. */
  readonly caFile: string | undefined;
  log(): string;
  /** Changes or removes passwords (null); they rule from the next restart on. */
  setUsers(users: Readonly<Record<string, string | null>>): void;
  /** Ends it politely, or as a crash would. Its port and data stay reserved for `start`. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** On the same port, with the data it kept. */
  start(): Promise<void>;
  restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Ends it and removes its files. */
  remove(): Promise<void>;
}

/** Why the Mosquitto tests cannot run here, for `describe.skipIf`; `undefined` when they can. */
export function whyNoMosquitto(): string | undefined {
  const missing = ['mosquitto', 'mosquitto_passwd', 'openssl'].filter((name) => !whereIs(name));
  return missing.length === 0
    ? undefined
    : `${missing.join(', ')} not installed: apt-get install mosquitto openssl (a missing mosquitto_passwd comes with mosquitto)`;
}

export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'enode2mqtt-mosquitto-'));
  const port = await freePort();
  const certificates = options.tls ? makeCertificates(join(folder, 'tls'), options.tls.names) : undefined;
  const passwords = join(folder, 'passwords');
  const setUsers = (users: Readonly<Record<string, string | null>>): void => {
    if (!existsSync(passwords)) writeFileSync(passwords, '', { mode: 0o600 });
    for (const [name, password] of Object.entries(users)) {
      const args = password === null ? ['-D', passwords, name] : ['-b', passwords, name, password];
      execFileSync(whereIs('mosquitto_passwd')!, args, { stdio: 'pipe' });
    }
  };
  if (options.users) setUsers(options.users);
  mkdirSync(join(folder, 'data'));
  const configuration = join(folder, 'mosquitto.conf');
  writeFileSync(
    configuration,
    [
      // it would leave root for a user that may not read this folder
      ...(userInfo().uid === 0 ? ['user root'] : []),
      `listener ${port} 127.0.0.1`,
      'log_dest stderr',
      'log_type all',
      `allow_anonymous ${options.allowAnonymous ?? !options.users}`,
      ...(options.users ? [`password_file ${passwords}`] : []),
      ...(certificates ? [`certfile ${certificates.certificate}`, `keyfile ${certificates.key}`] : []),
      `persistence ${options.persistence ?? false}`,
      ...(options.persistence ? [`persistence_location ${join(folder, 'data')}/`] : []),
      ...(options.lines ?? []),
      '',
    ].join('\n'),
  );

  let log = '';
  let program: Program | undefined;
  const logNow = (): string => log + (program?.output() ?? '');
  const start = async (): Promise<void> => {
    if (program?.isRunning()) return;
    log = logNow();
    const started = startProgram(whereIs('mosquitto')!, ['-c', configuration]);
    program = started;
    await until(
      () => {
        if (!started.isRunning()) throw new Error(`mosquitto ended at start:\n${started.output()}`);
        return isOpen(port);
      },
      () => `mosquitto listens on port ${port}\n${logNow()}`,
      10_000,
    );
  };
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> => void (await program?.stop(signal));
  await start();
  return {
    port,
    url: `${certificates ? 'mqtts' : 'mqtt'}://127.0.0.1:${port}`,
    caFile: certificates?.authority,
    log: logNow,
    setUsers,
    start,
    stop,
    restart: async (signal) => {
      await stop(signal);
      await start();
    },
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
