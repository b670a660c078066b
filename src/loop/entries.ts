// What one look leaves in the journal: the facts in the order they were taken, what was looked at, and what was asked for.
import type { Told } from '../domain/fact.ts';
import type { Instant } from '../domain/instant.ts';
import type { LookResult } from './look.ts';
import type { JournalEntry } from './ports.ts';

export function entriesOf(told: readonly Told[], { decisions, effects }: LookResult, now: Instant): JournalEntry[] {
  const entries: JournalEntry[] = told.map(({ at, fact }) => ({ kind: 'told', at, fact }));
  if (decisions.length > 0) entries.push({ kind: 'looked', now, subjects: decisions.map(({ lead }) => lead) });
  for (const effect of effects) entries.push({ kind: 'asked', effect });
  return entries;
}
