// The policy per brand (R10) with what was measured beside it. Only a person changes one; what is measured is a proposal.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { BrandRow, Policy, Tries } from '../../../domain/telling/onboarding.ts';
import { icon } from '../icons.ts';
import { vehiclesIn } from '../model.ts';
import type { Scene } from '../view.ts';

const all = ['optional', 'mandatory_unreliable', 'mandatory_incapable'] as const satisfies readonly Policy[];

export function policySection(scene: Scene): TemplateResult {
  const { model, words } = scene;
  const { onboarding } = model;
  if (!onboarding) return html``;
  const own = new Set(vehiclesIn(model).map(({ vendor }) => vendor));
  const brands = onboarding.brands.filter(({ kinds }) => kinds.includes('vehicle'));
  const isNear = ({ vendor, success, proposal, policy }: BrandRow): boolean =>
    own.has(vendor) || proposal !== null || success.before.tries > 0 || policy !== onboarding.defaultPolicy;
  const near = brands.filter(isNear);
  const far = brands.filter((brand) => !isNear(brand));
  return html`<section class="card" aria-labelledby="policy">
    <h2 id="policy">${words.settings.policy.title}</h2>
    <p class="narrow">${words.settings.policy.text}</p>
    ${brands.filter(({ proposal }) => proposal !== null).map((brand) => proposal(scene, brand))}
    <div class="default-policy">
      ${select(scene, '*', words.settings.policy.byDefault, onboarding.defaultPolicy, false)}
      <p class="muted">${words.settings.policy.phases[onboarding.defaultPolicy]}</p>
    </div>
    ${near.length === 0 ? nothing : table(scene, words.settings.policy.table, near)}
    <details><summary>${words.settings.policy.all}</summary>${table(scene, words.settings.policy.all, far)}</details>
    <p class="muted">${words.settings.policy.dated(onboarding.brandsDate)}</p>
  </section>`;
}

function table(scene: Scene, caption: string, brands: readonly BrandRow[]): TemplateResult {
  const { policy } = scene.words.settings;
  return html`<table>
    <caption>${caption}</caption>
    <thead><tr><th scope="col">${policy.brand}</th><th scope="col">${policy.itself}</th><th scope="col">${policy.success}</th><th scope="col">${policy.rule}</th></tr></thead>
    <tbody>${brands.map((brand) => row(scene, brand))}</tbody>
  </table>`;
}

function row(scene: Scene, brand: BrandRow): TemplateResult {
  const { policy } = scene.words.settings;
  const { vendor, name, success } = brand;
  const tried = (label: string, { tries, ok }: Tries): TemplateResult =>
    html`<span>${label}: ${tries === 0 ? scene.words.none : policy.of(ok, tries)}</span>`;
  return html`<tr data-vendor=${vendor}>
    <th scope="row">${name}</th>
    <td data-label=${policy.itself}>${itself(scene, brand)}</td>
    <td data-label=${policy.success}>${tried(policy.before, success.before)}${tried(policy.after, success.after)}</td>
    <td data-label=${policy.rule}>${select(scene, vendor, policy.ruleOf(name), brand.policy, true)}</td>
  </tr>`;
}

function itself({ words }: Scene, brand: BrandRow): TemplateResult {
  const names = ['start', 'stop', 'locate', 'reliable'] as const;
  const known = names.filter((name) => brand[name] !== 'unknown');
  if (known.length === 0) return html`<span class="muted">${words.add.own.unknown}</span>`;
  return html`${known.map((name) => html`<span class="own ${brand[name]}">${words.add.capabilities[name]}: ${words.add.own[brand[name]]}</span>`)}`;
}

function select(scene: Scene, brand: string, label: string, policy: Policy, isQuiet: boolean): TemplateResult {
  const { model, words } = scene;
  const choose = (event: Event): unknown => setPolicy(scene, brand, (event.target as HTMLSelectElement).value);
  return html`<label class="policy"><span class=${isQuiet ? 'unseen' : ''}>${label}</span>
    <select aria-busy=${model.waiting.has(`policy/${brand}`)} @change=${choose}>
      ${all.map((one) => html`<option value=${one} .selected=${live(one === policy)}>${words.settings.policy.names[one]}</option>`)}
    </select></label>`;
}

/** Measured here, or new with an upgrade: asked, never done. */
function proposal(scene: Scene, { vendor, name, policy, proposal: proposed, success }: BrandRow): TemplateResult {
  const { words } = scene;
  const { policy: texts } = words.settings;
  const { tries, ok } = success.before;
  const answer = (chosen: Policy | null, text: string, style: string): TemplateResult =>
    html`<button type="button" class=${style} @click=${() => setPolicy(scene, vendor, `${chosen}`)}>${text}</button>`;
  return html`<div class="aside" role="group" aria-label=${name}>${icon('warning')}<div>
    <p><strong>${texts.proposal(name, texts.names[proposed ?? policy])}</strong></p>
    ${tries === 0 ? nothing : html`<p>${words.add.measured(ok, tries)}</p>`}
    <p class="muted">${texts.proposalText}</p>
    <div class="answers">${answer(proposed, texts.accept, 'plain')} ${answer(policy, texts.keep, 'quiet')}</div>
  </div></div>`;
}

function setPolicy({ act }: Scene, brand: string, policy: string): unknown {
  return act.ask(`policy/${brand}`, 'set_policy', { brand, policy }, ({ message }) => `${message ?? ''}`);
}
