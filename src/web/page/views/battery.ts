// The battery as a bar. Drawn as SVG, because its attributes carry numbers and the page allows no style in its markup.
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Portrait } from '../../../domain/telling/portrait.ts';
import type { Scene } from '../view.ts';

export function battery({ words, format }: Scene, { state }: Portrait): TemplateResult {
  const level = typeof state.battery === 'number' ? state.battery : null;
  const target = typeof state.target === 'number' ? state.target : null;
  const goal = target === null ? '' : `, ${words.loadpoint.target(format.percent(target) ?? '')}`;
  const label = `${words.loadpoint.battery}: ${format.percent(level) ?? words.unknown}${goal}`;
  return html`<svg class="battery ${state.charging === true ? 'charging' : ''}" role="img" aria-label=${label}>
    <rect class="level" width="${level ?? 0}%" height="100%" />
    ${target === null || target >= 100 ? nothing : mark(target)}
  </svg>`;
}

const mark = (target: number) => svg`<rect class="mark" x="${target}%" width="3" height="100%" />`;
