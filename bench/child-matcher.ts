// Plays generated households to the matcher, in a process of its own.
import { difficulties } from '../test/support/households/difficulty.ts';
import { judge, noVerdict } from '../test/support/households/judge.ts';
import { serve } from './parts/child.ts';

serve({
  levels: () => difficulties.length,
  judge({ level, first, households, days }: { level: number; first: number; households: number; days: number }) {
    const difficulty = difficulties[level]!;
    const verdict = noVerdict();
    for (let n = 0; n < households; n++) judge(level * 100_000 + first + n, difficulty, days, verdict);
    return { name: difficulty.name, ...verdict };
  },
});
