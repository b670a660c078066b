// The home at a glance: each car with what it hangs on, then the chargers that no car is on.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../icons.ts';
import { assetsOf } from '../model.ts';
import { addHref } from '../route.ts';
import type { Scene } from '../view.ts';
import { chargerCard } from './charger-card.ts';
import { vehicleCard } from './vehicle-card.ts';

export function home(scene: Scene): TemplateResult {
  const { model, words } = scene;
  const vehicles = assetsOf(model, 'vehicle');
  const chargers = assetsOf(model, 'charger');
  return html`<h1 tabindex="-1">${words.home.title}</h1>
    ${vehicles.length === 0 ? welcome(scene) : nothing}
    <div class="cards">
      ${repeat(
        vehicles,
        ({ id }) => id,
        (portrait) => vehicleCard(scene, portrait),
      )}
    </div>
    ${
      chargers.length === 0
        ? nothing
        : html`<h2>${words.home.chargers}</h2>
          <div class="cards small">
            ${repeat(
              chargers,
              ({ id }) => id,
              (portrait) => chargerCard(scene, portrait),
            )}
          </div>`
    }`;
}

function welcome({ words }: Scene): TemplateResult {
  return html`<section class="card welcome">
    ${icon('devices')}
    <h2>${words.home.welcome}</h2>
    <p>${words.home.welcomeText}</p>
    <a class="button" href=${addHref('vehicle')}>${words.home.start}</a>
  </section>`;
}
