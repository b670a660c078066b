// One charger: what is on its cable, and its own switch.
import { html, nothing, type TemplateResult } from 'lit';
import type { Portrait } from '../../../domain/telling/portrait.ts';
import type { Scene } from '../view.ts';
import { chargingSwitch, takeBack } from './controls.ts';

export function chargerCard(scene: Scene, portrait: Portrait): TemplateResult {
  const { words, format } = scene;
  const { id, device, state, available } = portrait;
  const model = [device.manufacturer, device.model].filter(Boolean).join(' ');
  const power = typeof state.charge_power === 'number' && state.charge_power > 0 ? state.charge_power : null;
  const facts = [
    words.states[`${state.charging_state}`] ?? words.unknown,
    typeof state.plugged_in_vehicle === 'string' ? state.plugged_in_vehicle : null,
    power === null ? null : format.number(power, 'kW'),
  ].filter((fact) => fact !== null);
  // While a car is known on its cable, that car's switch is the one to use.
  const isLed = typeof state.plugged_in_vehicle === 'string';
  return html`<article class="card" aria-labelledby="name-${id}" data-id=${id}>
    <header><div>
      <h3 id="name-${id}">${device.name}</h3>
      <p class="muted">${model === device.name ? nothing : model}</p>
    </div></header>
    <p class="facts">${(available ? facts : [words.loadpoint.notListed]).map((fact) => html`<span>${fact}</span>`)}</p>
    <p class="reason" id="reason-${id}">${state.reason ?? nothing}</p>
    ${isLed ? nothing : html`<div class="controls">${chargingSwitch(scene, portrait, false)}</div>`}
    ${takeBack(scene, portrait)}
  </article>`;
}
