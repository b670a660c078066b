// What only a person decides: may chargers be commanded, and who must link one.
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import type { Scene } from '../view.ts';
import { policySection } from './policies.ts';

export function settings(scene: Scene): TemplateResult {
  return html`<h1 tabindex="-1">${scene.words.settings.title}</h1>
    ${consent(scene)} ${policySection(scene)}`;
}

/** R5: the first command to a charger may end Enode's own choice between car and charger for good. */
function consent({ model, words, act }: Scene): TemplateResult {
  const given = model.about?.chargerCommands ?? null;
  const key = 'allow_charger_commands';
  const ask = (on: boolean) => (): unknown => act.ask(key, key, { on });
  const button = given
    ? html`<button type="button" class="plain" aria-busy=${model.waiting.has(key)} @click=${ask(false)}>${words.settings.consent.withdraw}</button>`
    : html`<button type="button" aria-busy=${model.waiting.has(key)} @click=${ask(true)}>${words.settings.consent.allow}</button>`;
  return html`<section class="card narrow" aria-labelledby="consent">
    <h2 id="consent">${words.settings.consent.title}</h2>
    <p>${words.settings.consent.text}</p>
    <p><strong>${words.settings.consent[given ?? 'none']}</strong></p>
    <p>${words.settings.consent.choosers[model.about?.chooser ?? 'enode']}</p>
    ${model.about?.asksConsent ? html`<p class="aside warn">${icon('warning')}<span>${words.settings.consent.asks}</span></p>` : nothing}
    ${given === 'option' ? nothing : html`<div>${button}</div>`}
  </section>`;
}
