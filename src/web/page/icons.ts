// The few pictures of the page, drawn by strokes. They say nothing that no word beside them says.
import { html, svg, type TemplateResult } from 'lit';

const paths = {
  home: svg`<path d="M4 11 12 4l8 7v9h-5.500v-6h-5v6H4z" />`,
  devices: svg`<path d="M5 16.5v-4l2-5a1.5 1.5 0 0 1 1.4-1h7.200a1.5 1.5 0 0 1 1.4 1l2 5v4M4 16.5h16M5 12.5h14M6.5 16.5v2m11-2v2" />`,
  pairs: svg`<path d="M10 8.5 12.5 6a4 4 0 0 1 5.7 5.700L15.5 14.300M14 15.5 11.5 18a4 4 0 0 1-5.7-5.700L8.5 9.700M9.5 14.500l5-5" />`,
  settings: svg`<path d="M4 7h9m4 0h3M4 12h2m4 0h10M4 17h9m4 0h3" /><circle cx="15" cy="7" r="2" /><circle cx="8" cy="12" r="2" /><circle cx="15" cy="17" r="2" />`,
  bolt: svg`<path d="M13 3 6 13h5l-1 8 7-10h-5z" />`,
  charger: svg`<path d="M6 20V5h8v15M4.5 20h11M8.5 9.500h3M14 12h2v4.500a1.750 1.750 0 0 0 3.5 0V9L17 6.5" />`,
  warning: svg`<path d="M12 4 3 19.500h18zM12 10v4.500m0 2.500v.1" />`,
  check: svg`<path d="m5 12.5 4.5 4.500L19 7.5" />`,
  close: svg`<path d="m6 6 12 12M18 6 6 18" />`,
  out: svg`<path d="M13 5h6v6m0-6-8.5 8.500M10 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-4" />`,
  eye: svg`<path d="M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6z" /><circle cx="12" cy="12" r="2.5" />`,
} as const;

export type IconName = keyof typeof paths;

export const icon = (name: IconName): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths[name]}</svg>`;
