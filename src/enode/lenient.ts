// Schema pieces that bend instead of breaking: a wrong or senseless value becomes null and is told once.
import { z } from 'zod';
import type { Oddities } from './oddities.ts';

/** Ids become parts of paths and topics: no spaces, slashes, wildcards or control characters. Enode's are uuids. */
export const idText = z.string().regex(/^[^\s/#+?\p{Cc}]{1,128}$/u);

export function createLenient(oddities: Oddities) {
  const bend =
    (path: string) =>
    (caught: { value: unknown }): null => {
      oddities.value(path, caught.value);
      return null;
    };
  return {
    /** A number between `min` and `max`, both included. */
    number: (path: string, min: number, max: number) => z.number().min(min).max(max).nullish().catch(bend(path)),
    text: (path: string, most = 200) => z.string().max(most).nullish().catch(bend(path)),
    flag: (path: string) => z.boolean().nullish().catch(bend(path)),
    id: (path: string) => idText.nullish().catch(bend(path)),
    texts: (path: string, most = 100) => z.array(z.string().max(128)).max(most).nullish().catch(bend(path)),
    part: <S extends z.ZodRawShape>(path: string, shape: S) => z.object(shape).nullish().catch(bend(path)),
  };
}

export type Lenient = ReturnType<typeof createLenient>;

/** The fields of a schema and of the objects in it. */
export interface Fields {
  readonly names: ReadonlyMap<string, Fields | null>;
}

export function fieldsOf(schema: z.ZodType): Fields {
  const names = new Map<string, Fields | null>();
  for (const [name, part] of Object.entries((schema as z.ZodObject).shape)) {
    const inner = objectIn(part as z.ZodType);
    names.set(name, inner === null ? null : fieldsOf(inner));
  }
  return { names };
}

function objectIn(schema: z.ZodType): z.ZodObject | null {
  let part: z.ZodType | undefined = schema;
  while (part !== undefined && !(part instanceof z.ZodObject)) part = (part.def as { innerType?: z.ZodType }).innerType;
  return part ?? null;
}

/** Tells each field of `raw` that `fields` does not name. */
export function watchFields(path: string, raw: unknown, fields: Fields, oddities: Oddities): void {
  if (typeof raw !== 'object' || raw === null || oddities.full()) return;
  for (const name in raw) {
    const inner = fields.names.get(name);
    if (inner === undefined) oddities.field(`${path}.${name.slice(0, 60)}`);
    else if (inner !== null) watchFields(`${path}.${name}`, (raw as Record<string, unknown>)[name], inner, oddities);
  }
}
