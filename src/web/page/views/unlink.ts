// Unlinking: what it does to every device of the account is told first, and only a second word does it.
import { html, nothing, type TemplateResult } from 'lit';
import type { Consequence } from '../ask.ts';
import { icon } from '../icons.ts';
import type { Dialog } from '../model.ts';
import type { Act, Scene } from '../view.ts';
import { closeButton, closeDialog, errorIn, modal } from './modal.ts';
import { waitingFor } from './session.ts';

type Unlink = Extract<Dialog, { kind: 'unlink' }>;

/** Opens the dialog and asks what would follow. */
export async function openUnlink(
  act: Act,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  const dialog: Unlink = { kind: 'unlink', id, name, told: null, error: null };
  act.open(dialog);
  const answer = await act.askQuietly(`unlink/${id}`, 'unlink', { id });
  if (answer.status === 'error' && answer.error.code === 'confirm_needed') {
    const consequences = (answer.data?.consequences ?? []) as readonly Consequence[];
    act.reopen({ ...dialog, told: { message: answer.error.message, consequences } });
  } else if (answer.status === 'error') act.reopen({ ...dialog, error: answer.error.message });
}

export function unlinkDialog(scene: Scene, dialog: Unlink): TemplateResult {
  const { model, words, act } = scene;
  const { id, name, told, error } = dialog;
  const isBusy = model.waiting.has(`unlink/${id}`);
  const unlink = async (): Promise<void> => {
    const answer = await act.askQuietly(`unlink/${id}`, 'unlink', { id, confirm: true });
    if (answer.status === 'error') return act.reopen({ ...dialog, error: answer.error.message });
    closeDialog();
    act.notice(words.unlink.done(name));
  };
  const content =
    told === null
      ? error === null
        ? waitingFor(words.wait)
        : nothing
      : html`<p>${told.message}</p>
          ${told.consequences.length > 1 ? html`<p>${words.unlink.all}</p>` : nothing}
          <ul class="consequences">${told.consequences.map((one) => line(scene, one))}</ul>`;
  return modal(
    scene,
    words.unlink.title(name),
    html`${content} ${errorIn(error)}`,
    html`${closeButton(scene, words.unlink.keep)}
      <button type="button" class="danger" ?disabled=${told === null || isBusy} @click=${unlink}>${words.unlink.confirm}</button>`,
  );
}

const line = ({ words }: Scene, { kind, name, effect }: Consequence): TemplateResult =>
  html`<li>${icon(kind === 'vehicle' ? 'devices' : 'charger')}
    <span><strong>${name}</strong> ${words.unlink.effects[effect] ?? effect}</span></li>`;
