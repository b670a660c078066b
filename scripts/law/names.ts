// Names that the house forbids outside kernel: time and chance are arguments (design 8), else no day can be replayed.
import type { Token } from './tokens.ts';

export interface Hit {
  readonly line: number;
  readonly what: string;
}

const timers = new Set(['setTimeout', 'setInterval', 'setImmediate']);
const chance = new Set(['randomUUID', 'randomBytes', 'randomInt', 'getRandomValues']);
const clockRemedy = 'take a WorldClock (decisions) or a WireClock (sockets, shutdown) as an argument';
const chanceRemedy = 'take an Entropy as an argument';

/** Uses of the machine's time, timers and chance. @param timersAllowed for code that runs in a browser */
export function timeAndChance(tokens: readonly Token[], timersAllowed = false): Hit[] {
  const hits: Hit[] = [];
  tokens.forEach((token, at) => {
    const text = (offset: number): string | undefined => tokens[at + offset]?.text;
    const member = text(1) === '.' ? text(2) : undefined;
    const hit = (what: string, remedy: string) => hits.push({ line: token.line, what: `${what}: ${remedy}` });
    const owner = text(-1) === '.' || text(-1) === '?.' ? text(-2) : '';
    // a method or key of some other object (`socket.setTimeout(…)`, `{ setTimeout: … }`) is that object's own affair
    if (owner !== '' && owner !== 'globalThis' && owner !== 'crypto') return;
    if (text(1) === ':' && (text(-1) === '{' || text(-1) === ',')) return;
    if (timers.has(token.text) && !timersAllowed) hit(token.text, clockRemedy);
    else if (chance.has(token.text)) hit(token.text, chanceRemedy);
    else if (token.text === 'Math' && member === 'random') hit('Math.random', chanceRemedy);
    else if (token.text === 'performance' && member === 'now' && !timersAllowed) hit('performance.now', clockRemedy);
    else if (token.text === 'process' && member === 'hrtime') hit('process.hrtime', clockRemedy);
    else if (token.text === 'AbortSignal' && member === 'timeout')
      hit('AbortSignal.timeout, a hidden timer', clockRemedy);
    else if (token.text === 'Temporal' && member === 'Now') hit('Temporal.Now', clockRemedy);
    else if (token.text === 'Date' && member === 'now') hit('Date.now', clockRemedy);
    else if (token.text === 'Date' && text(-1) === 'new' && !(text(1) === '(' && text(2) !== ')')) {
      hit('new Date() without an argument', clockRemedy);
    } else if (token.text === 'Date' && text(1) === '(' && text(-1) !== 'new') hit('Date()', clockRemedy);
  });
  return hits;
}

/** Test doubles that hollow out the libraries under test: clock, network and chance are passed in instead. */
export function mocks(tokens: readonly Token[]): Hit[] {
  const forbidden = new Set(['mock', 'doMock', 'useFakeTimers', 'stubGlobal', 'setSystemTime']);
  return tokens.flatMap((token, at) =>
    token.text === 'vi' && tokens[at + 1]?.text === '.' && forbidden.has(tokens[at + 2]?.text ?? '')
      ? [{ line: token.line, what: `vi.${tokens[at + 2]!.text}: pass a SimulatedClock or a fake port as an argument` }]
      : [],
  );
}
