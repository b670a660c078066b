// All that the referee has to say: what it blames, and what it would blame if nobody had asked for it.
export function findings(verdict: unknown): unknown[] {
  const { breaches, unjudged } = verdict as { readonly breaches: unknown[]; readonly unjudged: unknown[] };
  return [...breaches, ...unjudged];
}
