// One car as a loadpoint: battery, switch, why, mode, and the charger it hangs on.
import { html, nothing, type TemplateResult } from 'lit';
import type { Portrait } from '../../../domain/telling/portrait.ts';
import { icon } from '../icons.ts';
import { vehiclesIn } from '../model.ts';
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

function chargerLine({ words, format }: Scene, { state }: Portrait): TemplateResult {
  if (typeof state.paired_charger !== 'string') return html`<span></span>`;
  const sure =
    state.pairing === 'activated' ? words.loadpoint.sure(format.percent(state.pairing_certainty) ?? '') : nothing;
  return html`<p class="partner">${icon('charger')}<span>${words.loadpoint.at} ${state.paired_charger}</span> <span class="muted">${sure}</span></p>`;
}
