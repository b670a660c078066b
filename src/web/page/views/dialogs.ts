// Which dialog is open.
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Dialog } from '../model.ts';
import type { Scene } from '../view.ts';
import { correctDialog } from './correct.ts';
import { closeButton, closeDialog, modal } from './modal.ts';
import { placeDialog } from './place.ts';
import { relinkDialog } from './relink.ts';
import { unlinkDialog } from './unlink.ts';

export function dialogOf(scene: Scene): unknown {
  const { dialog } = scene.model;
  return dialog ? keyed(`${dialog.kind}/${dialog.id}`, one(scene, dialog)) : nothing;
}

function one(scene: Scene, dialog: Dialog): TemplateResult {
  switch (dialog.kind) {
    case 'stop_away':
      return stopAway(scene, dialog);
    case 'unlink':
      return unlinkDialog(scene, dialog);
    case 'place':
      return placeDialog(scene, dialog);
    case 'correct':
      return correctDialog(scene, dialog);
    case 'relink':
      return relinkDialog(scene, dialog);
    default:
      return dialog satisfies never;
  }
}

function stopAway(scene: Scene, { id, name }: Dialog): TemplateResult {
  const { words, act } = scene;
  const stop = (): void => {
    closeDialog();
    void act.ask(`charging/${id}`, 'command', { id, command: 'stop', anywhere: true });
  };
  return modal(
    scene,
    words.loadpoint.awayTitle,
    html`<p><strong>${name}</strong></p><p>${words.loadpoint.awayText}</p>`,
    html`${closeButton(scene, words.cancel)}
      <button type="button" class="danger" @click=${stop}>${words.loadpoint.awayStop}</button>`,
  );
}
