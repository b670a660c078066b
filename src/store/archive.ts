// The journal for those who read it: diagnostics, the page, replays.
import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Furnished } from './furnished.ts';
import { listSegments, partsOf, type Segment, type SegmentInfo, segmentFrom } from './segments.ts';

export interface Archive {
  /** Oldest first. */
  segments(): readonly SegmentInfo[];
  /** null when there is no such segment, or it cannot be read. */
  readSegment(id: number): Segment | null;
}

type Read = <T>(work: (tables: Furnished) => T, otherwise: T) => T;

export function createArchive(read: Read, flush: () => boolean, log: Log): Archive {
  return {
    segments: () => {
      flush();
      return read<readonly SegmentInfo[]>((tables) => listSegments(tables.db), []);
    },
    readSegment: (id) => {
      flush();
      const parts = read<readonly unknown[]>((tables) => partsOf(tables.db, id), []);
      if (parts.length === 0) return null;
      try {
        return segmentFrom(parts);
      } catch (thrown) {
        log.warn(`Database: the journal segment ${id} cannot be read (${messageOf(thrown)}).`);
        return null;
      }
    },
  };
}
