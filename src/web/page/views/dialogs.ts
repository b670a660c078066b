// The dialogs: each is the browser's own <dialog>, so focus stays inside, Escape closes it, and focus returns where it was.
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { Scene } from '../view.ts';

export function dialogOf(scene: Scene): TemplateResult | typeof nothing {
  const { model, words, act } = scene;
  const { dialog } = model;
  if (!dialog) return nothing;
  const stop = (): void => {
    closeDialog();
    void act.ask(`charging/${dialog.id}`, 'command', { id: dialog.id, command: 'stop', anywhere: true });
  };
  return modal(
    scene,
    words.loadpoint.awayTitle,
    html`<p><strong>${dialog.name}</strong></p>
      <p>${words.loadpoint.awayText}</p>`,
    html`<button type="button" class="plain" @click=${closeDialog}>${words.cancel}</button>
      <button type="button" class="danger" @click=${stop}>${words.loadpoint.awayStop}</button>`,
  );
}

/** Only the element itself gives the focus back. */
export const closeDialog = (): void => document.querySelector<HTMLDialogElement>('dialog[open]')?.close();

function modal({ act }: Scene, title: string, content: TemplateResult, buttons: TemplateResult): TemplateResult {
  const show = (element?: Element): void => {
    if (element instanceof HTMLDialogElement && !element.open) element.showModal();
  };
  return html`<dialog aria-labelledby="dialog-title" ${ref(show)} @close=${act.close}>
    <h2 id="dialog-title">${title}</h2>
    ${content}
    <div class="buttons">${buttons}</div>
  </dialog>`;
}
