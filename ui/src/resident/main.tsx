import { render } from 'preact';
import { askedLanguage, language, loadWords } from '../messages';
import { outbox } from '../outbox';
import { flush, loadHome, model, onChange, set } from './model';
import { App, loadMore, readSize, setSize } from './view';

const root = document.getElementById('app')!;
let shown = '';

function draw(): void {
  render(<App key={language()} />, root);
  const view = model.revoked ? 'revoked' : model.view;
  // A screen reader hears the new screen; the first one is left alone so that nothing jumps on opening.
  if (shown && shown !== view) {
    window.scrollTo(0, 0);
    root.querySelector<HTMLElement>('h1')?.focus();
  }
  shown = view;
}

async function start(): Promise<void> {
  // Until the words are here the page from the server stands, and its button works by itself.
  const items = outbox.all(model.token);
  const home = loadHome();
  await loadWords(askedLanguage());
  // What waits must be known before anything is drawn, or the page would say "done" for a moment.
  set({ items: [...(await items).filter((item) => !item.sent), ...model.items], trying: navigator.onLine });
  root.textContent = '';
  onChange(draw);
  setSize(readSize());
  void flush();
  void loadMore();
  await home;
}

const wake = () => {
  if (document.hidden) return;
  void loadHome();
  void flush();
  void loadMore();
};

void start();
window.addEventListener('online', wake);
document.addEventListener('visibilitychange', wake);

// While someone waits for help the page asks often, otherwise it only keeps the day right.
setInterval(() => {
  if (document.hidden) return;
  const open = model.home?.unwell && !model.home.unwell.seen_at;
  if (model.view === 'unwell' && open) void loadHome();
}, 5000);
setInterval(() => !document.hidden && void loadHome(), 60_000);
