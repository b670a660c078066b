// Home Assistant's log without its own lines: what is left is somebody's mistake, in these tests ours.
import { existsSync, readFileSync } from 'node:fs';
import type { HomeAssistantApi } from './home-assistant-api.ts';

/** Lines that a bare Home Assistant writes by itself (measured with 2026.11.0; no other integration is set up). */
const itsOwn: readonly RegExp[] = [
  /ffmpeg/i,
  /turbojpeg/i,
  /--skip-pip|Skipping pip/i,
  /No device components to cleanup/,
  // after a change of language, for every platform of every integration
  /Failed to load integration for translation: Invalid domain /,
  // the broker went away, and perhaps once more while it resubscribed
  /mqtt\.client\] Error returned from MQTT server: The connection was lost/,
  /Error doing job[\s\S]*_async_resubscribe_and_publish_birth_message[\s\S]*The client is not currently connected/,
];

/** A record begins with its time; what follows it without one (a traceback) belongs to it. */
const recordStart = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/;

/** The foreign records of a log text, tracebacks as one piece with their line. */
export function foreignRecords(log: string): string[] {
  const records: string[] = [];
  for (const line of log.split('\n')) {
    if (recordStart.test(line)) records.push(line);
    else if (line.trim() !== '' && records.length > 0) records.push(`${records.pop()}\n${line}`);
  }
  return records.filter((record) => !itsOwn.some((own) => own.test(record)));
}

export function readLog(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Templates fail in a module of their own. */
const aboutMqtt = /mqtt|value_json/i;

interface SystemLogEntry {
  readonly timestamp: number;
  readonly level: string;
  readonly name: string;
  readonly message: readonly string[];
}

/** For a Home Assistant whose files we cannot read and that others use: warnings and errors about MQTT it remembers. @param since epoch seconds */
export async function rememberedRecords(api: HomeAssistantApi, since: number): Promise<string[]> {
  const entries = await api.call<readonly SystemLogEntry[]>('system_log/list');
  return entries
    .filter(({ timestamp, name, message }) => timestamp >= since && aboutMqtt.test(`${name} ${message.join(' ')}`))
    .map(({ level, name, message }) => `${level} [${name}] ${message.join(' · ')}`)
    .filter((record) => !itsOwn.some((own) => own.test(record)));
}
