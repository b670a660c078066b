// Builds the container image by the Dockerfile, without any image registry, and runs its process on its file system.
// Storage and trees live in the cache folder; what a run leaves there is removed by the next.
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Program, startProgram, whereIs } from './program.ts';

export interface ImageSettings {
  readonly entrypoint: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly healthCheck: readonly string[];
}

export interface Image {
  readonly settings: ImageSettings;
  /** Its file system, writable, gone with `remove`. */
  readonly root: string;
  /** Empties /data and writes /data/options.json. */
  setOptions(options: unknown): void;
  /** Starts the image's own entry point in its file system, or `command` instead. */
  start(args?: readonly string[], command?: readonly string[]): Program;
  remove(): Promise<void>;
}

const run = promisify(execFile);
const storage = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'enode2mqtt/image-storage');
const here = import.meta.dirname;
/** chroot isolation and plain copies need no kernel features that a container of a CI machine may lack. */
const environment = { ...process.env, STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot', BUILDAH_ROOT: storage };

/** Why no image can be built here, for `describe.skipIf`; `undefined` when one can. */
export function whyNoImage(): string | undefined {
  if (process.platform !== 'linux' || userInfo().uid !== 0)
    return 'building an image without an engine needs Linux and root';
  const missing = ['buildah', 'debootstrap', 'unshare'].filter((name) => !whereIs(name));
  return missing.length === 0 ? undefined : `${missing.join(', ')} not installed: apt-get install ${missing.join(' ')}`;
}

/** @param context folder with the Dockerfile. Takes minutes at the first time (Debian tree), then about one. */
export async function buildImage(context: string): Promise<Image> {
  rmSync(storage, { recursive: true, force: true });
  mkdirSync(storage, { recursive: true });
  await run(join(here, '../../image/make-base'), [process.execPath, 'enode2mqtt-test-base'], { env: environment });
  const base = ['--build-arg', 'BASE=localhost/enode2mqtt-test-base', '--pull-never'];
  await buildah('build', '--format', 'docker', ...base, '-t', 'enode2mqtt-test', context);
  const container = await buildah('from', '--pull-never', 'localhost/enode2mqtt-test');
  const root = await buildah('mount', container);
  const settings = readSettings(await buildah('inspect', container));
  const data = join(root, 'data');
  return {
    settings,
    root,
    setOptions: (options) => {
      rmSync(data, { recursive: true, force: true });
      mkdirSync(data);
      writeFileSync(join(data, 'options.json'), JSON.stringify(options));
    },
    start: (args = [], command = settings.entrypoint) =>
      startProgram('unshare', [...enter(root, settings), ...command, ...args]),
    remove: async () => {
      await buildah('rm', container);
      rmSync(storage, { recursive: true, force: true });
    },
  };
}

async function buildah(...args: string[]): Promise<string> {
  const own = ['--root', join(storage, 'root'), '--runroot', join(storage, 'run')];
  const { stdout } = await run('buildah', [...own, ...args], { env: environment, maxBuffer: 64e6 });
  return stdout.trim();
}

/** Arguments of unshare(1): the process becomes the command, so that signals and exit codes are the command's own. */
function enter(root: string, settings: ImageSettings): string[] {
  const become = 'mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"; exec chroot "$@"';
  const variables = Object.entries(settings.environment).map(([name, value]) => `${name}=${value}`);
  return [
    '--mount',
    '--propagation',
    'private',
    'sh',
    '-c',
    become,
    'sh',
    root,
    'env',
    '-i',
    '-C',
    settings.workingDirectory,
    ...variables,
  ];
}

function readSettings(inspected: string): ImageSettings {
  const { Docker } = JSON.parse(inspected) as {
    Docker: {
      config: {
        Entrypoint: string[];
        WorkingDir: string;
        Env: string[];
        Labels: Record<string, string>;
        Healthcheck?: { Test: string[] };
      };
    };
  };
  const { Entrypoint, WorkingDir, Env, Labels, Healthcheck } = Docker.config;
  return {
    entrypoint: Entrypoint,
    workingDirectory: WorkingDir,
    environment: Object.fromEntries(
      Env.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ),
    labels: Labels,
    healthCheck: Healthcheck?.Test[0] === 'CMD' ? Healthcheck.Test.slice(1) : [],
  };
}
