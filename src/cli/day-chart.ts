// A day of each car as two lines of text: power by quarter hour, and the battery at noon and at the end.

export interface Sample {
  readonly id: string;
  readonly name: string;
  readonly kw: number;
  /** % */
  readonly battery: number | null;
}

const blocks = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/** Two quarters share a character, so that a day fits into a terminal. */
const perCharacter = 2;

export function chartOf(samples: readonly Sample[]): string {
  const ids = [...new Set(samples.map(({ id }) => id))];
  const most = Math.max(1, ...samples.map(({ kw }) => kw));
  const width = Math.max(...samples.map(({ name }) => name.length), 4);
  const lines = ids.map((id) => {
    const own = samples.filter((sample) => sample.id === id);
    const bars: string[] = [];
    for (let at = 0; at < own.length; at += perCharacter) {
      const kw = Math.max(...own.slice(at, at + perCharacter).map((sample) => sample.kw));
      bars.push(blocks[kw <= 0 ? 0 : Math.max(1, Math.round((kw / most) * 8))]!);
    }
    const level = (sample: Sample | undefined): string =>
      sample?.battery == null ? '?' : `${Math.round(sample.battery)} %`;
    return `${own[0]!.name.padEnd(width)} │${bars.join('')}│ ${level(own[0])} → ${level(own.at(-1))}`;
  });
  const hours = ['0', '6', '12', '18'].map((hour) => hour.padEnd(12)).join('');
  return [...lines, `${' '.repeat(width)}  ${hours}  (UTC; full bar = ${most.toFixed(1)} kW)`].join('\n');
}
