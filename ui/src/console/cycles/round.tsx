import { useEffect, useRef, useState } from 'preact/hooks';
import type { CollectingRound } from '../../shapes';
import { keepPage } from '../../keep_page';
import { refusal } from '../../messages';
import { uuid7 } from '../../uuid7';
import { ApiError, get, send } from '../api';
import { at, now } from '../clock';
import { Empty } from '../parts';
import { t, word } from '../words';
import { dropVisit, forgetRound, keepRound, keepVisit, keptRound, keptVisits, type Visit } from './kept_round';

type Row = CollectingRound['rows'][number];

/** After a try in vain; twice as long after each further one, and never longer than the page looks anyway. */
const retryMs = 1000;

/** Not now (no answer, a timeout, too fast, signed out, the server's own trouble): it is tried again. */
const isPassing = (status: number): boolean => status < 400 || status >= 500 || [401, 408, 425, 429].includes(status);

/**
 * The doors without a smartphone, before the cut-off: what they want is taken down, or that they want nothing. On
 * dark stairs: kept on the phone first and sent when there is signal, also after the page was closed.
 */
export function Page() {
  const [round, setRound] = useState<CollectingRound | null>(null);
  const [visits, setVisits] = useState<Visit[]>([]);
  const [online, setOnline] = useState(true);
  const [unkept, setUnkept] = useState(false);
  const flushing = useRef(false);
  const pause = useRef(retryMs);
  const load = async () => {
    try {
      const fresh = await get<CollectingRound>('/collecting-round');
      setRound(fresh);
      setOnline(true);
      await keepRound(fresh);
    } catch (error) {
      if ((error as ApiError).status === 401) {
        setRound(null);
        await forgetRound();
      } else setOnline(false);
    }
  };
  /** Oldest first, and nothing is given up: what the server refuses stays in sight. */
  const flush = async () => {
    if (flushing.current) return;
    flushing.current = true;
    try {
      for (const visit of await keptVisits()) {
        if (visit.refused) continue;
        try {
          await deliver(visit);
          await dropVisit(visit.key);
          pause.current = retryMs;
        } catch (error) {
          const { status, code } = error as ApiError;
          if (isPassing(status)) {
            setTimeout(() => void flush(), pause.current);
            pause.current = Math.min(2 * pause.current, 15_000);
            return setOnline(false);
          }
          await keepVisit({ ...visit, refused: code });
        }
        setVisits(await keptVisits());
      }
      await load();
    } finally {
      flushing.current = false;
    }
  };
  useEffect(() => {
    void keptRound(now.value).then((kept) => kept && setRound((fresh) => fresh ?? kept));
    void keptVisits().then(setVisits);
    void load().then(flush);
    void keepPage('/c/', 'console-round', '/c/round').catch(() => undefined);
    const wake = () => void flush();
    const timer = setInterval(() => !document.hidden && wake(), 15_000);
    addEventListener('online', wake);
    return () => {
      clearInterval(timer);
      removeEventListener('online', wake);
    };
  }, []);
  const visit = async (row: Row, outcome: Visit['outcome'], text: string) => {
    const one: Visit = { key: uuid7(), household: row.household, outcome, text, at: new Date(now.value).toISOString() };
    await keepVisit(one).catch(() => setUnkept(true));
    setVisits((all) => [...all, one]);
    void flush();
  };
  const waiting = visits.filter((one) => !one.refused);
  const refused = visits.filter((one) => one.refused);
  const outcomeOf = (row: Row) => waiting.filter((one) => one.household === row.household).pop()?.outcome ?? row.outcome;
  const left = round?.rows.filter((row) => !outcomeOf(row) || outcomeOf(row) === 'absent').length ?? 0;
  return (
    <main class="page">
      <div class="head">
        <h1>{t('round')}</h1>
        {round && <p>{t('round_lead', { n: round.rows.length, time: at(round.cut_off) })}</p>}
        <p role="status">
          {round && <b>{t('round_left', { n: left })}</b>} {waiting.length > 0 && t('round_waiting', { n: waiting.length })}{' '}
          {!online && t('round_offline')}
        </p>
      </div>
      {unkept && <p class="failed">{t('round_unkept')}</p>}
      {refused.map((one) => (
        <p class="failed" key={one.key}>
          {round?.rows.find((row) => row.household === one.household)?.door} {refusal(one.refused!)} {one.text}{' '}
          <button
            class="btn small"
            onClick={() => void dropVisit(one.key).then(keptVisits).then(setVisits)}
            aria-label={`${t('round_drop')} ${one.text}`}
          >
            {t('round_drop')}
          </button>
        </p>
      ))}
      {!round && !online && <Empty text={t('round_nothing_kept')} />}
      {round && !round.rows.length && <Empty text={t('sheet_lines_none')} />}
      {round?.rows.map((row) => (
        <Door key={row.household} row={row} outcome={outcomeOf(row)} visit={visit} />
      ))}
    </main>
  );
}

/** What they want first: a visit says that it was taken down. Either counts once, however often it is sent. */
async function deliver({ key, household, outcome, text, at: occurred_at }: Visit): Promise<void> {
  if (outcome === 'ordered') {
    await send(`${key.slice(0, -1)}n`, '/needs', { household, text, channel: 'visit', on_behalf: true });
  }
  await send(key, '/collecting-round', { household, outcome, occurred_at });
}

interface DoorProps {
  row: Row;
  outcome: Visit['outcome'] | undefined;
  visit: (row: Row, outcome: Visit['outcome'], text: string) => Promise<void>;
}

function Door({ row, outcome, visit }: DoorProps) {
  const [text, setText] = useState('');
  const say = (said: Visit['outcome']) => void visit(row, said, said === 'ordered' ? text.trim() : '').then(() => setText(''));
  return (
    <section class="card pad">
      <h2>
        {row.door} {outcome && <span class="tag line">{word('visited', outcome)}</span>}
      </h2>
      {row.access_notes && <p class="mute">{row.access_notes}</p>}
      <div class="acts">
        <input
          class="search"
          aria-label={`${t('inbox_lines')} ${row.door}`}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button class="btn primary" disabled={!text.trim()} onClick={() => say('ordered')} aria-label={`${t('round_take')} ${row.door}`}>
          {t('round_take')}
        </button>
        <button class="btn" onClick={() => say('nothing')} aria-label={`${t('round_nothing')} ${row.door}`}>
          {t('round_nothing')}
        </button>
        <button class="btn" onClick={() => say('absent')} aria-label={`${t('round_absent')} ${row.door}`}>
          {t('round_absent')}
        </button>
      </div>
    </section>
  );
}
