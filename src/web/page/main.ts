// Starts the page: follows the daemon, keeps the model, draws it.
import { render } from 'lit';
import { addingOf, resumed } from './adding.ts';
import { type Answer, ask, type Body } from './ask.ts';
import { createFormat } from './format.ts';
import { followDaemon } from './live.ts';
import { beginning, type Model, versionIn } from './model.ts';
import { newsOf } from './news.ts';
import { routeOf } from './route.ts';
import { createStore } from './store.ts';
import type { Act } from './view.ts';
import { shell } from './views/shell.ts';
import { guessLanguage, wordsOf } from './words/words.ts';

const root = document.getElementById('page')!;
const first = routeOf(location.hash);
const store = createStore<Model>(
  beginning(guessLanguage(navigator.languages), first, addingOf(first.adding ?? 'vehicle')),
  draw,
);

/** Answers that are still to come: a control pressed twice asks once. */
const open = new Map<string, Promise<Answer>>();

const askQuietly: Act['askQuietly'] = (key, verb, body) => {
  const question = JSON.stringify([key, verb, body]);
  const asked = open.get(question) ?? askNow(key, verb, body).finally(() => open.delete(question));
  open.set(question, asked);
  return asked;
};

async function askNow(key: string, verb: string, body: Body): Promise<Answer> {
  store.set({ waiting: new Set([...store.get().waiting, key]) });
  const answer = await ask(verb, body, wordsOf(store.get().language).unreachable);
  const waiting = new Set(store.get().waiting);
  waiting.delete(key);
  store.set({ waiting });
  return answer;
}

const act: Act = {
  askQuietly,
  ask: async (key, verb, body, done) => {
    const answer = await askQuietly(key, verb, body);
    if (answer.status === 'error') store.set({ notice: { kind: 'error', text: answer.error.message } });
    else {
      const text = typeof done === 'function' ? done(answer.data) : done;
      store.set({ notice: text === undefined ? null : { kind: 'done', text } });
    }
    return answer;
  },
  open: (dialog) => store.set({ dialog }),
  reopen: (dialog) => {
    const open = store.get().dialog;
    if (open?.kind === dialog.kind && open.id === dialog.id) store.set({ dialog });
  },
  closed: () => store.set({ dialog: null }),
  add: (change) => store.set({ adding: { ...store.get().adding, ...change } }),
  notice: (text) => store.set({ notice: { kind: 'done', text } }),
  dismissNotice: () => store.set({ notice: null }),
};

function draw(model: Model): void {
  const words = wordsOf(model.language);
  document.documentElement.lang = model.language;
  const { section, adding } = model.route;
  const title = adding ? words.add[adding].title : section === 'home' ? null : words.nav[section];
  document.title = title === null ? words.title : `${title} · ${words.title}`;
  const timeZone = model.about?.timeZone ?? 'UTC';
  const focused = document.activeElement;
  render(shell({ model, words, format: createFormat(model.language, timeZone), act }), root);
  // The keyboard must not fall out of the page when what it was on is gone.
  if (focused && !focused.isConnected) root.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
}

followDaemon({
  everything: ({ portraits, ...documents }) =>
    store.set({
      ...documents,
      version: store.get().version ?? versionIn(portraits),
      language: documents.about?.language ?? store.get().language,
      connection: 'open',
      portraits: new Map(portraits.map((portrait) => [`${portrait.kind}/${portrait.id}`, portrait])),
    }),
  portrait: (portrait) => {
    const key = `${portrait.kind}/${portrait.id}`;
    const { portraits, said } = store.get();
    const news = newsOf(portraits.get(key), portrait);
    store.set({ portraits: new Map(portraits).set(key, portrait), said: news ?? said });
  },
  retired: (kind, id) => {
    const portraits = new Map(store.get().portraits);
    portraits.delete(`${kind}/${id}`);
    store.set({ portraits });
  },
  documents: (some) => store.set(some),
  lost: () => store.set({ connection: 'lost' }),
});

window.addEventListener('hashchange', () => {
  const route = routeOf(location.hash);
  const { adding, onboarding } = store.get();
  store.set({
    route,
    notice: null,
    ...(route.adding === null ? {} : { adding: resumed(onboarding, adding, route.adding) }),
  });
  // After the drawing: whoever hears or tabs through the page begins at the new section's heading.
  queueMicrotask(() => queueMicrotask(() => root.querySelector<HTMLElement>('h1')?.focus()));
});
draw(store.get());
