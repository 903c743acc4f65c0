import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { askedLanguage, language, languageNames, languages, loadWords, say, type LetterKey, type Values } from '../messages';
import { encodeQr } from '../qr';
import type { LetterAnswer } from '../shapes';
import { Claim } from './claim';
import { picture } from './picture';
import { Proof } from './proof';

const t = (key: LetterKey, values?: Values): string => say(key, values);

/** What stands after /l/, as it was written or typed: 13 letters and digits. */
const clean = (text: string): string => text.toUpperCase().replace(/[^0-9A-Z]/g, '').slice(0, 13);
/** A word in small letters is a page; codes of letters are in capitals and longer. */
const page = location.pathname.split('/')[2] ?? '';
const asked = (): string => (page === 'proof' || page === 'claim' ? '' : clean(page));
const address = (code: string, base: string): string => `${base}/l/${code}`;

/** "2022-11-28" as the language writes a whole date. */
const day = (iso: string): string =>
  new Date(`${iso}T00:00:00Z`).toLocaleDateString(language() === 'en' ? 'en-GB' : language(), {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  });

type Known = LetterAnswer | 'asking' | 'failed';

function App() {
  const [known, setKnown] = useState<Known>('asking');
  const code = asked();
  const ask = () => {
    setKnown('asking');
    fetch(`/api/v1/letters/${code}`, { cache: 'no-store', credentials: 'omit' })
      .then((response) => (response.ok ? response.json() : Promise.reject()))
      .then(setKnown, () => setKnown('failed'));
  };
  useEffect(() => {
    if (code) ask();
  }, []);
  return (
    <main class="page">
      {page === 'proof' ? <Proof /> : page === 'claim' ? <Claim /> : !code && <Typed />}
      {code && known === 'asking' && <p role="status">{t('letter_asking')}</p>}
      {code && known === 'failed' && (
        <div role="alert">
          <p>{t('letter_failed')}</p>
          <button class="btn" onClick={ask}>
            {t('letter_again')}
          </button>
        </div>
      )}
      {typeof known === 'object' && (known.valid ? <Genuine letter={known} code={code} /> : <Unknown code={code} />)}
      <nav class="langs noprint" aria-label={t('letter_language')}>
        {languages.map((lang) => (
          <a key={lang} href={`?lang=${lang}${location.hash}`} lang={lang} aria-current={lang === language() ? 'true' : undefined}>
            {languageNames[lang]}
          </a>
        ))}
      </nav>
    </main>
  );
}

/** Whoever holds a paper and no camera types the code. */
function Typed() {
  const go = (event: Event) => {
    event.preventDefault();
    const code = clean(String(new FormData(event.currentTarget as HTMLFormElement).get('code')));
    if (code) location.pathname = `/l/${code}`;
  };
  return (
    <form onSubmit={go}>
      <h1>{t('letter_check')}</h1>
      <label for="code">{t('letter_type')}</label>
      <input id="code" name="code" autocomplete="off" autocapitalize="characters" maxLength={20} required />
      <p class="do">
        <button class="btn primary">{t('letter_check')}</button>
      </p>
    </form>
  );
}

function Unknown({ code }: { code: string }) {
  return (
    <>
      <div class="verdict no" role="status">
        <b>{t('letter_no')}</b>
        {t('letter_no_more', { code })}
      </div>
      <Typed />
    </>
  );
}

/** Genuine: what it says, and the same as a paper on which the name is written by hand. */
function Genuine({ letter, code }: { letter: LetterAnswer; code: string }) {
  const words: Values = {
    community: letter.community ?? '',
    from: day(letter.first_day!),
    until: day(letter.released_on!),
    code,
  };
  // Without an address that others can open there is no code on the paper: who checks it asks the community.
  const bits = letter.address ? encodeQr(address(code, letter.address)) : [];
  const save = () =>
    void picture(bits, [
      t('letter_title'),
      t('letter_body_short', words),
      t('letter_code', words),
      words['community'] as string,
    ]).then((url) => {
      const link = document.createElement('a');
      link.href = url;
      link.download = `${t('letter_title')}-${code}.png`;
      link.click();
    });
  return (
    <>
      <div class="verdict yes noprint" role="status">
        <b>{t('letter_yes')}</b>
        {t('letter_yes_more', words)}
      </div>
      <p class="do noprint">
        <button class="btn primary" onClick={() => print()}>
          {t('letter_print')}
        </button>
        <button class="btn" onClick={save}>
          {t('letter_picture')}
        </button>
      </p>
      <article class="paper">
        <h1>{t('letter_title')}</h1>
        <p>
          {t('letter_name')} <span class="blank">&nbsp;</span>
        </p>
        <p>{t('letter_body', words)}</p>
        <div class="foot">
          {bits.length > 0 && <Qr bits={bits} label={t('letter_qr')} />}
          <div>
            <p class="code">{t('letter_code', words)}</p>
            <p class="mute">
              {letter.address ? t('letter_how', { address: `${letter.address}/l/` }) : t('letter_how_desk')}
            </p>
          </div>
        </div>
        <p class="sign">
          {words['community']} {t('letter_stamp')}
          <br />
          {words['until']}
        </p>
      </article>
    </>
  );
}

function Qr({ bits, label }: { bits: string[]; label: string }) {
  let path = '';
  bits.forEach((row, y) => {
    for (const run of row.matchAll(/1+/g)) path += `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`;
  });
  const size = bits.length + 8;
  return (
    <svg class="qr" viewBox={`-4 -4 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path class="qr-bg" d={`M-4-4h${size}v${size}h-${size}z`} />
      <path class="qr-fg" d={path} />
    </svg>
  );
}

void loadWords(askedLanguage()).then(() => render(<App />, document.getElementById('app')!));
