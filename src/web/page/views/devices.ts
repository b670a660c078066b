// Everything that is linked, by account: its step, its place, its login, and how to take it away again.
import { html, nothing, type TemplateResult } from 'lit';
import type { OnboardingCharger, OnboardingUser, OnboardingVehicle } from '../../../domain/telling/onboarding.ts';
import { icon } from '../icons.ts';
import { assetsOf, brandName } from '../model.ts';
import { addHref } from '../route.ts';
import type { Scene } from '../view.ts';
import { openRelink } from './relink.ts';
import { openUnlink } from './unlink.ts';

export function devices(scene: Scene): TemplateResult {
  const { model, words, act } = scene;
  const users = model.onboarding?.users ?? [];
  const isEmpty = users.every(({ vehicles, chargers }) => vehicles.length + chargers.length === 0);
  return html`<div class="heading">
      <h1 tabindex="-1">${words.devices.title}</h1>
      <div class="actions">
        <a class="button" href=${addHref('vehicle')}>${words.devices.addVehicle}</a>
        <a class="button plain" href=${addHref('charger')}>${words.devices.addCharger}</a>
      </div>
    </div>
    ${isEmpty ? html`<p class="muted">${words.devices.none}</p>` : nothing}
    ${users.map((user) => accountsOf(scene, user, users.length > 1))} ${gone(scene)}
    <div><button type="button" class="quiet" aria-busy=${model.waiting.has('refresh')}
      @click=${() => act.ask('refresh', 'refresh', {}, words.devices.refreshed)}>${words.devices.refresh}</button></div>`;
}

function accountsOf(scene: Scene, user: OnboardingUser, isNamed: boolean): TemplateResult {
  const { model, words } = scene;
  const vendors = [...new Set([...user.vehicles, ...user.chargers].map(({ vendor }) => vendor))];
  vendors.sort((a, b) => brandName(model, a).localeCompare(brandName(model, b)));
  return html`${isNamed && vendors.length > 0 ? html`<h2>${words.devices.user(user.id)}</h2>` : nothing}
    <div class="cards">${vendors.map((vendor) => account(scene, user, vendor))}</div>`;
}

function account(scene: Scene, { id: user, vehicles, chargers }: OnboardingUser, vendor: string): TemplateResult {
  const { model, words, act } = scene;
  const own = <T extends { readonly vendor: string }>(all: readonly T[]): readonly T[] =>
    all.filter((device) => device.vendor === vendor);
  const brand = brandName(model, vendor);
  const invalid = [...own(vehicles), ...own(chargers)].find(({ loginInvalid }) => loginInvalid);
  return html`<section class="card account" aria-labelledby="account-${user}-${vendor}">
    <h2 id="account-${user}-${vendor}">${brand}</h2>
    ${
      invalid
        ? html`<div class="aside bad">${icon('warning')}<span>${words.devices.loginInvalid}</span>
            <button type="button" @click=${() => openRelink(act, words, { ...invalid, brand })}>${words.devices.relink(brand)}</button></div>`
        : nothing
    }
    <ul class="device-list">
      ${own(vehicles).map((vehicle) => vehicleRow(scene, vehicle))} ${own(chargers).map((charger) => chargerRow(scene, charger))}
    </ul>
  </section>`;
}

function vehicleRow(scene: Scene, { id, name, word }: OnboardingVehicle): TemplateResult {
  const { words } = scene;
  const tone = word === 'charger_required' ? 'warn' : '';
  return html`<li data-id=${id}>
    ${icon('devices')}
    <div><strong>${name}</strong><p class="muted">${words.devices.vehicle} · <span class=${tone}>${words.onboarding.words[word]}</span></p></div>
    <div class="actions">
      ${word === 'complete' ? nothing : html`<a class="button plain" href=${addHref('charger')}>${words.onboarding.link}</a>`}
      ${unlinkButton(scene, { id, name })}
    </div>
  </li>`;
}

function chargerRow(scene: Scene, { id, name, place }: OnboardingCharger): TemplateResult {
  const { words, act } = scene;
  const tone = place === null ? 'warn' : '';
  return html`<li data-id=${id}>
    ${icon('charger')}
    <div><strong>${name}</strong><p class="muted">${words.devices.charger} · <span class=${tone}>${words.devices.places[place ?? 'none']}</span></p></div>
    <div class="actions">
      <button type="button" class="plain" aria-label=${words.devices.placeName(name)}
        @click=${() => act.open({ kind: 'place', id, name, error: null })}>${place === null ? words.devices.placeFirst : words.devices.place}</button>
      ${unlinkButton(scene, { id, name })}
    </div>
  </li>`;
}

const unlinkButton = ({ words, act }: Scene, device: { readonly id: string; readonly name: string }): TemplateResult =>
  html`<button type="button" class="quiet" aria-label=${words.devices.unlinkName(device.name)}
    @click=${() => openUnlink(act, device)}>${words.devices.unlink}</button>`;

/** Kept until a person forgets them, or their grace is over. */
function gone({ model, words, act }: Scene): TemplateResult | typeof nothing {
  const all = [...assetsOf(model, 'vehicle'), ...assetsOf(model, 'charger')].filter(({ available }) => !available);
  if (all.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="gone">
    <h2 id="gone">${words.devices.gone}</h2>
    <ul class="device-list">
      ${all.map(
        ({ id, kind, device: { name } }) => html`<li data-id=${id}>
          ${icon(kind === 'vehicle' ? 'devices' : 'charger')}
          <div><strong>${name}</strong></div>
          <button type="button" class="quiet" aria-busy=${model.waiting.has(`forget/${id}`)}
            @click=${() => act.ask(`forget/${id}`, 'forget', { id }, words.devices.forgotten(name))}>${words.devices.forget}</button>
        </li>`,
      )}
    </ul>
  </section>`;
}
