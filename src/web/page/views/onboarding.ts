// The prompt to link a car's charger (R10): one that is mandatory stays, a recommendation can be dismissed, an answered one is small.
import { html, nothing, type TemplateResult } from 'lit';
import type { OnboardingVehicle } from '../../../domain/telling/onboarding.ts';
import { icon } from '../icons.ts';
import { addHref } from '../route.ts';
import type { Scene } from '../view.ts';

export function onboardingPrompt(
  { model, words, act }: Scene,
  vehicle: OnboardingVehicle,
): TemplateResult | typeof nothing {
  const { id, word, prompt, canDismiss, sentence } = vehicle;
  if (prompt === 'none') return nothing;
  const link = html`<a class="button" href=${addHref('charger')}>${words.onboarding.link}</a>`;
  if (prompt === 'small')
    return html`<div class="prompt small" id="prompt-${id}"><p>${sentence}</p><a href=${addHref('charger')}>${words.onboarding.link}</a></div>`;
  const answer = (verb: 'dismiss_prompt' | 'no_compatible_charger', text: string): TemplateResult => {
    const key = `${verb}/${id}`;
    return html`<button type="button" class="quiet" aria-busy=${model.waiting.has(key)} @click=${() => act.ask(key, verb, { id })}>${text}</button>`;
  };
  const isMandatory = word === 'charger_required';
  return html`<section class="prompt ${isMandatory ? 'warn' : ''}" id="prompt-${id}" aria-labelledby="prompt-title-${id}">
    <h3 id="prompt-title-${id}">${icon(isMandatory ? 'warning' : 'charger')} ${isMandatory ? words.onboarding.mandatory : words.onboarding.recommended}</h3>
    <p>${sentence}</p>
    ${isMandatory ? html`<p class="muted">${words.onboarding.stays}</p>` : nothing}
    <div class="answers">
      ${link} ${canDismiss ? answer('dismiss_prompt', words.onboarding.notNow) : nothing}
      ${answer('no_compatible_charger', words.onboarding.noCharger)}
    </div>
  </section>`;
}

export const benefits = ({ words }: Pick<Scene, 'words'>): TemplateResult =>
  html`<ul class="benefits">${words.onboarding.benefits.map((benefit) => html`<li>${icon('check')}${benefit}</li>`)}</ul>`;
