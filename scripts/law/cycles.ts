// Finds files that import each other in a circle at run time: such files can only be loaded, tested and moved together.

/** One circle per knot, shortest first file by name: `[a, b, c]` means a → b → c → a. */
export function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const file of [...graph.keys()].sort()) {
    if (done.has(file)) continue;
    const circle = shortestWayBack(graph, file);
    if (!circle) continue;
    cycles.push(circle);
    for (const member of circle) done.add(member);
  }
  return cycles;
}

function shortestWayBack(graph: ReadonlyMap<string, readonly string[]>, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const next of graph.get(file) ?? []) {
      if (next === start) {
        const way = [file];
        for (let step = file; step !== start; ) {
          step = cameFrom.get(step)!;
          way.unshift(step);
        }
        return way;
      }
      if (!cameFrom.has(next)) {
        cameFrom.set(next, file);
        queue.push(next);
      }
    }
  }
  return undefined;
}
