// A look's changes laid over the site: pure functions read and write here, the site itself stays as it was until they are committed.
import type { Change, Site, TableName, Tables, View } from './site.ts';
import type { Happening } from './telling/portrait.ts';
import type { Reason } from './telling/reason.ts';

/** What a person's command gets back. `subject` set: the command state of that asset completes it. */
export interface Answer {
  readonly transaction: string;
  readonly ok: boolean;
  readonly subject: string | null;
  readonly reason: Reason | null;
  readonly field: string | null;
}

export class Draft implements View {
  readonly #site: Site;
  /** By table, then id: ids keep their hash, a text made of both would be hashed at every read. */
  readonly #changed = new Map<TableName, Map<string, Change>>();
  #all: readonly Change[] | null = null;
  #writes = 0;
  /** In the order in which they happened. */
  readonly happenings: Happening[] = [];

  constructor(site: Site) {
    this.#site = site;
  }

  get settings(): Site['settings'] {
    return this.#site.settings;
  }

  get<T extends TableName>(table: T, id: string): Tables[T] | undefined {
    const change = this.#changed.get(table)?.get(id);
    if (change) return (change.record as Tables[T] | null) ?? undefined;
    return (this.#site[table] as ReadonlyMap<string, Tables[T]>).get(id);
  }

  ids(table: TableName): readonly string[] {
    return [...this.#site[table].keys()].sort();
  }

  /** Replaces a record; null removes it. The same record again is no change. */
  put<T extends TableName>(table: T, id: string, record: Tables[T] | null): void {
    if (this.get(table, id) === (record ?? undefined)) return;
    const changes = this.#changed.get(table) ?? new Map<string, Change>();
    this.#changed.set(table, changes);
    changes.set(id, { table, id, record } as Change);
    this.#all = null;
    this.#writes++;
  }

  /** How often a record was replaced: tells whether a step wrote anything. */
  get writes(): number {
    return this.#writes;
  }

  /** To be answered once this look knows what became of it. */
  readonly answers: Answer[] = [];

  tell(happening: Happening): void {
    this.happenings.push(happening);
  }

  /** Takes back what was told in this look. @returns whether it was */
  untell({ subject, type, detail }: Happening): boolean {
    const at = this.happenings.findIndex(
      (one) => one.subject === subject && one.type === type && one.detail === detail,
    );
    if (at >= 0) this.happenings.splice(at, 1);
    return at >= 0;
  }

  /** All replaced records, each once, table by table. */
  changes(): readonly Change[] {
    this.#all ??= [...this.#changed.values()].flatMap((changes) => [...changes.values()]);
    return this.#all;
  }
}
