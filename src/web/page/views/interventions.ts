// What Enode says must be fixed at a car: title, what to do, who can, and the step that is done by logging in again.
import { html, nothing, type TemplateResult } from 'lit';
import type { OnboardingIntervention, OnboardingVehicle } from '../../../domain/telling/onboarding.ts';
import { icon } from '../icons.ts';
import { type Block, blocksOf, type Piece } from '../markup.ts';
import { brandName } from '../model.ts';
import type { Scene } from '../view.ts';
import { openRelink } from './relink.ts';

export function interventions(scene: Scene, vehicle: OnboardingVehicle): TemplateResult | typeof nothing {
  if (vehicle.interventions.length === 0) return nothing;
  return html`<section class="prompt warn" aria-labelledby="todo-${vehicle.id}">
    <h3 id="todo-${vehicle.id}">${icon('warning')} ${scene.words.interventions.title}</h3>
    ${vehicle.interventions.map((intervention) => oneOf(scene, vehicle, intervention))}
  </section>`;
}

function oneOf(scene: Scene, vehicle: OnboardingVehicle, intervention: OnboardingIntervention): TemplateResult {
  const { model, words, act } = scene;
  const { title, description, agent, access, link } = intervention;
  const who = [words.interventions.agents[`${agent}`], words.interventions.access[`${access}`]].filter(Boolean);
  const brand = brandName(model, vehicle.vendor);
  return html`<details class="intervention" open>
    <summary>${title}</summary>
    ${written(description)}
    ${who.length === 0 ? nothing : html`<p class="muted">${who.join(', ')}.</p>`}
    ${
      link
        ? html`<button type="button" class="plain" @click=${() => openRelink(act, words, { ...vehicle, brand })}>${words.interventions.link}</button>`
        : nothing
    }
  </details>`;
}

const written = (markdown: string): TemplateResult => {
  const blocks = blocksOf(markdown);
  const items = blocks.filter(({ kind }) => kind === 'item');
  const before = blocks.slice(0, blocks.findIndex(({ kind }) => kind === 'item') >>> 0);
  const after = blocks.slice(before.length).filter(({ kind }) => kind === 'paragraph');
  return html`${before.map(paragraph)}${items.length === 0 ? nothing : html`<ul>${items.map((item) => html`<li>${item.pieces.map(pieceOf)}</li>`)}</ul>`}${after.map(paragraph)}`;
};

const paragraph = ({ pieces }: Block): TemplateResult => html`<p>${pieces.map(pieceOf)}</p>`;

const pieceOf = (piece: Piece): TemplateResult | string => {
  if (piece.kind === 'text') return piece.text;
  if (piece.kind === 'strong') return html`<strong>${piece.text}</strong>`;
  return html`<a href=${piece.href} target="_blank" rel="noopener noreferrer">${piece.text}</a>`;
};
