// The frame of every dialog: the browser's own <dialog>, so focus stays inside, Escape closes it, and focus returns where it was.
import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { icon } from '../icons.ts';
import type { Scene } from '../view.ts';

/** Once it is drawn: until then it is not part of the page. */
const show = (element?: Element): void =>
  queueMicrotask(() => {
    if (element instanceof HTMLDialogElement && element.isConnected && !element.open) element.showModal();
  });

/** Only the element itself gives the focus back; `closed` follows. */
export const closeDialog = (): void => document.querySelector<HTMLDialogElement>('dialog[open]')?.close();

export function modal({ act }: Scene, title: string, content: TemplateResult, buttons: TemplateResult): TemplateResult {
  return html`<dialog aria-labelledby="dialog-title" ${ref(show)} @close=${act.closed}>
    <h2 id="dialog-title">${title}</h2>
    ${content}
    <div class="buttons">${buttons}</div>
  </dialog>`;
}

export const closeButton = (_scene: Scene, text: string): TemplateResult =>
  html`<button type="button" class="plain" @click=${closeDialog}>${text}</button>`;

/** Inside the dialog: whatever stands behind it is out of reach. */
export const errorIn = (error: string | null): TemplateResult =>
  html`<div role="alert">${error === null ? '' : html`<p class="aside bad">${icon('warning')}<span>${error}</span></p>`}</div>`;
