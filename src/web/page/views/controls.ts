// What a person switches: charging, mode, and taking a word back. Each shows what is true, and what is on its way.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Portrait } from '../../../domain/telling/portrait.ts';
import type { Scene } from '../view.ts';

const isUnderWay = ({ state }: Portrait): boolean => state.command === 'requested' || state.command === 'pending';

/** @param blocked starting is not possible now; stopping is */
export function chargingSwitch(scene: Scene, portrait: Portrait, blocked: boolean): TemplateResult {
  const { model, words, act } = scene;
  const { id, kind, state, device } = portrait;
  const key = `charging/${id}`;
  const isBusy = isUnderWay(portrait) || model.waiting.has(key);
  const switchTo = (command: 'start' | 'stop'): void => {
    if (command === 'stop' && kind === 'vehicle' && state.home === false)
      return act.open({ kind: 'stop_away', id, name: device.name, error: null });
    void act.ask(key, 'command', { id, command });
  };
  const progress = html`<span class="progress" aria-hidden="true">
    ${isBusy ? (words.commands[`${state.command}`] ?? words.commands.requested) : nothing}</span>`;
  if (typeof state.charging !== 'boolean')
    return html`<div class="charging unclear">
      <span id="charging-${id}">${words.loadpoint.unknownCharging}</span>
      <button type="button" class="plain" ?disabled=${blocked} @click=${() => switchTo('start')}>${words.loadpoint.start}</button>
      <button type="button" class="plain" @click=${() => switchTo('stop')}>${words.loadpoint.stop}</button>
    </div>`;
  const isOn = state.charging;
  return html`<div class="charging">
    <button
      type="button"
      role="switch"
      class="switch"
      aria-checked=${isOn ? 'true' : 'false'}
      aria-busy=${isBusy ? 'true' : 'false'}
      aria-label="${words.loadpoint.charging}, ${device.name}"
      aria-describedby="reason-${id}"
      ?disabled=${blocked && !isOn}
      @click=${() => switchTo(isOn ? 'stop' : 'start')}
    ><span class="track" aria-hidden="true"></span></button>
    <span class="switch-words" aria-hidden="true">${words.loadpoint.charging} <b>${isOn ? words.loadpoint.on : words.loadpoint.off}</b></span>
    ${progress}
  </div>`;
}

/** @param blocked only the modes that start nothing can be chosen */
export function modeSelect(scene: Scene, { id, state, device }: Portrait, blocked: boolean): TemplateResult {
  const { model, words, act } = scene;
  const key = `mode/${id}`;
  // What is shown is the daemon's word, also after a choice that it refused.
  const choose = (event: Event): unknown =>
    act.ask(key, 'mode', { id, mode: (event.target as HTMLSelectElement).value });
  const modes = [...new Set([...(model.about?.modes ?? []), `${state.mode}`])];
  return html`<label class="mode"><span>${words.loadpoint.mode}</span>
    <select aria-label="${words.loadpoint.mode}, ${device.name}" aria-busy=${model.waiting.has(key)} @change=${choose}>
      ${modes.map(
        (mode) =>
          html`<option value=${mode} .selected=${live(mode === state.mode)} ?disabled=${blocked && mode !== 'manual' && mode !== 'off'}>
            ${words.modes[mode] ?? mode}
          </option>`,
      )}
    </select></label>`;
}

/** Ends an override, or takes back a request that is still on its way. */
export function takeBack(scene: Scene, portrait: Portrait): TemplateResult | typeof nothing {
  const { model, words, act } = scene;
  const { id, state } = portrait;
  const button = (verb: 'cancel' | 'resume'): TemplateResult =>
    html`<button type="button" class="quiet" aria-busy=${model.waiting.has(`${verb}/${id}`)}
      @click=${() => act.ask(`${verb}/${id}`, verb, { id })}>${words.loadpoint[verb]}</button>`;
  if (isUnderWay(portrait)) return button('cancel');
  return `${state.reason_code}`.startsWith('override_') ? button('resume') : nothing;
}
