// Which car belongs to which charger: how sure, why, since when, and a person's word against it.
import { html, nothing, type TemplateResult } from 'lit';
import type { PairView } from '../../../domain/telling/pairs.ts';
import { icon } from '../icons.ts';
import type { Scene } from '../view.ts';

export function pairs(scene: Scene): TemplateResult {
  const { model, words } = scene;
  const all = model.pairs ?? [];
  const rank = { activated: 0, invalid: 1, established: 2 };
  const sorted = all.toSorted((a, b) => rank[a.word] - rank[b.word] || a.vehicle.name.localeCompare(b.vehicle.name));
  return html`<h1 tabindex="-1">${words.pairs.title}</h1>
    <p class="narrow muted">${words.pairs.text}</p>
    ${sorted.length === 0 ? html`<p>${words.pairs.none}</p>` : nothing}
    <div class="cards">${sorted.map((pair) => card(scene, pair))}</div>`;
}

function card(scene: Scene, pair: PairView): TemplateResult {
  const { words, format, act } = scene;
  const { user, vehicle, charger, word, by, since, guest, correctable } = pair;
  const id = `${vehicle.id}-${charger.id}`;
  const time = format.time(since);
  const correct = (): void =>
    act.open({ kind: 'correct', id: charger.id, name: charger.name, user, vehicle: vehicle.id, error: null });
  return html`<article class="card pair ${word}" aria-labelledby="pair-${id}">
    <h2 id="pair-${id}">${icon('devices')} ${vehicle.name} <span class="muted" aria-hidden="true">⟷</span> ${icon('charger')} ${charger.name}</h2>
    <p class="facts">
      <span class=${word === 'invalid' ? 'warn' : ''}>${words.pairs.words[word]}</span>
      ${by === null ? nothing : html`<span>${words.pairs.by[by] ?? by}</span>`}
      ${time === null ? nothing : html`<span>${words.pairs.since(time)}</span>`}
    </p>
    ${guest ? html`<p class="aside">${words.pairs.guest}</p>` : nothing}
    ${word === 'established' ? nothing : certainty(scene, pair)} ${evidence(scene, pair)} ${session(scene, pair)}
    ${history(scene, pair)}
    ${correctable ? html`<div><button type="button" class="plain" @click=${correct}>${words.pairs.correct}</button></div>` : nothing}
  </article>`;
}

function certainty({ words, format }: Scene, pair: PairView): TemplateResult {
  const label = `${words.pairs.certainty}: ${format.percent(pair.certainty) ?? words.unknown}`;
  return html`<div class="certainty">
    <svg class="battery sure" role="img" aria-label=${label}><rect class="level" width="${pair.certainty}%" height="100%" /></svg>
    <span aria-hidden="true">${format.percent(pair.certainty)}</span>
  </div>`;
}

function evidence({ words }: Scene, pair: PairView): TemplateResult | typeof nothing {
  if (pair.evidence.length === 0) return nothing;
  return html`<div><h3>${words.pairs.evidence}</h3>
    <ul class="evidence">${pair.evidence.map((sentence) => html`<li>${sentence}</li>`)}</ul></div>`;
}

function session({ words, format }: Scene, pair: PairView): TemplateResult | typeof nothing {
  if (pair.session === null) return nothing;
  const { chargerKwh, batteryFrom, batteryTo } = pair.session;
  const energy = format.number(chargerKwh, 'kWh');
  const [from, to] = [format.percent(batteryFrom), format.percent(batteryTo)];
  return html`<div><h3>${words.pairs.session}</h3>
    <p>${[energy && words.pairs.fromGrid(energy), to && (from ? words.pairs.batteryFromTo(from, to) : words.pairs.batteryTo(to))].filter(Boolean).join(' · ') || words.none}</p>
    <p class="muted">${words.pairs.native}</p></div>`;
}

function history({ words, format }: Scene, pair: PairView): TemplateResult | typeof nothing {
  if (pair.history.length === 0) return nothing;
  return html`<details class="details"><summary>${words.pairs.history}</summary>
    <ul class="evidence">
      ${pair.history.map(
        ({
          from,
          to,
          by,
          certainty: sure,
        }) => html`<li>${format.time(from)} ${to === null ? nothing : html`${words.pairs.until} ${format.time(to)}`}
          <span class="muted">${words.pairs.by[by] ?? by}, ${format.percent(sure)}</span></li>`,
      )}
    </ul></details>`;
}
