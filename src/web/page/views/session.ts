// A login page at Enode that was asked for: its link, opened by hand in a new tab, and how long it is good for.
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { knownIn, type Session } from '../adding.ts';
import type { Answer } from '../ask.ts';
import { icon } from '../icons.ts';
import type { Model } from '../model.ts';
import type { Scene } from '../view.ts';

/** null = the answer has no link that can be opened */
export function sessionOf(answer: Answer, { onboarding }: Pick<Model, 'onboarding'>): Session | null {
  if (answer.status === 'error') return null;
  const { link_url: url, expires_at: until, warning } = answer.data;
  if (typeof url !== 'string' || !/^https?:/.test(url)) return null;
  return {
    url,
    until: typeof until === 'string' ? until : null,
    warning: typeof warning === 'string' ? warning : null,
    known: knownIn(onboarding),
  };
}

/** Where Enode shall send the browser in the end: to this page's own `linked`, unless Home Assistant lets nobody from outside in there. */
export const comeBack = (): { readonly redirect_uri?: string } =>
  location.pathname.includes('/api/hassio_ingress/') ? {} : { redirect_uri: new URL('linked', location.href).href };

/** Once it is drawn. */
const focus = (element?: Element): void => queueMicrotask(() => (element as HTMLElement | undefined)?.focus());

export function sessionLink(
  { words, format }: Scene,
  { url, until, warning }: Session,
  brand: string | null,
): TemplateResult {
  const time = format.time(until);
  return html`<div class="session">
    ${warning ? html`<p class="aside warn">${icon('warning')}<span>${warning}</span></p>` : nothing}
    <p>${words.add.openText}</p>
    <a class="button" href=${url} target="_blank" rel="noopener noreferrer" ${ref(focus)}>
      ${icon('out')} ${words.add.open(brand)} <span class="unseen">${words.newTab}</span>
    </a>
    ${time === null ? nothing : html`<p class="muted">${words.add.until(time)}</p>`}
  </div>`;
}

export const waitingFor = (text: string): TemplateResult =>
  html`<p class="waiting" role="status"><span class="spinner" aria-hidden="true"></span>${text}</p>`;
