import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Decided, Decision, Inbox, NeedRow, Page as Rest } from '../../shapes';
import { get, post } from '../api';
import { now, setServerNow } from '../clock';
import { useKeys } from '../keys';
import { onJournal } from '../live';
import { Failed, useLoad } from '../load';
import { Empty } from '../parts';
import { query, route } from '../router';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { Card, type Draft } from './card';
import './inbox.css';
import { Relay } from './relay';
import { Rows } from './rows';
import { Assign } from './assign';

const filters = ['open', 'unread', 'asked_back', 'accepted', 'decided'] as const;
type Filter = (typeof filters)[number];

/** Page after page until all are here: the list scrolls through everything without asking again. */
async function loadAll(filter: Filter): Promise<NeedRow[]> {
  const rows: NeedRow[] = [];
  for (let next: string | undefined = ''; next !== undefined;) {
    const cursor: string = next && `&cursor=${encodeURIComponent(next)}`;
    const page: Rest<NeedRow> = await get(`/needs?filter=${filter}&limit=1000${cursor}`);
    rows.push(...page.rows);
    next = page.next;
  }
  return rows;
}

/**
 * What presses first is asked again; what stands behind it stays as it was. Null where the two do not meet: then
 * everything is asked again.
 */
async function loadFirst(filter: Filter, old: NeedRow[]): Promise<NeedRow[] | null> {
  const page: Rest<NeedRow> = await get(`/needs?filter=${filter}&limit=100`);
  if (page.next === undefined) return page.rows;
  const fresh = new Set(page.rows.map((row) => row.id));
  const meets = old.findIndex((row) => row.id === page.rows[page.rows.length - 1]!.id);
  return meets < 0 ? null : [...page.rows, ...old.slice(meets + 1).filter((row) => !fresh.has(row.id))];
}

/** What was said, one after another: a key is a decision, and the next is already on screen. */
export function Page() {
  const filter = filters.find((one) => one === route.value.query.get('filter')) ?? 'open';
  const list = useLoad(`needs ${filter}`, () => loadAll(filter));
  const counts = useLoad('inbox', async () => {
    const answer = await get<Inbox>('/inbox');
    setServerNow(answer.now);
    return answer;
  });
  // What was decided here leaves at once, also while an older answer is still on its way.
  const decided = useRef(new Set<string>());
  const [rows, setRows] = useState<NeedRow[]>([]);
  const [relay, setRelay] = useState(false);
  const reload = () => {
    list.reload();
    counts.reload();
  };
  useEffect(() => {
    let timer = 0;
    const stop = onJournal((event) => {
      if (!event.kind.startsWith('need.') && !event.kind.startsWith('relay.')) return;
      timer ||= window.setTimeout(() => {
        timer = 0;
        counts.reload();
        loadFirst(filter, latest.current).then((rows) => (rows ? list.setData(rows) : list.reload()), list.reload);
      }, 1500);
    }, reload);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [filter]);
  const latest = useRef<NeedRow[]>([]);
  latest.current = list.data ?? [];
  useLayoutEffect(() => setRows((list.data ?? []).filter((row) => !decided.current.has(row.id))), [list.data]);
  return (
    <>
      <Triage
        rows={rows}
        loaded={list.data !== null}
        hide={(id) => {
          decided.current.add(id);
          // One out of twelve thousand: copied, not looked through.
          setRows((old) => {
            const next = old.slice();
            next.splice(next.findIndex((row) => row.id === id), 1);
            return next;
          });
        }}
        show={(id) => {
          decided.current.delete(id);
          reload();
        }}
        busy={relay}
      >
        <div class="tools">
          <div class="seg wrap" role="group" aria-label={t('inbox_which')}>
            {filters.map((one) => (
              <button key={one} aria-pressed={one === filter} onClick={() => query({ filter: one, n: null })}>
                {t(`inbox_${one}`)} {one === 'open' ? counts.data?.open : one === 'unread' ? counts.data?.unread : ''}
              </button>
            ))}
          </div>
        </div>
        <Ages counts={counts.data} relay={() => setRelay(true)} />
        {list.error && <Failed error={list.error} retry={list.reload} />}
      </Triage>
      {relay && <Relay onClose={() => setRelay(false)} onDone={reload} />}
    </>
  );
}

function Ages({ counts, relay }: { counts: Inbox | null; relay: () => void }) {
  const minutes = counts && Math.round((Date.parse(counts.next.cut_off) - now.value) / 60_000);
  return (
    <div class="ages" role="status">
      {counts && (
        <span class={counts.late ? 'late' : ''}>
          {counts.oldest_at ? t('inbox_oldest', { n: counts.oldest_minutes }) : t('inbox_none_waiting')}
        </span>
      )}
      {minutes !== null && <span>{t('inbox_cut_off', { n: minutes })}</span>}
      {counts && counts.threads > 0 && <a href="/c/duties?filter=waiting&kind=message">{t('inbox_threads', { n: counts.threads })}</a>}
      {counts && counts.today > 0 && (
        <span class="mute">
          {t('inbox_today', { n: counts.today })} {counts.classes.map((one) => `${word('class', one.class)} ${one.today}`).join(' · ')}
        </span>
      )}
      <button class="btn small" onClick={relay}>
        {t('relay_paste')}
      </button>
      <a class="btn small" href="/c/cycles">
        {t('cycles')}
      </a>
      <a class="btn small" href="/c/money">
        {t('money')}
      </a>
      <a class="btn small" href="/c/help">
        {t('help')}
      </a>
      <a class="btn small" href="/c/offers">
        {t('offers')}
      </a>
    </div>
  );
}

interface TriageProps {
  rows: NeedRow[];
  loaded: boolean;
  hide: (id: string) => void;
  show: (id: string) => void;
  /** Something else has the keys. */
  busy: boolean;
  children: ComponentChildren;
}

function Triage({ rows, loaded, hide, show, busy, children }: TriageProps) {
  const asked = route.value.query.get('n') ?? '';
  const current = rows.find((row) => row.id === asked) ?? rows[0];
  const draft = useRef<Draft>({ lines: null, corrections: [], answer: '', household: null, version: 0 });
  const last = useRef<{ id: string; version: number } | null>(null);
  const [assigning, setAssigning] = useState<NeedRow | null>(null);
  const pick = useCallback((id: string) => query({ n: id }), []);
  const move = (step: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(current!) + step))];
    if (next) pick(next.id);
  };
  /** The row leaves at once; if the server says no it comes back with the reason. */
  const decide = (decision: Decision, service?: string) => {
    if (!current) return;
    const { lines, corrections, answer, household, version } = draft.current;
    const row = current;
    if (decision === 'ask_back' && !answer) {
      document.getElementById('answer')?.focus();
      return;
    }
    const next = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1];
    hide(row.id);
    query({ n: next?.id ?? null });
    void attempt(async () => {
      const said = await post<Decided>(`/needs/${row.id}/decide`, {
        decision,
        version: version || row.version,
        ...(decision === 'order' && lines ? { lines } : {}),
        ...(corrections.length ? { corrections } : {}),
        ...(answer ? { answer } : {}),
        ...(household ? { household } : {}),
        ...(service ? { service } : {}),
      });
      last.current = { id: row.id, version: said.version };
      const words = `${row.door} ${t(`did_${decision === 'keep' ? 'keep' : decision}`)}`;
      done(said.late_for ? `${words} · ${t('did_late')}` : words, () => undo(row.id, said.version));
    }).then((went) => went || show(row.id));
  };
  const undo = async (id: string, version: number) => {
    await post(`/needs/${id}/undo`, { version });
    last.current = null;
    show(id);
    pick(id);
  };
  const keys: Record<string, (event: KeyboardEvent) => void> = {
    j: () => move(1),
    k: () => move(-1),
    a: () => decide('order'),
    m: () => decide('accept', 'medicine'),
    s: () => decide('accept'),
    b: () => decide('ask_back'),
    d: () => decide(draft.current.answer ? 'answer' : 'done'),
    x: () => decide('decline'),
    e: () => decide('emergency'),
    g: () => current?.duty && setAssigning(current),
    u: () => last.current && void attempt(() => undo(last.current!.id, last.current!.version), t('undone')),
    Enter: (event) => {
      if (event.target instanceof HTMLElement && event.target.closest('button, a')) return;
      decide(current?.service === 'goods' && !current.only_me ? 'order' : 'accept');
    },
  };
  useKeys(assigning || busy ? {} : keys);
  return (
    <main class="inbox">
      <h1 class="vh">{t('inbox')}</h1>
      <section class="left">
        {children}
        {loaded && !rows.length ? (
          <Empty text={t('inbox_empty')} />
        ) : (
          <Rows rows={rows} current={current?.id ?? ''} pick={pick} />
        )}
        <p class="keyline">{t('inbox_keys')}</p>
      </section>
      <Card
        key={current?.id ?? ''}
        row={current ?? null}
        draft={draft}
        decide={decide}
        assign={() => setAssigning(current!)}
      />
      {assigning && (
        <Assign
          duty={assigning.duty!}
          title={`${assigning.door} ${word('service', assigning.service)}`}
          onClose={() => setAssigning(null)}
        />
      )}
    </main>
  );
}
