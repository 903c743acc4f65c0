import { useEffect, useState } from 'preact/hooks';
import type { AccountRow, DutyOutcome, DutyRow, Page } from '../shapes';
import { get, post } from './api';
import { at, now } from './clock';
import { useKeys } from './keys';
import { onJournal } from './live';
import { Failed, Show, useAct, useLoad } from './load';
import { age, Empty, Field, formValues, Modal, Select } from './parts';
import { go, query, route } from './router';
import { attempt } from './toast';
import { t, word } from './words';

type Filter = 'pressing' | 'mine' | 'waiting' | 'paused';
const filters: Filter[] = ['pressing', 'mine', 'waiting', 'paused'];
/** Every kind that the server declares: a test compares them. */
const kinds = 'area_end care_call care_contact care_delivery care_unwell carrier_gap collecting confirm_death confirm_leaving contact control_end emergency food handover left_behind medicine message need opening overload parcel payment presence purchase release removal reveals subject_request suspicion_account suspicion_decide suspicion_objection takeover unwell voice_or_sight welfare whereabouts'.split(' ');
const outcomes: DutyOutcome[] = ['well_again', 'doctor', 'done', 'false_alarm', 'not_needed'];

/** What is owed, whose it is and until when: live, and worked through by keyboard. */
export function DutiesPage() {
  const asked = route.value.query;
  const filter = filters.find((one) => one === asked.get('filter')) ?? 'pressing';
  const kind = kinds.find((one) => one === asked.get('kind')) ?? '';
  const list = useLoad(`duties ${filter} ${kind}`, () =>
    get<Page<DutyRow>>(`/duties?${new URLSearchParams({ filter, limit: '200', ...(kind ? { kind } : {}) })}`),
  );
  const { reload } = list;
  useEffect(() => {
    let timer = 0;
    const soon = () => {
      timer ||= window.setTimeout(() => {
        timer = 0;
        reload();
      }, 500);
    };
    const stop = onJournal(soon, reload);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [reload]);
  return (
    <main class="page duties">
      <div class="head">
        <h1>{t('duties')}</h1>
      </div>
      <div class="filters">
        <div class="seg wrap" role="group" aria-label={t('duties_which')}>
          {filters.map((one) => (
            <button key={one} aria-pressed={one === filter} onClick={() => query({ filter: one })}>
              {word('duties', one)}
            </button>
          ))}
        </div>
        <select
          aria-label={t('duties_kind')}
          value={kind}
          onChange={(event) => query({ kind: event.currentTarget.value || null })}
        >
          <option value="">{t('duties_kind_all')}</option>
          {kinds.map((one) => (
            <option key={one} value={one}>
              {word('duty', one)}
            </option>
          ))}
        </select>
      </div>
      <Show of={list}>{(page) => <Duties page={page} reload={reload} />}</Show>
    </main>
  );
}

type Asking = 'end' | 'pause' | 'give';

function Duties({ page, reload }: { page: Page<DutyRow>; reload: () => void }) {
  const { rows } = page;
  // By id and not by place, so that a row that comes in above does not move what the keys act on.
  const [chosen, setChosen] = useState('');
  const [asking, setAsking] = useState<{ what: Asking; row: DutyRow } | null>(null);
  const place = Math.max(
    0,
    rows.findIndex((row) => row.id === chosen),
  );
  const row = rows[place];
  const move = (step: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, place + step))];
    if (!next) return;
    setChosen(next.id);
    document.getElementById(`duty-${next.id}`)?.scrollIntoView({ block: 'nearest' });
  };
  const take = async (one: DutyRow) => {
    await attempt(() => post(`/duties/${one.id}/acknowledge`), t('duty_taken_up'));
    reload();
  };
  const may = (what: Asking | 'take', one: DutyRow) =>
    what === 'end' ? one.by_hand : what === 'take' ? one.state === 'raised' : true;
  const ask = (what: Asking) => (event: KeyboardEvent) => {
    event.preventDefault();
    if (row && may(what, row)) setAsking({ what, row });
  };
  useKeys(
    asking || !row
      ? {}
      : {
          j: () => move(1),
          k: () => move(-1),
          Enter: (event) => {
            if (!(event.target instanceof HTMLElement && event.target.closest('button, a'))) open(row);
          },
          a: () => void take(row),
          e: ask('end'),
          p: ask('pause'),
          g: ask('give'),
        },
  );
  if (!row) return <Empty text={t('duties_none')} />;
  return (
    <section class="card">
      <ul class="lines duty-rows">
        {rows.map((one) => (
          <li
            key={one.id}
            id={`duty-${one.id}`}
            aria-current={one.id === row.id ? 'true' : undefined}
            onClick={() => setChosen(one.id)}
          >
            <Words row={one} />
            <span class="acts">
              {may('take', one) && (
                <button class="btn primary" onClick={() => take(one)} aria-label={`${t('acknowledge')} ${name(one)}`}>
                  {t('acknowledge')}
                </button>
              )}
              {may('end', one) && (
                <button
                  class="btn"
                  onClick={() => setAsking({ what: 'end', row: one })}
                  aria-label={`${t('duty_end')} ${name(one)}`}
                >
                  {t('duty_end')}
                </button>
              )}
              <button
                class="btn"
                onClick={() => setAsking({ what: 'give', row: one })}
                aria-label={`${t('duty_give')} ${name(one)}`}
              >
                {t('duty_give')}
              </button>
              <button
                class="btn"
                onClick={() => setAsking({ what: 'pause', row: one })}
                aria-label={`${t('duty_pause')} ${name(one)}`}
              >
                {t('duty_pause')}
              </button>
              {one.kind.startsWith('suspicion_') && (
                <a class="btn" href="/c/suspicions">
                  {t('susp')}
                </a>
              )}
              {one.kind === 'opening' && (
                <a class="btn" href="/c/rights?tab=openings" aria-label={`${t('opening_say')} ${name(one)}`}>
                  {t('opening_say')}
                </a>
              )}
              {one.dwelling && (
                <a class="btn" href={`/c/board?d=${one.dwelling}`} aria-label={`${t('open_door')} ${name(one)}`}>
                  {t('open_door')}
                </a>
              )}
            </span>
          </li>
        ))}
      </ul>
      {page.next && <p class="more mute">{t('duties_more', { n: rows.length })}</p>}
      <p class="more mute keys-hint">{t('duties_keys')}</p>
      {asking && (
        <Ask
          {...asking}
          onClose={() => setAsking(null)}
          onDone={() => {
            setAsking(null);
            reload();
          }}
        />
      )}
    </section>
  );
}

const name = (row: DutyRow): string => `${row.door || row.owner_name} ${word('duty', row.kind)}`;
const open = (row: DutyRow): void => {
  if (row.dwelling) go(`/c/board?d=${row.dwelling}`);
};

function Words({ row }: { row: DutyRow }) {
  const late = now.value - Date.parse(row.due);
  const css = row.kind === 'unwell' ? 'alarm' : row.state === 'raised' ? 'over' : row.state === 'waiting' ? 'due' : 'line';
  return (
    <div class="what">
      <b>{row.door || word('duty', row.kind)}</b>
      <span class={`tag ${css}`}>{word('duty', row.kind)}</span>
      <span class="tag line">{word('duty_state', row.state)}</span>
      <span>
        {t('duty_due', { time: at(row.due) })}
        {late > 60_000 && ` · ${t('waiting_for', { age: age(late) })}`}
      </span>
      <span class="mute">
        {[row.owner_name || t('nobody'), word('level', row.level)].join(' · ')}
        {row.state !== 'waiting' &&
          ` · ${row.rung ? t('duty_next_rung', { rung: word('rung', row.rung), time: at(row.next) }) : t('duty_next', { time: at(row.next) })}`}
      </span>
    </div>
  );
}

function Ask({ what, row, onClose, onDone }: { what: Asking; row: DutyRow; onClose: () => void; onDone: () => void }) {
  const { busy, error, act } = useAct();
  const accounts = useLoad(what === 'give' ? 'accounts' : '', async () =>
    what === 'give' ? (await get<Page<AccountRow>>('/accounts?limit=1000')).rows : [],
  );
  const submit = (event: Event) => {
    const { hours, ...fields } = formValues(event);
    const path = { end: 'end', pause: 'pause', give: 'assign' }[what];
    void act(async () => {
      const until = hours && new Date(now.value + Number(hours) * 3_600_000).toISOString();
      await post(`/duties/${row.id}/${path}`, until ? { ...fields, until } : fields);
      onDone();
    });
  };
  const title = t(`duty_${what}`);
  return (
    <Modal title={`${title} · ${name(row)}`} onClose={onClose}>
      <form onSubmit={submit}>
        {what === 'end' && (
          <>
            <Select
              label={t('duty_outcome')}
              name="outcome"
              options={outcomes.map((one) => [one, word('outcome', one)])}
            />
            <Field label={t('duty_note')} name="note" required />
          </>
        )}
        {what === 'pause' && (
          <>
            <Select
              label={t('duty_pause_for')}
              name="hours"
              options={[1, 2, 4, 12, 24, 48].map((n) => [String(n), t('age_hours', { n })])}
            />
            <Field label={t('duty_reason')} name="reason" required />
          </>
        )}
        {what === 'give' && (
          <Select
            label={t('duty_to')}
            name="account"
            options={(accounts.data ?? []).map((one) => [one.id, one.name])}
          />
        )}
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {title}
        </button>
      </form>
    </Modal>
  );
}
