// A person's word on which car is on a charger: one of the same user's, or a guest's. It holds until the cable is pulled out.
import { html, type TemplateResult } from 'lit';
import type { Dialog } from '../model.ts';
import type { Scene } from '../view.ts';
import { closeButton, closeDialog, errorIn, modal } from './modal.ts';

type Correct = Extract<Dialog, { kind: 'correct' }>;

export function correctDialog(scene: Scene, dialog: Correct): TemplateResult {
  const { model, words, act } = scene;
  const { id, name, user, error } = dialog;
  const vehicles = model.onboarding?.users.find((one) => one.id === user)?.vehicles ?? [];
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const chosen = `${new FormData(event.target as HTMLFormElement).get('vehicle') ?? ''}`;
    if (chosen === '') return;
    const isGuest = chosen === 'guest';
    const answer = await act.askQuietly(
      `correct/${id}`,
      isGuest ? 'guest' : 'confirm_pair',
      isGuest ? { charger: id } : { vehicle: chosen, charger: id },
    );
    if (answer.status === 'error') return act.reopen({ ...dialog, error: answer.error.message });
    closeDialog();
    act.notice(words.pairs.done);
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
      </fieldset>
      <p class="muted">${words.pairs.correctText}</p>
      ${errorIn(error)}
    </form>`,
    html`${closeButton(scene, words.cancel)}
      <button type="submit" form="correct-form" ?disabled=${model.waiting.has(`correct/${id}`)}>${words.pairs.say}</button>`,
  );
}
