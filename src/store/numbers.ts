// Every number of the store: value, unit, why.
import { hours, seconds } from '../domain/instant.ts';

export const storeNumbers = {
  /** records that wait together at most: with many assets a whole group would stop the event loop, and a command that comes then,
      for long (12 µs each). 20–200 */
  groupRecords: 64,
  /** rows in the write-ahead log from which they are copied into the database once no group was written for `quietMs`, and from which a
      grouped write does so at once: the copy takes two waits for the disk, and some µs for each row. The second is well below the
      thousand pages at which SQLite makes any commit do it. 100–500; 400–700 */
  checkpointRows: 300,
  checkpointMost: 500,
  quietMs: 100,
  /** ms; what need not be durable waits this long for company (design 3: "grouped up to 5 s"). */
  groupMs: seconds(5),
  /** ms; journal lines of facts that changed nothing wait this long: they are evidence only, and each write wears a memory card. 5–300 s */
  linesMs: seconds(60),
  /** ms; so often a disk that refused is tried again. */
  retryMs: seconds(30),
  /** bytes; a disk that refused counts as well again when it takes this much at once, so that the telling does not flap. */
  probeBytes: 65_536,
  /** ms; another program (a person with sqlite3) may hold the file this long before a commit is refused: the loop stands still meanwhile. */
  busyMs: 1_000,
  /** ms; a damaged database stays a problem for a person to see this long, or until a restart. */
  damageShownMs: hours(24),
  /** Ended attempts kept; at most 150 commands a day and loadpoint, usually a handful. */
  attemptsKept: 1_000,
  /** UTF-16 units of a segment's lines before it is closed: packing it must not hold the loop for more than a few ms. */
  segmentChars: 500_000,
  /** ms; a replay starts at a segment's head, so a head each day. */
  segmentMs: hours(24),
  /** ms; design 3: "14 days or 100 MB". */
  journalMs: 14 * hours(24),
  journalBytes: 100_000_000,
  /** records in a segment's head (about 9 for each asset), gathered within one write, so it must not take long (6 µs each); a site with
      more starts its segments without. 100–1,000 */
  snapshotRows: 400,
  /** UTF-16 units of journal lines held while the disk refuses; the oldest go first. Records need no bound: each replaces its older self. */
  heldChars: 4_000_000,
  /** bytes the write-ahead log is cut back to after a burst. */
  walBytes: 8_000_000,
} as const;
