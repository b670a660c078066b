// Logging in to a brand again: its login is no longer valid, or the last step of an intervention.
import { html, nothing, type TemplateResult } from 'lit';
import { chargersIn, type Dialog, vehiclesIn } from '../model.ts';
import type { Act, Scene } from '../view.ts';
import type { Words } from '../words/en.ts';
import { closeButton, errorIn, modal } from './modal.ts';
import { comeBack, sessionLink, sessionOf, waitingFor } from './session.ts';

type Relink = Extract<Dialog, { kind: 'relink' }>;

/** Opens the dialog and asks for the login page. */
export async function openRelink(
  act: Act,
  words: Words,
  { id, name, brand }: { readonly id: string; readonly name: string; readonly brand: string },
): Promise<void> {
  const dialog: Relink = { kind: 'relink', id, name, brand, session: null, error: null };
  act.open(dialog);
  const answer = await act.askQuietly(`relink/${id}`, 'relink', { id, ...comeBack() });
  const session = sessionOf(answer, { onboarding: null });
  const error = answer.status === 'error' ? answer.error.message : session ? null : words.failed;
  act.reopen({ ...dialog, session, error });
}

export function relinkDialog(scene: Scene, { id, brand, session, error }: Relink): TemplateResult {
  const { model, words } = scene;
  const device = [...vehiclesIn(model), ...chargersIn(model)].find((one) => one.id === id);
  const isDone = session !== null && device?.loginInvalid === false;
  const content = isDone
    ? html`<p role="status">${words.relink.done}</p>`
    : session
      ? html`${sessionLink(scene, session, brand)} ${waitingFor(words.relink.wait)}`
      : error === null
        ? waitingFor(words.wait)
        : nothing;
  return modal(scene, words.relink.title(brand), html`${content} ${errorIn(error)}`, closeButton(scene, words.close));
}
