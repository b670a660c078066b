// A person's word on which car is on a charger: one of the same user's, or a guest's. It holds until the cable is pulled out.
import { html, nothing, type TemplateResult } from 'lit';
import type { Dialog } from '../model.ts';
import type { Scene } from '../view.ts';
import { closeButton, closeDialog, errorIn, modal } from './modal.ts';

type Correct = Extract<Dialog, { kind: 'correct' }>;

export function correctDialog(scene: Scene, dialog: Correct): TemplateResult {
  const { model, words, act } = scene;
  const { id, name, user, error } = dialog;
  const vehicles = model.onboarding?.users.find((one) => one.id === user)?.vehicles ?? [];
  /** A word stands that can be taken back. */
  const isSaid = model.pairs?.some(({ charger, guest, by }) => charger.id === id && (guest || by === 'person'));
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const chosen = `${new FormData(event.target as HTMLFormElement).get('vehicle') ?? ''}`;
    if (chosen === '') return;
    const isWithdrawn = chosen === 'withdraw';
    const isCar = chosen !== 'guest' && !isWithdrawn;
    const answer = await act.askQuietly(`correct/${id}`, isCar ? 'confirm_pair' : 'guest', {
      charger: id,
      ...(isCar ? { vehicle: chosen } : {}),
      ...(isWithdrawn ? { on: false } : {}),
    });
    if (answer.status === 'error') return act.reopen({ ...dialog, error: answer.error.message });
    closeDialog();
    act.notice(isWithdrawn ? words.pairs.withdrawn : words.pairs.done);
  };
  const choice = (value: string, text: string): TemplateResult =>
    html`<label class="choice"><input type="radio" name="vehicle" value=${value} required /><span>${text}</span></label>`;
  return modal(
    scene,
    words.pairs.correctTitle(name),
    html`<form id="correct-form" @submit=${send}>
      <fieldset class="choices">
        <legend class="unseen">${words.pairs.correctTitle(name)}</legend>
        ${vehicles.map((vehicle) => choice(vehicle.id, vehicle.name))} ${choice('guest', words.pairs.guestChoice)}
        ${isSaid ? choice('withdraw', words.pairs.withdrawChoice) : nothing}
      </fieldset>
      <p class="muted">${words.pairs.correctText}</p>
      ${errorIn(error)}
    </form>`,
    html`${closeButton(scene, words.cancel)}
      <button type="submit" form="correct-form" ?disabled=${model.waiting.has(`correct/${id}`)}>${words.pairs.say}</button>`,
  );
}
