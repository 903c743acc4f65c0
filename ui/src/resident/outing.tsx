import { useEffect, useState } from 'preact/hooks';
import type { AccountKind, Suspicion } from '../shapes';
import { word } from '../messages';
import { ask, model } from './model';
import { useSend } from './send';
import { when } from './when';
import { t } from './words';

const kinds: AccountKind[] = ['stayed', 'parcel', 'rubbish', 'told', 'fire', 'illness', 'danger', 'other'];
const time = (iso: string) => when(iso, model.home);

/** Somebody thinks that one of them went out: what was seen, what they say, who decided and why, and that they may object. */
export function Outings() {
  const [rows, setRows] = useState<Suspicion[]>([]);
  const load = () => void ask<{ rows: Suspicion[] }>('/suspicions').then((answer) => setRows(answer.rows), () => undefined);
  useEffect(load, []);
  if (!rows.length) return null;
  return (
    <section class="outing">
      <h2>{t(rows.some((row) => row.state === 'asked') ? 'out_title' : 'out_title_done')}</h2>
      {rows.map((row) => (
        <div class="box" key={row.id}>
          <One row={row} reload={load} />
        </div>
      ))}
    </section>
  );
}

function One({ row, reload }: { row: Suspicion; reload: () => void }) {
  const open = row.state === 'asked' || row.state === 'answered';
  return (
    <>
      <p class="lead">
        {t('out_seen', { when: time(row.seen_at), what: word('out_evidence', row.evidence ?? 'other') })} {row.name} {row.words}
      </p>
      {open && <p>{t('out_who', { who: row.recorded_by ?? '' })}</p>}
      <Said row={row} />
      {open && <Account row={row} reload={reload} />}
      {row.verdict && <Verdict row={row} />}
      {row.state === 'decided' && row.verdict === 'went_out' && <Objecting row={row} reload={reload} />}
      {row.objection && <p>{t('out_objected', { what: row.objection })}</p>}
      {row.state === 'objected' && <p role="status">{t('out_objected_until', { until: time(row.objection_due!) })}</p>}
      {row.settled_at && (
        <p>
          <b>{t('out_settled', { who: row.settled_by ?? '', what: word('out_state', row.state ?? '') })}</b> {row.answer}
        </p>
      )}
      {!open && <p class="hint">{t('out_here')}</p>}
    </>
  );
}

function Said({ row }: { row: Suspicion }) {
  if (!row.account_at) return null;
  const what = [word('out_kind', row.account_kind ?? 'other'), row.account].filter(Boolean).join(' · ');
  return <p>{t(row.account_channel === 'page' ? 'out_said' : 'out_said_for', { what })}</p>;
}

/** One tap, and words where they want to; until somebody has decided they may say it better. */
function Account({ row, reload }: { row: Suspicion; reload: () => void }) {
  const [kind, setKind] = useState<AccountKind | null>(null);
  const [words, setWords] = useState('');
  const [more, setMore] = useState(false);
  const [busy, failed, send] = useSend();
  const submit = async () => {
    if (!(await send(`/suspicions/${row.id}/account`, { kind, ...(words.trim() ? { words } : {}) }))) return;
    setKind(null);
    setMore(false);
    reload();
  };
  if (row.state === 'answered' && !more)
    return (
      <>
        <p role="status">{t('out_wait')}</p>
        <button class="text" onClick={() => setMore(true)}>
          {t('out_again')}
        </button>
      </>
    );
  return (
    <>
      <p>{t('out_ask', { until: time(row.account_due) })}</p>
      <p class="hint">{t('out_never')}</p>
      <div class="chips">
        {kinds.map((one) => (
          <button key={one} class="btn" aria-pressed={kind === one} onClick={() => setKind(one)}>
            {word('out_kind', one)}
          </button>
        ))}
      </div>
      {kind && (
        <>
          <Words label={t('out_words')} value={words} onInput={setWords} />
          <button class="btn primary" disabled={busy || (kind === 'other' && !words.trim())} onClick={submit}>
            {t('out_send')}
          </button>
        </>
      )}
      {failed && <p role="alert">{t('more_failed')}</p>}
    </>
  );
}

function Verdict({ row }: { row: Suspicion }) {
  return (
    <p>
      {row.verdict_by && t('out_by', { who: row.verdict_by, when: time(row.verdict_at!) })}
      {row.verdict_by && (row.without_account ? ` (${t('out_without')})` : '')} <b>{word('out_verdict', row.verdict!)}</b>{' '}
      {row.why && t('out_why', { why: row.why })}
    </p>
  );
}

function Objecting({ row, reload }: { row: Suspicion; reload: () => void }) {
  const [words, setWords] = useState('');
  const [busy, failed, send] = useSend();
  const submit = async () => {
    if (await send(`/suspicions/${row.id}/object`, { words })) reload();
  };
  return (
    <>
      <p>{t('out_object')}</p>
      <Words label={t('out_object_words')} value={words} onInput={setWords} />
      <button class="btn" disabled={busy || !words.trim()} onClick={submit}>
        {t('out_object_send')}
      </button>
      {failed && <p role="alert">{t('more_failed')}</p>}
    </>
  );
}

const Words = ({ label, value, onInput }: { label: string; value: string; onInput: (words: string) => void }) => (
  <textarea
    rows={3}
    maxLength={500}
    aria-label={label}
    placeholder={label}
    value={value}
    onInput={(event) => onInput(event.currentTarget.value)}
  />
);
