// What every view gets: the model, its words and formats, and what a person can do.
import type { Answer, Body } from './ask.ts';
import type { Format } from './format.ts';
import type { Dialog, Model } from './model.ts';
import type { Words } from './words/en.ts';

export interface Act {
  /**
   * Asks the daemon. While it is under way `key` is in `model.waiting`; a refusal becomes a notice.
   * @param done said when it worked
   */
  ask(key: string, verb: string, body: Body, done?: string): Promise<Answer>;
  open(dialog: Dialog): void;
  close(): void;
  dismissNotice(): void;
}

export interface Scene {
  readonly model: Model;
  readonly words: Words;
  readonly format: Format;
  readonly act: Act;
}
