// Linking a car, then its charger, each a step of its own: the brand, Enode's login in another tab, and what appeared.
import { html, nothing, type TemplateResult } from 'lit';
import { type Adding, addingOf, type Found, foundIn, type Kind } from '../adding.ts';
import { icon } from '../icons.ts';
import { brandName, chargersIn, vehiclesIn } from '../model.ts';
import { addHref, hrefOf } from '../route.ts';
import type { Scene } from '../view.ts';
import { brandStep } from './brands.ts';
import { benefits } from './onboarding.ts';
import { sessionLink, waitingFor } from './session.ts';

export function add(scene: Scene): TemplateResult {
  const { model, words } = scene;
  const { adding } = model;
  const { kind } = adding;
  const found = foundIn(model.onboarding, adding);
  return html`<div class="flow">
    <p><a href=${hrefOf('devices')}>${words.back}</a></p>
    <h1 tabindex="-1">${words.add[kind].title}</h1>
    ${steps(scene, kind)}
    ${
      found.length > 0
        ? foundStep(scene, found)
        : adding.session
          ? sessionStep(scene, adding, adding.session)
          : html`${kind === 'charger' ? why(scene) : nothing} ${brandStep(scene)} ${kind === 'charger' ? noCharger(scene) : nothing}`
    }
  </div>`;
}

function steps({ words }: Scene, kind: Kind): TemplateResult {
  const step = (name: Kind | 'place'): TemplateResult =>
    html`<li aria-current=${name === kind ? 'step' : nothing}>${words.add.steps[name]}</li>`;
  return html`<ol class="steps" aria-label=${words.add.steps.label}>${step('vehicle')}${step('charger')}${step('place')}</ol>`;
}

/** The benefit is told before anything is asked for; where the charger is needed, so is that. */
function why(scene: Scene): TemplateResult {
  const { model, words } = scene;
  const vehicles = vehiclesIn(model);
  const needing = vehicles.filter(({ word }) => word === 'charger_required').map(({ name }) => name);
  if (vehicles.length === 0)
    return html`<p class="aside">${icon('devices')}<span>${words.add.carFirst} <a href=${addHref('vehicle')}>${words.devices.addVehicle}</a></span></p>`;
  return html`<section class="card">
    <h2>${words.add.why}</h2>
    ${needing.length === 0 ? nothing : html`<p class="aside warn">${icon('warning')}<span>${words.add.whyNeeded(needing.join(', '))}</span></p>`}
    ${benefits(scene)}
  </section>`;
}

/** An answer, too (R10): asked of every car that a charger is still wanted for. */
function noCharger({ model, words, act }: Scene): TemplateResult | typeof nothing {
  const open = vehiclesIn(model).filter(({ prompt }) => prompt === 'shown');
  if (open.length === 0) return nothing;
  return html`<div class="answers">
    ${open.map(
      ({
        id,
        name,
      }) => html`<button type="button" class="quiet" aria-busy=${model.waiting.has(`no_compatible_charger/${id}`)}
        @click=${() => act.ask(`no_compatible_charger/${id}`, 'no_compatible_charger', { id }, words.add.noChargerDone(name))}
      >${words.add.noCharger(name)}</button>`,
    )}
  </div>`;
}

function sessionStep(scene: Scene, { kind, vendor }: Adding, session: NonNullable<Adding['session']>): TemplateResult {
  const { model, words, act } = scene;
  return html`<section class="card">
    ${sessionLink(scene, session, vendor === null ? null : brandName(model, vendor))} ${waitingFor(words.add[kind].wait)}
    <p class="muted">${words.add.alreadyThere} <a href=${hrefOf('devices')}>${words.devices.title}</a></p>
    <div><button type="button" class="quiet" @click=${() => act.add(addingOf(kind))}>${words.add.again}</button></div>
  </section>`;
}

function foundStep(scene: Scene, found: readonly Found[]): TemplateResult {
  const { model, words, act } = scene;
  const vehicles = vehiclesIn(model).filter(({ id }) => found.some((one) => one.id === id));
  const unplaced = chargersIn(model).filter(({ id, place }) => place === null && found.some((one) => one.id === id));
  const isOpen = vehicles.some(({ word }) => word !== 'complete');
  const names = found.map(({ name }) => name).join(', ');
  const { kind } = found[0]!;
  const done = html`<a class="button ${isOpen || unplaced.length > 0 ? 'plain' : ''}" href=${hrefOf('home')}
    @click=${() => act.add(addingOf(kind))}>${words.add.next.done}</a>`;
  return html`<section class="card" aria-live="polite">
    <h2>${icon('check')} ${words.add[kind].found(names)}</h2>
    ${vehicles.map(({ sentence, word }) => html`<p class="aside ${word === 'charger_required' ? 'warn' : ''}">${sentence}</p>`)}
    <div class="answers">
      ${isOpen ? html`<a class="button" href=${addHref('charger')}>${words.add.next.charger}</a>` : nothing}
      ${unplaced.map(
        ({ id, name }) =>
          html`<button type="button" @click=${() => act.open({ kind: 'place', id, name, error: null })}>${words.place.title(name)}</button>`,
      )}
      ${done}
    </div>
  </section>`;
}
