// The brand first: what is known of it, and when its charger will be needed, is said before anybody logs in anywhere.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { BrandRow } from '../../../domain/telling/onboarding.ts';
import { type Adding, brandsFor } from '../adding.ts';
import { icon } from '../icons.ts';
import type { Scene } from '../view.ts';
import { comeBack, sessionOf } from './session.ts';

export function brandStep(scene: Scene): TemplateResult {
  const { model, words, act } = scene;
  const { adding } = model;
  const all = model.onboarding?.brands ?? [];
  const brands = brandsFor(all, adding);
  const chosen = all.find(({ vendor }) => vendor === adding.vendor);
  const filter = (event: Event): void => act.add({ filter: (event.target as HTMLInputElement).value });
  return html`<section class="card">
      <h2 id="brand-title">${words.add[adding.kind].ask}</h2>
      <label>${words.add.search}<input type="search" autocomplete="off" .value=${adding.filter} @input=${filter} /></label>
      <div class="brand-list" role="radiogroup" aria-labelledby="brand-title">
        ${repeat(
          brands,
          ({ vendor }) => vendor,
          ({
            vendor,
            name,
          }) => html`<label class="brand"><input type="radio" name="brand" value=${vendor} .checked=${vendor === adding.vendor}
            @change=${() => act.add({ vendor, both: false, error: null })} /><span>${name}</span></label>`,
        )}
        ${brands.length === 0 ? html`<p class="muted">${words.add.noMatch}</p>` : nothing}
      </div>
      <div aria-live="polite">${chosen ? chosenBrand(scene, adding, chosen) : nothing}</div>
    </section>
    <details class="card unlisted">
      <summary>${words.add[adding.kind].unlisted}</summary>
      <p>${words.add.unlistedText}</p>
      ${userSelect(scene, adding)} ${chosen ? nothing : errorOf(adding)}
      <div><button type="button" class="plain" aria-busy=${model.waiting.has('link')} @click=${() => begin(scene, adding, null)}>${words.add.without}</button></div>
    </details>`;
}

function chosenBrand(scene: Scene, adding: Adding, brand: BrandRow): TemplateResult {
  const { model, words, act } = scene;
  const { name, kinds, expectation, sentence, linking } = brand;
  const isVehicle = adding.kind === 'vehicle';
  const hasBoth = kinds.length === 2;
  const warning = linking === null ? null : words.add.linking[linking];
  const takeBoth = (event: Event): void => act.add({ both: (event.target as HTMLInputElement).checked });
  return html`<div class="chosen">
    <h3>${name}</h3>
    ${
      isVehicle && expectation === 'charger_must'
        ? html`<div class="aside warn">${icon('warning')}<div><strong>${words.add.needed}</strong><p>${sentence}</p></div></div>`
        : html`<p>${sentence}</p>`
    }
    ${isVehicle ? known(scene, brand) : nothing}
    ${warning ? html`<p class="aside warn">${icon('warning')}<span>${warning}</span></p>` : nothing}
    ${
      hasBoth
        ? html`<label class="choice"><input type="checkbox" .checked=${adding.both} @change=${takeBoth} />
            <span>${words.add.both(name)}<span class="muted">${words.add.bothHelp}</span></span></label>`
        : nothing
    }
    ${userSelect(scene, adding)}
    ${errorOf(adding)}
    <div><button type="button" aria-busy=${model.waiting.has('link')} @click=${() => begin(scene, adding, brand.vendor)}>
      ${model.waiting.has('link') ? words.wait : words.add.go}</button></div>
  </div>`;
}

const errorOf = ({ error }: Adding): TemplateResult | typeof nothing =>
  error === null ? nothing : html`<p class="aside bad" role="alert">${icon('warning')}<span>${error}</span></p>`;

/** What the car can do by itself, and how it went here. */
function known({ words }: Scene, brand: BrandRow): TemplateResult | typeof nothing {
  const { tries, ok } = brand.success.before;
  const names = (['start', 'stop', 'locate', 'reliable'] as const).filter((name) => brand[name] !== 'unknown');
  // The sentence above says already that nothing is known.
  if (names.length === 0 && tries === 0) return nothing;
  return html`<h4>${words.add.known}</h4>
    <dl class="known">
      ${names.map((name) => html`<div class=${brand[name]}><dt>${words.add.capabilities[name]}</dt><dd>${words.add.own[brand[name]]}</dd></div>`)}
    </dl>
    ${tries === 0 ? nothing : html`<p class="muted">${words.add.measured(ok, tries)}</p>`}`;
}

function userSelect({ model, words, act }: Scene, { user }: Adding): TemplateResult | typeof nothing {
  const users = model.about?.users ?? [];
  if (users.length < 2) return nothing;
  const choose = (event: Event): void => act.add({ user: (event.target as HTMLSelectElement).value });
  return html`<label>${words.add.forUser}<select @change=${choose}>
    ${users.map((one) => html`<option value=${one} ?selected=${one === (user ?? users[0])}>${one}</option>`)}
  </select></label>`;
}

async function begin({ model, words, act }: Scene, adding: Adding, vendor: string | null): Promise<void> {
  act.add({ vendor, error: null });
  const type = vendor !== null && adding.both ? 'both' : adding.kind;
  const { user } = adding;
  const answer = await act.askQuietly('link', 'link', {
    type,
    ...comeBack(),
    ...(vendor === null ? {} : { vendor }),
    ...(user === null ? {} : { user }),
  });
  const session = sessionOf(answer, model);
  if (session) act.add({ session });
  else act.add({ error: answer.status === 'error' ? answer.error.message : words.failed });
}
