// The frame of the page: sections, what is wrong, the section itself, and what is said to those who do not see it.
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import { hrefOf, type Section, sections } from '../route.ts';
import type { Scene } from '../view.ts';
import { add } from './add.ts';
import { banners } from './banners.ts';
import { devices } from './devices.ts';
import { dialogOf } from './dialogs.ts';
import { home } from './home.ts';
import { pairs } from './pairs.ts';
import { settings } from './settings.ts';

const views: Readonly<Record<Section, (scene: Scene) => TemplateResult>> = {
  home,
  devices: (scene) => (scene.model.route.adding ? add(scene) : devices(scene)),
  pairs,
  settings,
};

export function shell(scene: Scene): TemplateResult {
  const { model, words } = scene;
  return html`
    <a class="skip" href="#main" @click=${toMain}>${words.skip}</a>
    <header class="top">
      <a class="mark" href="#/">${icon('bolt')}<span>${words.title}</span></a>
      <nav aria-label=${words.nav.label}>${sections.map((section) => link(scene, section))}</nav>
    </header>
    <main id="main" tabindex="-1">
      ${banners(scene)}
      ${model.about ? views[model.route.section](scene) : html`<p class="loading">${words.loading}</p>`}
    </main>
    ${noticeOf(scene)} ${dialogOf(scene)}
    <p class="unseen" role="status">${model.said}</p>
  `;
}

function link({ model, words }: Scene, section: Section): TemplateResult {
  const current = model.route.section === section ? 'page' : nothing;
  return html`<a href=${hrefOf(section)} aria-current=${current}>${icon(section)}<span>${words.nav[section]}</span></a>`;
}

/** The address holds the section, so the skip link may not become one. */
function toMain(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function noticeOf({ model, words, act }: Scene): TemplateResult {
  const { notice } = model;
  return html`<div class="notices" role="alert">
    ${
      notice &&
      html`<div class="notice ${notice.kind}">
        ${icon(notice.kind === 'done' ? 'check' : 'warning')}<span>${notice.text}</span>
        <button type="button" class="quiet" aria-label=${words.close} @click=${act.dismissNotice}>${icon('close')}</button>
      </div>`
    }
  </div>`;
}
