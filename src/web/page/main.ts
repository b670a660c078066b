// Starts the page: follows the daemon, keeps the model, draws it.
import { render } from 'lit';
import { ask } from './ask.ts';
import { createFormat } from './format.ts';
import { followDaemon } from './live.ts';
import { beginning, type Model } from './model.ts';
import { newsOf } from './news.ts';
import { routeOf } from './route.ts';
import { createStore } from './store.ts';
import type { Act } from './view.ts';
import { shell } from './views/shell.ts';
import { guessLanguage, wordsOf } from './words/words.ts';

const root = document.getElementById('page')!;
const store = createStore<Model>(beginning(guessLanguage(navigator.languages), routeOf(location.hash)), draw);

const act: Act = {
  ask: async (key, verb, body, done) => {
    const words = wordsOf(store.get().language);
    store.set({ waiting: new Set([...store.get().waiting, key]) });
    const answer = await ask(verb, body, words.unreachable);
    const waiting = new Set(store.get().waiting);
    waiting.delete(key);
    store.set({ waiting });
    if (answer.status === 'error') store.set({ notice: { kind: 'error', text: answer.error.message } });
    else store.set({ notice: done === undefined ? null : { kind: 'done', text: done } });
    return answer;
  },
  open: (dialog) => store.set({ dialog }),
  close: () => store.set({ dialog: null }),
  dismissNotice: () => store.set({ notice: null }),
};

function draw(model: Model): void {
  const words = wordsOf(model.language);
  document.documentElement.lang = model.language;
  const { section } = model.route;
  document.title = section === 'home' ? words.title : `${words.nav[section]} · ${words.title}`;
  const timeZone = model.about?.timeZone ?? 'UTC';
  render(shell({ model, words, format: createFormat(model.language, timeZone), act }), root);
}

followDaemon({
  everything: ({ portraits, ...documents }) =>
    store.set({
      ...documents,
      language: documents.about.language,
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
  store.set({ route: routeOf(location.hash), notice: null });
  // After the drawing: whoever hears or tabs through the page begins at the new section's heading.
  queueMicrotask(() => queueMicrotask(() => root.querySelector<HTMLElement>('h1')?.focus()));
});
draw(store.get());
