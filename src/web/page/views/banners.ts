// What concerns the whole house and stands above everything: lost connection, a problem, only watching, paused.
import { html, nothing, type TemplateResult } from 'lit';
import { type IconName, icon } from '../icons.ts';
import { hrefOf } from '../route.ts';
import type { Scene } from '../view.ts';
import type { Words } from '../words/en.ts';

export function banners({ model, words }: Scene): TemplateResult {
  const bridge = model.portraits.get('bridge/bridge')?.state;
  const settings = html`<p><a href=${hrefOf('settings')}>${words.settings.consent.title}</a></p>`;
  const paused = model.portraits.get('site/site')?.state.pause === true;
  return html`<div class="banners" role="status">
    ${model.connection === 'lost' ? banner('bad', 'warning', words.lost, undefined, reload(words)) : nothing}
    ${model.version !== null && bridge && bridge.version !== model.version ? renewed(words) : nothing}
    ${bridge?.problem === true ? banner('bad', 'warning', `${bridge.problem_text}`, words.problem, model.about?.asksConsent ? settings : nothing) : nothing}
    ${model.about?.observeOnly ? banner('calm', 'eye', words.observing.text, words.observing.title) : nothing}
    ${paused ? banner('calm', 'eye', words.paused) : nothing}
  </div>`;
}

const renewed = (words: Words): TemplateResult => banner('calm', 'check', words.newer, undefined, reload(words));

const reload = (words: Words): TemplateResult =>
  html`<button type="button" class="quiet" @click=${() => location.reload()}>${words.reload}</button>`;

const banner = (
  tone: string,
  name: IconName,
  text: string,
  title?: string,
  step: TemplateResult | typeof nothing = nothing,
): TemplateResult =>
  html`<div class="banner ${tone}">${icon(name)}
    <div>${title ? html`<strong>${title}</strong>` : nothing}<p>${text}</p>${step}</div>
  </div>`;
