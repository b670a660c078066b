// What every view gets: the model, its words and formats, and what a person can do.
import type { Adding } from './adding.ts';
import type { Answer, Body } from './ask.ts';
import type { Format } from './format.ts';
import type { Dialog, Model } from './model.ts';
import type { Words } from './words/en.ts';

export interface Act {
  /** Asks the daemon. While it is under way `key` is in `model.waiting`; a refusal becomes a notice. `done` is said when it worked. */
  ask(key: string, verb: string, body: Body, done?: string | ((data: Body) => string)): Promise<Answer>;
  /** The same without any notice, for those who tell the answer in their own place. */
  askQuietly(key: string, verb: string, body: Body): Promise<Answer>;
  open(dialog: Dialog): void;
  /** Another state of the dialog that is open; nothing when it was closed meanwhile. */
  reopen(dialog: Dialog): void;
  /** The dialog is gone. */
  closed(): void;
  add(change: Partial<Adding>): void;
  notice(text: string): void;
  dismissNotice(): void;
}

export interface Scene {
  readonly model: Model;
  readonly words: Words;
  readonly format: Format;
  readonly act: Act;
}
