import { useEffect, useRef, useState } from 'preact/hooks';
import type { CallRound, CallRow } from '../../shapes';
import { post, session } from '../api';
import { at, now, setServerNow } from '../clock';
import { useKeys } from '../keys';
import { onJournal } from '../live';
import { Show, useLoad } from '../load';
import { Empty } from '../parts';
import { query, route } from '../router';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { CallCard } from './card';
import { HandOver } from './hand_over';
import { channels, emptyDraft, forgetDoor, loadDoor, loadRound, record, type Channel, type Wellbeing } from './round';
import { ShareCalls } from './share';

/** One household after another: who is next is already on screen. */
export function CallsPage() {
  const mine = route.value.query.get('mine') === '1';
  const [after, setAfter] = useState('');
  const round = useLoad(`calls ${mine} ${after}`, async () => {
    const answer = await loadRound(mine, after);
    setServerNow(answer.as_of);
    answer.rows.slice(0, 2).forEach((row) => void loadDoor(row.dwelling).catch(() => undefined));
    return answer;
  });
  // While another round is being fetched the last one stays: nobody reads a blank screen between two calls.
  const shown = useRef<CallRound | null>(null);
  shown.current = round.data ?? shown.current;
  const { reload } = round;
  useEffect(() => {
    let timer = 0;
    const stop = onJournal((event) => {
      // Somebody new presses: the round begins at its head again, where the most urgent stand.
      if (event.kind === 'duty.raised' || event.kind === 'duties.raised') setAfter('');
      timer ||= window.setTimeout(() => {
        timer = 0;
        reload();
      }, 800);
    }, reload);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [reload]);
  return (
    <main class="page calls">
      <Show of={{ ...round, data: shown.current }}>
        {(data) => <Calls data={data} mine={mine} reload={reload} skip={setAfter} />}
      </Show>
    </main>
  );
}

interface CallsProps {
  data: CallRound;
  mine: boolean;
  reload: () => void;
  skip: (duty: string) => void;
}

function Calls({ data, mine, reload, skip }: CallsProps) {
  const [current, setCurrent] = useState<CallRow | null>(data.rows[0] ?? null);
  const [dropped, setDropped] = useState('');
  const [sharing, setSharing] = useState(false);
  // The call that is going on stays on screen whatever comes in; a fresh answer only brings its newest contacts.
  const fresh = current && data.rows.find((row) => row.household === current.household);
  useEffect(() => {
    const next = data.rows.find((row) => row.duty !== dropped) ?? null;
    if (!current && next) setCurrent(next);
    if (fresh && fresh !== current) setCurrent(fresh);
  }, [data]);
  const advance = (later = '') => {
    setDropped(current?.duty ?? '');
    const at = data.rows.findIndex((row) => row.household === current?.household);
    const next = data.rows[at + 1];
    setCurrent(next && next.household !== current?.household ? next : null);
    if (later) skip(later);
    reload();
  };
  const others = data.owners.reduce((sum, owner) => sum + owner.left, 0) - data.mine;
  return (
    <>
      <div class="head">
        <h1>{t('calls')}</h1>
        <p class="pace" role="status">
          <b>{t('calls_left', { n: data.left })}</b> {pace(data)}
        </p>
        <div class="end acts noprint">
          <div class="seg" role="group" aria-label={t('calls_whose')}>
            <button aria-pressed={!mine} onClick={() => query({ mine: null })}>
              {t('calls_all')} {data.mine + others}
            </button>
            <button aria-pressed={mine} onClick={() => query({ mine: '1' })}>
              {t('calls_mine')} {data.mine}
            </button>
          </div>
          <button class="btn" onClick={() => setSharing(true)}>
            {t('calls_share')}
          </button>
          <a class="btn" href="/c/roll">
            {t('roll')}
          </a>
        </div>
      </div>
      <div class="cols">
        {current ? (
          <Current key={current.household} row={current} gone={!fresh} advance={advance} />
        ) : (
          <Done data={data} mine={mine} others={others} />
        )}
        <Rest data={data} current={current} />
      </div>
      {sharing && (
        <ShareCalls
          owners={data.owners}
          onClose={() => setSharing(false)}
          onDone={() => {
            setSharing(false);
            setCurrent(null);
            reload();
          }}
        />
      )}
    </>
  );
}

function pace(data: CallRound): string {
  const minutes = Math.round(data.minutes_left - (now.value - Date.parse(data.as_of)) / 60_000);
  if (minutes <= 0) return t('calls_over', { time: at(data.window.until) });
  return t('calls_minutes', { n: minutes, time: at(data.window.until) });
}

function Done({ data, mine, others }: { data: CallRound; mine: boolean; others: number }) {
  const reached = data.total - data.climbing;
  return (
    <section class="card">
      <Empty
        text={
          mine && others
            ? t('calls_mine_done', { n: others })
            : data.total === 0
              ? t('nobody_observed')
              : data.climbing
                ? t('calls_climbing', { n: data.climbing, done: reached, total: data.total })
                : t('calls_done', { done: reached, total: data.total })
        }
      >
        <a class="btn" href="/c/duties">
          {t('duties')}
        </a>
      </Empty>
    </section>
  );
}

/** One household: everything said of it is typed here, and a result leads to the next. */
function Current({ row, gone, advance }: { row: CallRow; gone: boolean; advance: (later?: string) => void }) {
  const door = useLoad(`door ${row.dwelling}`, () => loadDoor(row.dwelling));
  const [channel, setChannel] = useState<Channel>('phone');
  const [draft, setDraft] = useState(emptyDraft());
  const [handing, setHanding] = useState(false);
  const busy = useRef(false);
  const began = useRef(Date.now());
  /** Measured at the first press: pressed again after a lost answer, it is the same report. */
  const took = useRef(-1);
  const once = async (work: () => Promise<string>, later = '') => {
    if (busy.current) return;
    busy.current = true;
    const went = await attempt(async () => done(await work()));
    busy.current = false;
    if (!went) return;
    forgetDoor(row.dwelling);
    // One of several people at home: the household stays until everybody is spoken for.
    advance(later);
  };
  const say = (wellbeing: Wellbeing) =>
    once(
      async () => {
        if (took.current < 0) took.current = Math.min(7200, Math.round((Date.now() - began.current) / 1000));
        const callBack = await record(row, draft, channel, wellbeing, took.current);
        began.current = Date.now();
        took.current = -1;
        return t(callBack ? 'call_said_back' : `call_said_${wellbeing}`, { door: row.door ?? '' });
      },
      wellbeing === 'declined' ? row.duty : '',
    );
  const noAnswer = () =>
    row.rung
      ? once(async () => {
          const next = await post<{ next_rung?: string; next?: string }>(`/households/${row.household}/attempts`, {
            rung: row.rung,
            outcome: 'no_answer',
          });
          return t('call_next_rung', { rung: word('rung', next.next_rung ?? ''), time: at(next.next ?? '') });
        })
      : advance(row.duty);
  useKeys({
    f: () => void say('fine'),
    u: () => void say('unwell'),
    n: () => void noAnswer(),
    d: () => void say('declined'),
    l: () => advance(row.duty),
    h: (event) => (event.preventDefault(), setHanding(true)),
    c: () => setChannel(channels[(channels.indexOf(channel) + 1) % channels.length]!),
    o: () => setDraft({ ...draft, noThermometer: !draft.noThermometer, readings: ['', ''] }),
    t: (event) => focus(event, 'reading-0'),
    e: (event) => focus(event, 'needs'),
    w: (event) => focus(event, 'who'),
    Escape: () => (document.activeElement as HTMLElement | null)?.blur(),
  });
  return (
    <>
      <CallCard
        row={row}
        gone={gone}
        household={door.data?.households.find((one) => one.id === row.household) ?? null}
        door={door.data}
        channel={channel}
        setChannel={setChannel}
        draft={draft}
        setDraft={setDraft}
        say={say}
        noAnswer={noAnswer}
        later={() => advance(row.duty)}
        handOver={() => setHanding(true)}
        me={session.value?.account.name ?? ''}
      />
      {handing && (
        <HandOver
          row={row}
          onClose={() => setHanding(false)}
          onDone={(said) => {
            setHanding(false);
            done(said);
            advance();
          }}
        />
      )}
    </>
  );
}

function focus(event: KeyboardEvent, id: string): void {
  event.preventDefault();
  document.getElementById(id)?.focus();
}

/** Who comes after, and who has how many left. */
function Rest({ data, current }: { data: CallRound; current: CallRow | null }) {
  const next = data.rows.filter((row) => row.household !== current?.household);
  return (
    <div class="rest">
      <section class="card">
        <header>
          <h2>{t('calls_next')}</h2>
        </header>
        {next.length === 0 ? (
          <Empty text={t('calls_none_after')} />
        ) : (
          <ul class="lines">
            {next.map((row) => (
              <li key={row.household}>
                <b>{row.door}</b>
                <span class="mute">{word('why', row.reason ?? 'raised')}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      {data.owners.length > 0 && (
        <section class="card">
          <header>
            <h2>{t('calls_by_owner')}</h2>
          </header>
          <ul class="lines">
            {data.owners.map((owner) => (
              <li key={owner.account ?? ''}>
                <b>{owner.name || t('nobody')}</b>
                <span>{t('left_n', { n: owner.left })}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
