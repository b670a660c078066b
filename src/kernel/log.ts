// The log a user reads: one line per change, level and text, never a secret. Secrets are blanked by value wherever they turn up.
import { pino } from 'pino';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Log {
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

export interface HouseLog extends Log {
  setLevel(level: LogLevel): void;
  level(): LogLevel;
  /** From now on `value` (also URL-encoded) is blanked in every line. Values under 4 characters are not blanked. */
  hide(value: string): void;
}

/** @param write receives whole lines with their line feed @param now epoch ms, printed as local time of the machine */
export function createLog(options: { level: LogLevel; now: () => number; write?: (line: string) => void }): HouseLog {
  const hidden = new Set<string>();
  const write = options.write ?? ((line: string) => void process.stdout.write(line));
  const clean = (line: string): string => {
    let text = line;
    for (const value of hidden) text = text.replaceAll(value, '[secret]');
    return text;
  };
  const sink = {
    write(json: string): void {
      const { level, msg } = JSON.parse(json) as { level: string; msg: string };
      write(clean(`${localTime(options.now())} ${level.toUpperCase().padEnd(5)} ${msg}\n`));
    },
  };
  const logger = pino(
    { level: options.level, base: null, timestamp: false, formatters: { level: (label) => ({ level: label }) } },
    sink,
  );
  return {
    debug: (text) => logger.debug(text),
    info: (text) => logger.info(text),
    warn: (text) => logger.warn(text),
    error: (text) => logger.error(text),
    setLevel: (level) => {
      logger.level = level;
    },
    level: () => logger.level as LogLevel,
    hide: (value) => {
      if (value.length < 4) return;
      hidden.add(value);
      hidden.add(encodeURIComponent(value));
    },
  };
}

function localTime(epoch: number): string {
  const at = new Date(epoch);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** A log that keeps nothing, for parts under test. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
