// Where a charger stands: said by a person, by the home position or by coordinates; never by a map or the maker's address.
import { html, nothing, type TemplateResult } from 'lit';
import { coordinatesOf, writtenOf } from '../coordinates.ts';
import type { Dialog } from '../model.ts';
import type { Scene } from '../view.ts';
import { closeButton, closeDialog, errorIn, modal } from './modal.ts';

type Place = Extract<Dialog, { kind: 'place' }>;

export function placeDialog(scene: Scene, dialog: Place): TemplateResult {
  const { model, words, act } = scene;
  const { id, name, error } = dialog;
  const home = model.about?.home ?? null;
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const text = (field: string): string => `${form.get(field) ?? ''}`.trim();
    const isOwn = text('position') !== 'home' || text('place') === 'elsewhere';
    const coordinates = isOwn && text('coordinates') !== '' ? coordinatesOf(text('coordinates')) : null;
    if (isOwn && coordinates === null && (text('coordinates') !== '' || text('place') === 'home'))
      return act.reopen({ ...dialog, error: words.place.coordinatesWrong });
    const answer = await act.askQuietly(`place/${id}`, 'place_charger', {
      id,
      place: text('place'),
      ...(text('name') === '' ? {} : { name: text('name') }),
      ...(coordinates ?? {}),
      ...(text('time_zone') === '' ? {} : { time_zone: text('time_zone') }),
    });
    if (answer.status === 'error') return act.reopen({ ...dialog, error: answer.error.message });
    closeDialog();
    act.notice(words.place.done(name));
  };
  const content = html`<form id="place-form" class="place" @submit=${send}>
    <p class="muted">${words.place.text}</p>
    <fieldset class="choices">
      <legend class="unseen">${words.place.title(name)}</legend>
      ${choice('place', 'home', words.place.home, words.place.homeText, true)}
      ${choice('place', 'elsewhere', words.place.elsewhere, words.place.elsewhereText, false)}
    </fieldset>
    <fieldset class="choices position">
      <legend>${words.place.position}</legend>
      ${
        home === null
          ? html`<p class="muted">${words.place.coordinatesMissing}</p>`
          : html`${choice('position', 'home', words.place.ofOptions(writtenOf(home)), null, true)}
            ${choice('position', 'own', words.place.own, null, false)}`
      }
    </fieldset>
    <div class="own-position ${home === null ? 'only' : ''}">
      <label>${words.place.coordinates}
        <input name="coordinates" inputmode="text" autocomplete="off" spellcheck="false" aria-describedby="coordinates-help" /></label>
      <p class="muted" id="coordinates-help">${words.place.coordinatesHelp}</p>
      <label>${words.place.name} <span class="muted">(${words.optional})</span><input name="name" maxlength="100" autocomplete="off" /></label>
      <label>${words.place.timeZone} <span class="muted">(${words.optional})</span>
        <input name="time_zone" placeholder=${model.about?.timeZone ?? nothing} maxlength="64" autocomplete="off" spellcheck="false" /></label>
    </div>
    ${errorIn(error)}
  </form>`;
  return modal(
    scene,
    words.place.title(name),
    content,
    html`${closeButton(scene, words.place.later)}
      <button type="submit" form="place-form" aria-busy=${model.waiting.has(`place/${id}`)}>${words.place.confirm}</button>`,
  );
}

function choice(name: string, value: string, text: string, help: string | null, isFirst: boolean): TemplateResult {
  return html`<label class="choice"><input type="radio" name=${name} value=${value} ?checked=${isFirst} />
    <span>${text}${help === null ? nothing : html`<span class="muted">${help}</span>`}</span></label>`;
}
