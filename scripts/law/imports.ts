// Judges one import against the table of rooms.
import { builders, onlyIn, type Room, roomOf, rooms } from './rooms.ts';
import type { Import } from './source.ts';

/** What is wrong with the import, with its remedy; `undefined` when it is lawful. @param file path from the repository's root */
export function faultOfImport(file: string, found: Import): string | undefined {
  const room = roomOf(inSrc(file) ?? '');
  if (room === undefined) return undefined; // the file itself is reported for standing in no room
  const rule = rooms[room]!;
  if (found.from === undefined) {
    return builders.includes(room)
      ? undefined
      : 'imports something computed: write the specifier as a literal, so that the law can read it';
  }
  if (found.from.startsWith('.')) return faultOfFile(file, room, rule, found, found.from);
  return faultOfModule(room, rule, found.from);
}

/** `src/enode/wire.ts` → `enode/wire`; `undefined` for files outside `src/`. */
export function inSrc(file: string): string | undefined {
  return file.startsWith('src/') ? file.slice('src/'.length).replace(/\.[a-z]+$/, '') : undefined;
}

/** The path from the repository's root that a relative specifier means. */
export function resolveImport(file: string, specifier: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const step of specifier.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return parts.join('/');
}

function faultOfFile(file: string, room: string, rule: Room, found: Import, specifier: string): string | undefined {
  if (/\.[cm]?jsx?$/.test(specifier) || !/\.[a-z]+$/.test(specifier)) {
    return `imports ${specifier}: a relative import names the file with its ending, .ts`;
  }
  const target = inSrc(resolveImport(file, specifier));
  if (target === undefined) return `imports ${specifier}, outside src: what the product needs at run time lives in src`;
  const targetRoom = roomOf(target);
  if (targetRoom === undefined) return `imports ${target}, which stands in no room`;
  if (targetRoom === room) return undefined;
  if (builders.includes(targetRoom)) {
    if (builders.includes(room) && !(room === 'house' && targetRoom === 'cli') && targetRoom !== 'main')
      return undefined;
    return `${room} imports ${target}: nobody imports ${targetRoom}; let the caller pass in what is needed`;
  }
  if (rule.may?.some((entry) => covers(entry, target, targetRoom))) return undefined;
  if (rule.types?.some((entry) => covers(entry, target, targetRoom))) {
    return found.typesOnly
      ? undefined
      : `${room} imports values of ${target}: only types are allowed; write \`import type\``;
  }
  return `${room} imports ${target}: ${room} may know ${told(room, rule)}; ${remedyFor(room, targetRoom)}`;
}

function faultOfModule(room: string, rule: Room, specifier: string): string | undefined {
  const module = moduleOf(specifier);
  const owners = Object.entries(onlyIn).find(([name]) => module === name || specifier.startsWith(`${name}/`))?.[1];
  if (owners && !owners.includes(room) && !(builders.includes(room) && module === 'node:sqlite')) {
    return `${room} imports ${specifier}: only ${owners.join(', ')} may`;
  }
  const allowed = module.startsWith('node:')
    ? rule.node === 'all' || rule.node?.includes(module)
    : rule.libraries?.some((name) => name === '*' || name === module);
  return allowed ? undefined : `${room} imports ${specifier}: ${room} may know ${told(room, rule)}`;
}

/** `hono/client` → `hono`, `@hono/node-server/x` → `@hono/node-server`, `node:fs/promises` → `node:fs`. */
function moduleOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function covers(entry: string, target: string, targetRoom: string): boolean {
  if (entry === '*') return true;
  if (entry.startsWith('*/')) return target === `${targetRoom}/${entry.slice(2)}`;
  return entry === targetRoom || target === entry || target.startsWith(`${entry}/`);
}

function told(room: string, rule: Room): string {
  const known = [
    'itself',
    ...(rule.may ?? []),
    ...(rule.types ?? []).map((name) => `types of ${name}`),
    ...(rule.libraries ?? []),
    ...(rule.node === 'all' ? [`node's modules`] : (rule.node ?? [])),
  ];
  return known.length === 1 ? `only ${room} itself` : known.join(', ');
}

function remedyFor(room: string, targetRoom: string): string {
  if (room === 'simulator') return 'it is a second opinion: write it anew, test/contract holds both together';
  if (room === 'domain') return 'take the value as an argument';
  if (targetRoom === 'loop') return 'use an interface of loop/ports';
  return 'take a function as an argument and let house join the two';
}
