import { useEffect, useState } from 'preact/hooks';
import type { Consents, DataFile, Looks, SubjectRequest, SubjectRequestKind } from '../shapes';
import { language, word } from '../messages';
import { dayOf, dayWords } from '../time';
import { ask, at, model } from './model';
import { useSend } from './send';
import { t } from './words';

const kinds: SubjectRequestKind[] = ['access', 'export', 'who_looked', 'correction', 'objection', 'complaint', 'erasure'];
const day = (iso: string) => dayWords(dayOf(iso, model.home?.zone), language(), false);

/** What is kept about them, who looked, what they agreed to, and what they may ask; fetched once it is opened. */
export function OwnData() {
  const [open, setOpen] = useState(false);
  return (
    <section>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary class="btn">{t('data')}</summary>
        {open && (
          <div class="box">
            <Asking />
            {model.home!.proved && <Looked />}
            {model.home!.proved && <Agreed />}
          </div>
        )}
      </details>
    </section>
  );
}

function Asking() {
  const [rows, setRows] = useState<SubjectRequest[]>([]);
  const [kind, setKind] = useState<SubjectRequestKind | null>(null);
  const [words, setWords] = useState('');
  const [due, setDue] = useState('');
  const [busy, failed, send] = useSend();
  const load = () =>
    model.home!.proved
      ? ask<{ rows: SubjectRequest[] }>('/requests').then((answer) => setRows(answer.rows), () => undefined)
      : undefined;
  useEffect(() => void load(), []);
  const submit = async () => {
    const answer = (await send('/requests', { kind, ...(words.trim() ? { words } : {}) })) as { due_at: string } | null;
    if (!answer) return;
    setDue(answer.due_at);
    setKind(null);
    setWords('');
    void load();
  };
  return (
    <>
      <p class="lead">{t('data_ask')}</p>
      <div class="chips">
        {kinds.map((one) => (
          <button key={one} class="btn" aria-pressed={kind === one} onClick={() => setKind(one)}>
            {word('data_kind', one)}
          </button>
        ))}
      </div>
      {kind && (
        <>
          <textarea
            rows={3}
            maxLength={1000}
            aria-label={t('data_words')}
            placeholder={t('data_words')}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
          <button class="btn primary" disabled={busy} onClick={submit}>
            {t('data_send')}
          </button>
        </>
      )}
      {failed && <p role="alert">{word('data_failed', failed.code.split('.')[1] ?? '') || t('more_failed')}</p>}
      {due && <p role="status">{t('data_sent', { day: day(due) })}</p>}
      {rows.length > 0 && (
        <ol class="thread">
          {rows.map((row) => (
            <li key={row.id}>
              <small>
                {day(row.asked_at)} · {word('data_kind', row.kind)}
              </small>
              {!row.own && <small>{t('data_other')}</small>}
              {row.words && <p>{row.words}</p>}
              <b>{row.state === 'open' ? t('data_until', { day: day(row.due_at) }) : word('data_state', row.state)}</b>
              {row.answer && <p>{row.answer}</p>}
              {row.file && <File id={row.id} />}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** Everything that is kept, to read here and to take away. */
function File({ id }: { id: string }) {
  const [file, setFile] = useState<DataFile | null>(null);
  const [failed, setFailed] = useState(false);
  const load = () => ask<DataFile>(`/requests/${id}/file`).then(setFile, () => setFailed(true));
  if (!file)
    return (
      <>
        <button class="btn" onClick={load}>
          {t('data_open')}
        </button>
        {failed && <p role="alert">{t('more_failed')}</p>}
      </>
    );
  const save = `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(file, null, 1))}`;
  return (
    <>
      <a class="btn" href={save} download={`doorstep-${id}.json`}>
        {t('data_save')}
      </a>
      {(file.sections ?? []).map((part) => (
        <details key={part.table}>
          <summary class="text">
            {word('data_purpose', part.purpose)} ({part.rows.length}) · {word('data_basis', part.basis)}
          </summary>
          {part.rows.map((row, n) => (
            <p key={n}>
              {row.at && <small>{`${day(row.at)} `}</small>}
              {row.values.map((one) => one.value).join(' · ')}
            </p>
          ))}
        </details>
      ))}
    </>
  );
}

type Look = NonNullable<Looks['rows']>[number];

/** Several looks of one person in one hour are one line; a number that was shown keeps its own. */
const lines = (rows: Look[]): Look[] => {
  const key = (row: Look) => [row.at.slice(0, 13), row.who, row.reason].join();
  return rows.filter((row, n) => rows.findIndex((other) => key(other) === key(row)) === n).slice(0, 50);
};

function Looked() {
  const [rows, setRows] = useState<Look[] | null>(null);
  useEffect(() => void ask<Looks>('/looks').then((answer) => setRows(answer.rows ?? []), () => undefined), []);
  return (
    <>
      <p class="lead under">{t('data_looks')}</p>
      {rows && rows.length === 0 && <p>{t('data_looks_none')}</p>}
      <ol class="thread">
        {lines(rows ?? []).map((row) => (
          <li key={row.at + row.what}>
            <small>
              {day(row.at)} {at(row.at)}
            </small>
            {row.who}{' '}
            {row.reason
              ? t(row.what === 'opening.make' ? 'data_look_opening' : 'data_look_phone', {
                  why: word('data_why', row.reason),
                })
              : t('data_look')}
          </li>
        ))}
      </ol>
    </>
  );
}

/** Agreeing is taken back by the same tap. */
function Agreed() {
  const [all, setAll] = useState<Consents | null>(null);
  const [busy, failed, send] = useSend();
  const load = () => ask<Consents>('/consents').then(setAll, () => undefined);
  useEffect(() => void load(), []);
  if (!all || !all.offered.length) return null;
  return (
    <>
      <p class="lead under">{t('data_consents')}</p>
      {all.offered.map((one) => {
        const given = all.given.find((row) => row.purpose === one.purpose && !row.person && !row.withdrawn_at);
        const say = async (agreed: boolean) => {
          if (await send('/consents', { purpose: one.purpose, agreed, version: one.version })) void load();
        };
        return (
          <div key={one.purpose}>
            <p>{one.text}</p>
            <button class="btn" disabled={busy} aria-pressed={Boolean(given)} onClick={() => say(!given)}>
              {t(given ? 'data_agreed' : 'data_agree')}
            </button>
          </div>
        );
      })}
      {failed && <p role="alert">{t('more_failed')}</p>}
    </>
  );
}
