// How the heap is kept. V8 lets garbage pile up where it believes that memory is plenty; a home shall leave it to its neighbours.
import { setFlagsFromString } from 'node:v8';

/** Beyond it the collector's extra work would be felt: with 20,000 assets a fact costs a third more. Enode users. */
const FEW_USERS = 50;

/** Call once at the start, with the number of Enode users. */
export function fitMemory(users: number): void {
  if (users <= FEW_USERS) setFlagsFromString('--optimize-for-size');
}
