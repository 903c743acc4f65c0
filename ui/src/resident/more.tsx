import { useEffect, useState } from 'preact/hooks';
import type { Group, Thread, Trusted } from '../shapes';
import { language, languageNames, languages, lateWords, loadWords, type Lang } from '../messages';
import { dayWords } from '../time';
import { Health } from './health';
import { ask, at, model, set } from './model';
import { Needs } from './needs';
import { Outings } from './outing';
import { Parcels } from './parcels';
import { Notices, showPictures } from './pictures';
import { Pay } from './pay';
import { OwnData } from './rights';
import { useSend } from './send';
import { Table } from './table';
import { setSize } from './view';
import { t } from './words';
import { uuid7 } from '../uuid7';
import css from './more.css?inline';

// Its looks come with it: a sheet of its own would cost the first load more than it saves.
const sheet = document.styleSheets[0];
for (const rule of css.split('}')) if (sheet && rule) sheet.insertRule(`${rule}}`, sheet.cssRules.length);

export { Pictures, pictured } from './pictures';

/** All that is not needed in the first second; it comes after the page stands. */
export function More() {
  useEffect(() => void sayOpened(), []);
  return (
    <>
      {!model.revoked && <Notices />}
      {!model.revoked && <Own />}
      <Settings />
    </>
  );
}

/** Fetching a page says nothing: chat apps do that too. Once a day it says itself that somebody has it before their eyes. */
async function sayOpened(): Promise<void> {
  const day = new Date().toDateString();
  try {
    if (document.hidden || localStorage.opened === day + model.token) return;
    await ask('/links/opened', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': uuid7() },
      body: '{}',
    });
    localStorage.opened = day + model.token;
  } catch {
    // The next opening says it.
  }
}

function Own() {
  const { home } = model;
  if (!home)
    return (
      <>
        <Health />
        <Needs />
        <Pay />
      </>
    );
  return (
    <>
      {home.trusted && <p class="hint">{t('more_trusted_view')}</p>}
      {(home.suspicions ?? 0) > 0 && !home.trusted && <Outings />}
      <Parcels />
      {home.state !== 'none' && <Health />}
      <Needs />
      <Pay />
      {!home.trusted && <Table />}
      {home.letters && home.letters.length > 0 && <Letters />}
      {!home.trusted && <Writing />}
      {home.proved && home.state !== 'none' && <Neighbours />}
      {home.proved && <Trust />}
      {!home.trusted && <OwnData />}
      {!home.proved && !home.trusted && <p class="hint">{t('unproved')}</p>}
    </>
  );
}

/** A released household has its letter, and may say how it was. */
function Letters() {
  const letters = model.home!.letters!;
  const day = (iso: string) => dayWords(iso, language(), false);
  return (
    <section>
      <h2>{t('more_letters')}</h2>
      <div class="box">
        {letters.map((letter) => (
          <a key={letter.code} class="btn" href={`/l/${letter.code}`}>
            {t('more_letter_open', { day: day(letter.last_day) })}
          </a>
        ))}
        <Feedback code={letters[0]!.code} />
      </div>
    </section>
  );
}

function Feedback({ code }: { code: string }) {
  const [rating, setRating] = useState(0);
  const [note, setNote] = useState('');
  const [thanks, setThanks] = useState(false);
  const [busy, failed, send] = useSend();
  if (thanks) return <p class="lead">{t('more_feedback_thanks')}</p>;
  const submit = async () => {
    if (await send('/feedback', { code, rating, ...(note.trim() ? { note } : {}) })) setThanks(true);
  };
  return (
    <>
      <p class="lead under">{t('more_feedback')}</p>
      <div class="chips">
        {([1, 2, 3, 4, 5] as const).map((n) => (
          <button key={n} class="btn" aria-pressed={rating === n} onClick={() => setRating(n)}>
            {t(`more_feedback_${n}`)}
          </button>
        ))}
      </div>
      {rating > 0 && (
        <>
          <textarea
            rows={3}
            maxLength={500}
            aria-label={t('more_feedback_note')}
            placeholder={t('more_feedback_note')}
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
          <button class="btn primary" disabled={busy} onClick={submit}>
            {t('more_feedback_send')}
          </button>
        </>
      )}
      {failed && <p role="alert">{t('more_failed')}</p>}
    </>
  );
}

/** The household and its worker, one to one. */
function Writing() {
  const [thread, setThread] = useState<Thread | null>(null);
  const [body, setBody] = useState('');
  const [busy, failed, send] = useSend();
  const proved = model.home!.proved;
  const load = () => ask<Thread>('/messages').then(setThread, () => undefined);
  useEffect(() => {
    void load();
    const timer = setInterval(() => !document.hidden && void load(), 30_000);
    return () => clearInterval(timer);
  }, []);
  const submit = async () => {
    if (!body.trim()) return;
    if (await send('/messages', { body })) {
      setBody('');
      void load();
    }
  };
  const rows = (thread && thread.rows) || [];
  return (
    <section>
      <h2>{t('more_thread')}</h2>
      <div class="box thread">
        {proved && thread && !rows.length && <p class="lead">{t('more_thread_empty')}</p>}
        {!proved && <p class="lead">{t('more_thread_unproved')}</p>}
        <ol>
          {rows.map((row) => (
            <li key={row.id} class={row.from_household ? 'mine' : ''}>
              <small>
                {row.from_household ? t('more_you') : row.author} {at(row.sent_at)}
              </small>
              {row.body}
            </li>
          ))}
        </ol>
        {thread && thread.waiting_since && (
          <p role="status">{t('more_thread_waiting', { time: at(thread.waiting_since) })}</p>
        )}
        <textarea
          rows={3}
          maxLength={1000}
          aria-label={t('more_thread_body')}
          value={body}
          onInput={(event) => setBody(event.currentTarget.value)}
        />
        <button class="btn" disabled={busy || !body.trim()} onClick={submit}>
          {t(busy ? 'more_thread_sending' : 'more_thread_send')}
        </button>
        {failed && <p role="alert">{t('more_thread_failed')}</p>}
      </div>
    </section>
  );
}

/** The group of households that stay at home: they read each other by number, and nobody is in it unasked. */
function Neighbours() {
  const [group, setGroup] = useState<Group | null>(null);
  const [body, setBody] = useState('');
  const [busy, failed, send] = useSend();
  const load = () => ask<Group>('/group').then(setGroup, () => undefined);
  useEffect(() => {
    void load();
    const timer = setInterval(() => !document.hidden && void load(), 30_000);
    return () => clearInterval(timer);
  }, []);
  if (!group || !group.member) return null;
  const join = async () => {
    if (await send('/group/join', {})) void load();
  };
  const submit = async () => {
    if (!(await send('/group', { body }))) return;
    setBody('');
    void load();
  };
  return (
    <section>
      <h2>{t('more_group')}</h2>
      <div class="box thread group">
        <p class="lead">{t('more_group_lead', { n: group.joined })}</p>
        {group.number === undefined ? (
          <button class="btn" disabled={busy} onClick={join}>
            {t('more_group_join')}
          </button>
        ) : (
          <>
            <ol>
              {group.rows.map((row) => (
                <li key={row.id} class={row.mine ? 'mine' : ''}>
                  <small>
                    {row.staff ? row.author : row.mine ? t('more_you') : t('more_group_number', { n: row.number ?? 0 })}{' '}
                    {at(row.at)}
                  </small>
                  {row.body}
                </li>
              ))}
            </ol>
            <textarea
              rows={3}
              maxLength={1000}
              aria-label={t('more_group_body')}
              value={body}
              onInput={(event) => setBody(event.currentTarget.value)}
            />
            <button class="btn" disabled={busy || !body.trim()} onClick={submit}>
              {t('more_group_send')}
            </button>
          </>
        )}
        {failed && <p role="alert">{t('more_failed')}</p>}
      </div>
    </section>
  );
}

/** Somebody elsewhere who may know that they are safe: named here, and taken back in one tap. */
function Trust() {
  const [rows, setRows] = useState<Trusted[]>([]);
  const [name, setName] = useState('');
  const [made, setMade] = useState<{ name: string; url: string } | null>(null);
  const [busy, failed, send] = useSend();
  const load = () => ask<{ rows: Trusted[] }>('/trusted').then((answer) => setRows(answer.rows), () => undefined);
  useEffect(() => void load(), []);
  const make = async () => {
    const link = (await send('/trusted', { name })) as { url: string } | null;
    if (!link) return;
    setMade({ name, url: new URL(link.url, location.origin).href });
    setName('');
    void load();
  };
  const drop = async (id: string) => {
    if (await send(`/trusted/${id}/revoke`, {})) void load();
  };
  return (
    <section>
      <h2>{t('more_trusted')}</h2>
      <div class="box">
        <p class="lead">{t('more_trusted_lead')}</p>
        {made && (
          <p class="note">
            {t('more_trusted_new', { name: made.name })}
            <b>{made.url}</b>
          </p>
        )}
        {rows.map((row) => (
          <button key={row.id} class="btn" disabled={busy} onClick={() => drop(row.id)}>
            {t('more_trusted_drop', { name: row.name ?? '' })}
          </button>
        ))}
        <input
          type="text"
          maxLength={60}
          aria-label={t('more_trusted_name')}
          placeholder={t('more_trusted_name')}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button class="btn" disabled={busy || !name.trim()} onClick={make}>
          {t('more_trusted_make')}
        </button>
        {failed && <p role="alert">{t('more_failed')}</p>}
      </div>
    </section>
  );
}

function Settings() {
  const choose = async (event: MouseEvent, lang: Lang) => {
    event.preventDefault();
    try {
      await loadWords(lang);
      await lateWords;
      history.replaceState(null, '', `?lang=${lang}`);
      set({});
    } catch {
      set({ homeFailed: true });
    }
  };
  return (
    <>
      <div class="sizes" role="group">
        {['A−', 'A', 'A+'].map((label, size) => (
          <button key={label} aria-pressed={model.size === size} onClick={() => setSize(size)}>
            {label}
          </button>
        ))}
      </div>
      <button class="text" onClick={() => showPictures(true)}>
        {t('pic_show')}
      </button>
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
    </>
  );
}

/** One press speaks for the household; whoever wants to say for whom opens this. */
export function ForWhom() {
  // An unproved link is told no names.
  const people = (model.home && model.home.people) || [];
  if (people.length < 2) return null;
  const chosen = people.find((person) => person.id === model.person);
  return (
    <details>
      <summary class="text">
        {t('for_whom')} {chosen ? chosen.name : t('everyone')}
      </summary>
      <div class="chips">
        {[{ id: null, name: t('everyone') }, ...people].map(({ id, name }) => (
          <button key={id} class="btn" aria-pressed={model.person === id} onClick={() => set({ person: id })}>
            {name}
          </button>
        ))}
      </div>
    </details>
  );
}
