// One car as a loadpoint: battery, switch, why, mode, and the charger it hangs on.
import { html, nothing, type TemplateResult } from 'lit';
import type { Portrait } from '../../../domain/telling/portrait.ts';
import { icon } from '../icons.ts';
import { chargersIn, vehiclesIn } from '../model.ts';
import type { Scene } from '../view.ts';
import { battery } from './battery.ts';
import { chargingSwitch, modeSelect, takeBack } from './controls.ts';
import { vehicleDetails } from './details.ts';
import { interventions } from './interventions.ts';
import { onboardingPrompt } from './onboarding.ts';

export function vehicleCard(scene: Scene, portrait: Portrait): TemplateResult {
  const { words, format } = scene;
  const { id, device, state, available } = portrait;
  const vehicle = vehiclesIn(scene.model).find((one) => one.id === id);
  const isBlocked = vehicle?.word === 'charger_required';
  const model = [device.manufacturer, device.model].filter(Boolean).join(' ');
  const place =
    state.home === null ? words.whereabouts.unknown : state.home ? words.whereabouts.home : words.whereabouts.away;
  const plug = words.states[`${state.charging_state}`] ?? words.unknown;
  const power = typeof state.charge_power === 'number' && state.charge_power > 0 ? state.charge_power : null;
  const facts = [place, plug, power === null ? null : format.number(power, 'kW')].filter((fact) => fact !== null);
  return html`<article class="card loadpoint" aria-labelledby="name-${id}" data-id=${id}>
    <header>
      <div>
        <h2 id="name-${id}">${device.name}</h2>
        <p class="muted">${model}</p>
      </div>
      <p class="soc">${format.percent(state.battery) ?? words.none}</p>
    </header>
    ${battery(scene, portrait)}
    <p class="facts">${(available ? facts : [words.loadpoint.notListed]).map((fact) => html`<span>${fact}</span>`)}</p>
    <p class="reason" id="reason-${id}">${state.reason ?? nothing}</p>
    <div class="controls">
      ${chargingSwitch(scene, portrait, isBlocked)} ${modeSelect(scene, portrait, isBlocked)}
    </div>
    <div class="below">${chargerLine(scene, portrait)} ${takeBack(scene, portrait)}</div>
    ${vehicle ? html`${interventions(scene, vehicle)} ${onboardingPrompt(scene, vehicle)}` : nothing}
    ${vehicleDetails(scene, portrait)}
  </article>`;
}

/** Only a pair that is activated hangs on one cable; an established one merely belongs together. */
function chargerLine({ model, words, format }: Scene, { state }: Portrait): TemplateResult {
  const charger = state.paired_charger;
  if (typeof charger !== 'string')
    return html`<p class="muted">${chargersIn(model).length === 0 ? words.loadpoint.noCharger : words.loadpoint.nowhere}</p>`;
  const isThere = state.pairing === 'activated';
  const told = isThere
    ? html`${words.loadpoint.at(charger)} <span class="muted">${words.loadpoint.sure(format.percent(state.pairing_certainty) ?? '')}</span>`
    : html`${words.loadpoint.belongs(charger)} ${state.pairing === 'invalid' ? html`<span class="warn">${words.pairs.words.invalid}</span>` : nothing}`;
  return html`<p class="partner ${isThere ? '' : 'muted'}">${icon('charger')}<span>${told}</span></p>`;
}
