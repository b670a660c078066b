// All that is known of a car, for whoever wants to look closer.
import { html, nothing, type TemplateResult } from 'lit';
import type { Portrait } from '../../../domain/telling/portrait.ts';
import type { Scene } from '../view.ts';

type Row = readonly [label: string, value: string | null];

export function vehicleDetails({ words, format }: Scene, { state }: Portrait): TemplateResult {
  const { details } = words;
  const truth = (value: unknown): string | null => (value === null ? null : value ? words.yes : words.no);
  const rows: readonly Row[] = [
    [details.session, format.number(state.session_energy, 'kWh')],
    [details.range, format.number(state.range, 'km', 0)],
    [details.limit, format.percent(state.charge_limit)],
    [details.odometer, format.number(state.odometer, 'km', 0)],
    [details.smartCharging, details.enrolment[`${state.smart_charging}`] ?? null],
    [details.lastSeen, format.time(state.last_seen)],
    [details.reachable, truth(state.reachable)],
    [details.command, words.commands[`${state.command}`] ?? null],
    [details.route, details.routes[`${state.route}`] ?? null],
    [details.latency, format.number(state.command_latency, 's', 0)],
  ];
  const witnesses = (['charging_state', 'charge_power', 'home'] as const).flatMap((key) => {
    const by = state[`${key}_source`];
    const time = format.time(state[`${key}_seen`]);
    return typeof by === 'string' ? [[details.values[key], details.sources[by] ?? by, time] as const] : [];
  });
  const can = Object.entries(details.capabilities).filter(([name]) => state[`can_${name}`] === true);
  return html`<details class="details">
    <summary>${words.more}</summary>
    <dl>
      ${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value ?? words.none}</dd></div>`)}
    </dl>
    ${
      witnesses.length === 0
        ? nothing
        : html`<h3>${details.witnesses}</h3>
          <ul>
            ${witnesses.map(([value, by, time]) => html`<li>${value}: ${by} <span class="muted">${time ?? nothing}</span></li>`)}
          </ul>`
    }
    ${
      can.length === 0
        ? nothing
        : html`<h3>${details.can}</h3>
          <ul>
            ${can.map(([name, word]) => html`<li>${word} <span class="muted">${details.by[`${state[`can_${name}_by`]}`] ?? nothing}</span></li>`)}
          </ul>`
    }
  </details>`;
}
