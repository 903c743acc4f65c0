import { render } from 'preact';
import { keepPage } from '../keep_page';
import { askedLanguage, language, loadWords } from '../messages';
import { flush, forget, loadRun, onChange, restore, set } from './model';
import { App } from './view';

const root = document.getElementById('app')!;
/** On the stairs even what is kept may not come at the first time of asking; a blank page helps nobody. */
async function wordsAtLast(): Promise<void> {
  for (;;) {
    const come = await loadWords(askedLanguage()).then(
      () => true,
      () => false,
    );
    if (come) return;
    await new Promise((later) => setTimeout(later, 500));
  }
}

async function start(): Promise<void> {
  const kept = restore();
  await wordsAtLast();
  await kept;
  onChange(() => render(<App key={language()} />, root));
  set({});
  await loadRun();
  void flush();
  void keepPage('/v/', 'run-1').catch(() => undefined);
}

const wake = () => {
  if (document.hidden) return;
  void forget();
  void loadRun();
  void flush();
};

void start();
window.addEventListener('online', wake);
window.addEventListener('offline', () => set({ online: false }));
document.addEventListener('visibilitychange', wake);
setInterval(() => {
  void forget();
  if (!document.hidden) void loadRun();
}, 60_000);
