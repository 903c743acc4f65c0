import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { doorIcon, Icon, searchIcon } from '../icons';
import { language, languageNames, languages, loadWords, type Lang } from '../messages';
import { remove, session } from './api';
import { late } from '../late';
import { at, localNow, now } from './clock';
import { setSingleKeys, singleKeys, useKeys } from './keys';
import { heardAt, setSignedIn, staleAfterMs, wantedSince } from './live';
import { attempt, Toasts } from './toast';
import { age, Modal } from './parts';
import { go, route } from './router';
import { Search } from './search';
import { t, type Key } from './words';

const OpeningBanner = late(() => import('./care/opening').then((part) => part.OpeningBanner));

/** `when`: shown only where the community's rule pack has what it is for. */
const nav: { page: string; href: string; key: Key; also: string[]; when?: 'control' | 'care_windows' }[] = [
  { page: '', href: '/c/', key: 'nav_today', also: [] },
  { page: 'calls', href: '/c/calls', key: 'calls', also: ['roll'], when: 'control' },
  { page: 'care', href: '/c/care', key: 'care_day', also: [], when: 'care_windows' },
  { page: 'inbox', href: '/c/inbox', key: 'inbox', also: ['cycles', 'money', 'round', 'help', 'offers'] },
  { page: 'duties', href: '/c/duties', key: 'duties', also: [] },
  { page: 'board', href: '/c/board', key: 'nav_board', also: [] },
  { page: 'goods', href: '/c/goods', key: 'goods', also: [] },
  { page: 'ledger', href: '/c/ledger', key: 'ledger', also: [] },
  { page: 'closing', href: '/c/closing', key: 'closing', also: [] },
  { page: 'progress', href: '/c/progress', key: 'progress', also: ['group', 'suspicions'], when: 'control' },
  { page: 'households', href: '/c/households', key: 'nav_register', also: ['places', 'slips'] },
  { page: 'people', href: '/c/people', key: 'nav_people', also: [] },
  { page: 'import', href: '/c/import', key: 'nav_import', also: [] },
];

/** Bumped when the language changes, so that everything is drawn again. */
export const spoken = signal(0);
export function Shell({ children }: { children: ComponentChildren }) {
  const [open, setOpen] = useState<'search' | 'keys' | null>(null);
  const kiosk = route.value.query.get('kiosk') === '1';
  useKeys({
    '/': (event) => {
      event.preventDefault();
      setOpen('search');
    },
    '?': () => setOpen('keys'),
  });
  return (
    <>
      <a class="skip" href="#content">
        {t('skip')}
      </a>
      {!kiosk && <Top find={() => setOpen('search')} keys={() => setOpen('keys')} />}
      <Stale />
      {session.value!.openings.length > 0 && <OpeningBanner />}
      <div id="content" tabIndex={-1}>
        {children}
      </div>
      {open === 'search' && <Search onClose={() => setOpen(null)} />}
      {open === 'keys' && <Keys onClose={() => setOpen(null)} />}
      <Toasts />
    </>
  );
}

function Top({ find, keys }: { find: () => void; keys: () => void }) {
  const who = session.value!;
  const { page } = route.value;
  return (
    <header class="top">
      <a class="brand" href="/c/">
        <Icon path={doorIcon} />
        {who.community.name}
        {who.demo && <span class="tag line">{t('demo')}</span>}
      </a>
      <nav aria-label={t('nav_main')}>
        {nav.filter((item) => !item.when || who.community[item.when]).map((item) => (
          <a
            key={item.page}
            href={item.href}
            aria-current={item.page === page || item.also.includes(page) ? 'page' : undefined}
          >
            {t(item.key)}
          </a>
        ))}
      </nav>
      <div class="right">
        <button class="find" onClick={find}>
          <Icon path={searchIcon} />
          <span class="long">{t('search')}</span>
          <span class="short">{t('search_open')}</span>
          <kbd class="kbd">/</kbd>
        </button>
        <time class="mute clock">{at(new Date(now.value).toISOString())}</time>
        <Who keys={keys} />
      </div>
    </header>
  );
}

function Who({ keys }: { keys: () => void }) {
  const [open, setOpen] = useState(false);
  const who = session.value!;
  useEffect(() => {
    if (!open) return;
    const close = (event: Event) => !(event.target as Element).closest('.who') && setOpen(false);
    document.addEventListener('click', close);
    return () => document.removeEventListener('click', close);
  }, [open]);
  const signOut = async () => {
    if (await attempt(() => remove('/session'))) {
      setSignedIn(false);
      session.value = null;
    }
  };
  return (
    <div class="who" onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
      <button class="btn quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span class="face" aria-hidden="true">
          {who.account.name.slice(0, 1)}
        </span>
        <span class="name">{who.account.name}</span>
      </button>
      {open && (
        <div class="menu">
          <Languages />
          <button class="btn quiet" onClick={() => (setOpen(false), keys())}>
            {t('keys_title')} <kbd class="kbd">?</kbd>
          </button>
          <a class="btn quiet" href="/c/me" onClick={() => setOpen(false)}>
            {t('login')}
          </a>
          <button class="btn quiet" onClick={signOut}>
            {t('sign_out')}
          </button>
        </div>
      )}
    </div>
  );
}

export function Languages() {
  const choose = async (event: Event, lang: Lang) => {
    event.preventDefault();
    if (await attempt(() => loadWords(lang))) {
      const query = new URLSearchParams(location.search);
      query.set('lang', lang);
      go(`${location.pathname}?${query}${location.hash}`, true);
      spoken.value++;
    }
  };
  return (
    <nav class="langs" aria-label={t('language')}>
      {languages.map((lang) => (
        <a
          key={lang}
          href={`?lang=${lang}`}
          lang={lang}
          aria-current={lang === language() ? 'true' : undefined}
          onClick={(event) => choose(event, lang)}
        >
          {languageNames[lang]}
        </a>
      ))}
    </nav>
  );
}

/** Says that what is on screen may be old, and how old; it never hides the last known state. */
function Stale() {
  const heard = heardAt.value;
  const old = localNow.value - (heard ?? wantedSince.value ?? localNow.value);
  if (old < staleAfterMs) return null;
  return (
    <p class="banner" role="status">
      {heard === null ? t('stale_never') : t('stale', { age: age(old) })}
    </p>
  );
}

const keyRows: [string, Key][] = [
  ['/', 'keys_search'],
  ['?', 'keys_help'],
  ['f', 'keys_filter'],
  ['z', 'keys_zoom'],
  ['l', 'keys_lens'],
  ['← ↑ ↓ →', 'keys_move'],
  ['Enter', 'keys_open'],
  ['Esc', 'keys_close'],
  ['1', 'keys_call'],
  ['2', 'keys_seen'],
  ['3', 'keys_unwell'],
  ['f u n d', 'keys_call_result'],
  ['t o e c w l', 'keys_call_form'],
  ['j k', 'keys_rows'],
  ['a e p g', 'keys_duty'],
];

function Keys({ onClose }: { onClose: () => void }) {
  return (
    <Modal title={t('keys_title')} onClose={onClose}>
      <dl class="keylist">
        {keyRows.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd class="kbd">{key}</kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        {t('keys_on')}
      </label>
    </Modal>
  );
}
