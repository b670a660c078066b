// Unlinking: what it does to every device is told first, and only a second word does it.
import { html, nothing, type TemplateResult } from 'lit';
import type { Consequence } from '../ask.ts';
import { icon } from '../icons.ts';
import { brandName, type Dialog } from '../model.ts';
import type { Act, Scene } from '../view.ts';
import { closeButton, closeDialog, errorIn, modal } from './modal.ts';
import { waitingFor } from './session.ts';

type Unlink = Extract<Dialog, { kind: 'unlink' }>;

/** Opens the dialog and asks what would follow. @param all everything of the account, not only devices of this kind */
export async function openUnlink(
  act: Act,
  { id, name, all = false }: { readonly id: string; readonly name: string; readonly all?: boolean },
): Promise<void> {
  const dialog: Unlink = { kind: 'unlink', id, name, all, told: null, error: null };
  act.open(dialog);
  const answer = await act.askQuietly(`unlink/${id}`, 'unlink', { id, all });
  if (answer.status === 'ok') return;
  const told = answer.error.code === 'confirm_needed' ? (answer.data?.consequences as readonly Consequence[]) : null;
  act.reopen({ ...dialog, told, error: told === null ? answer.error.message : null });
}

export function unlinkDialog(scene: Scene, dialog: Unlink): TemplateResult {
  const { model, words, act } = scene;
  const { id, name, all, told, error } = dialog;
  const isBusy = model.waiting.has(`unlink/${id}`);
  const unlink = async (): Promise<void> => {
    const answer = await act.askQuietly(`unlink/${id}`, 'unlink', { id, all, confirm: true });
    if (answer.status === 'error') return act.reopen({ ...dialog, error: answer.error.message });
    closeDialog();
    act.notice(words.unlink.done(name));
  };
  const content = told === null ? (error === null ? waitingFor(words.wait) : nothing) : consequences(scene, told);
  return modal(
    scene,
    words.unlink.title(name),
    html`${content} ${wholeAccount(scene, dialog)} ${errorIn(error)}`,
    html`${closeButton(scene, words.unlink.keep)}
      <button type="button" class="danger" ?disabled=${told === null} aria-busy=${isBusy} @click=${unlink}>${words.unlink.confirm}</button>`,
  );
}

function consequences({ words }: Scene, told: readonly Consequence[]): TemplateResult {
  const isSeveral = told.filter(({ effect }) => effect === 'gone').length > 1;
  return html`${isSeveral ? html`<p>${words.unlink.several}</p>` : nothing}
    <ul class="consequences">
      ${told.map(
        ({ kind, name, effect }) => html`<li>${icon(kind === 'vehicle' ? 'devices' : 'charger')}
          <span><strong>${name}</strong> ${words.unlink.effects[effect] ?? effect}</span></li>`,
      )}
    </ul>`;
}

/** Offered where the account has devices of the other kind, too. */
function wholeAccount({ model, words, act }: Scene, { id, name, all }: Unlink): TemplateResult | typeof nothing {
  const user = model.onboarding?.users.find(({ vehicles, chargers }) =>
    [...vehicles, ...chargers].some((one) => one.id === id),
  );
  const vendor = [...(user?.vehicles ?? []), ...(user?.chargers ?? [])].find((one) => one.id === id)?.vendor;
  const has = (devices: readonly { readonly vendor: string }[] = []): boolean =>
    devices.some((one) => one.vendor === vendor);
  if (vendor === undefined || !has(user?.vehicles) || !has(user?.chargers)) return nothing;
  const choose = (event: Event): unknown =>
    openUnlink(act, { id, name, all: (event.target as HTMLInputElement).checked });
  return html`<label class="choice"><input type="checkbox" .checked=${all} @change=${choose} />
    <span>${words.unlink.all(brandName(model, vendor))}</span></label>`;
}
