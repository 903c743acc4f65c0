import { useState } from 'preact/hooks';
import type { Ledger, LedgerRow, Overlooked, OverlookedRow, Ticked } from '../../shapes';
import { Icon, phoneIcon } from '../../icons';
import { language } from '../../messages';
import { dayOf, dayWords } from '../../time';
import { get, post, session } from '../api';
import { at } from '../clock';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty, Field, formValues, Modal, Select } from '../parts';
import { query, route } from '../router';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { Reveal } from '../board/reveal';

const which = ['all', 'to_call', 'low', 'stale'] as const;
type Which = (typeof which)[number];
const categories = ['lone_elder', 'child', 'maternity', 'chronic'];
const ends = ['not_needed', 'moved_away', 'deceased', 'entered_in_error'] as const;

/** Who needs somebody's eye, whose eye it is, and who might be overlooked. */
export function LedgerPage() {
  const asked = which.find((one) => one === route.value.query.get('which')) ?? 'all';
  const ledger = useLoad(`ledger ${asked}`, () => get<Ledger>(`/care?which=${asked}`));
  const overlooked = useLoad('overlooked', () => get<Overlooked>('/care/overlooked'));
  const reload = () => {
    ledger.reload();
    overlooked.reload();
  };
  return (
    <main class="page">
      <div class="head">
        <h1>{t('ledger')}</h1>
        <p class="mute">
          {t('ledger_lead')} <a href="/c/care">{t('rules')}</a>
        </p>
        {ledger.data && ledger.data.pack.length > 0 && (
          <p class="mute">{t('ledger_pack', { what: ledger.data.pack.join(t('list_comma')) })}</p>
        )}
      </div>
      <div class="filters">
        <div class="seg wrap" role="group" aria-label={t('filter')}>
          {which.map((one: Which) => (
            <button key={one} aria-pressed={asked === one} onClick={() => query({ which: one === 'all' ? null : one })}>
              {t(`ledger_${one}`, { n: count(ledger.data, one) })}
            </button>
          ))}
        </div>
      </div>
      <section class="card">
        <Show of={ledger}>{(data) => <Rows rows={data.rows} reload={reload} />}</Show>
      </section>
      <Show of={overlooked}>
        {(data) => (
          <>
            <Overlook title={t('flagged')} lead={t('flagged_lead')} rows={data.flagged} reload={reload} />
            <Overlook
              title={t('silent')}
              lead={t('silent_lead', { n: data.silent_days })}
              rows={data.silent}
              reload={reload}
            />
          </>
        )}
      </Show>
    </main>
  );
}

const count = (data: Ledger | null, of: Which): number | string =>
  data ? { all: data.total, to_call: data.to_call, low: data.low, stale: data.stale }[of] : '';

type Asking = { what: 'call' | 'edit' | 'end'; row: LedgerRow } | null;

function Rows({ rows, reload }: { rows: LedgerRow[]; reload: () => void }) {
  const [asking, setAsking] = useState<Asking>(null);
  if (!rows.length) return <Empty text={t('ledger_none')} />;
  const finish = () => {
    setAsking(null);
    reload();
  };
  return (
    <>
      <ul class="lines duty-rows">
        {rows.map((row) => (
          <li key={row.person}>
            <Person row={row} />
            <span class="acts">
              {row.phone &&
                (row.phone.startsWith('*') ? (
                  <>
                    <span class="mute">{row.phone}</span> <Reveal household={row.household} />
                  </>
                ) : (
                  <a class="btn" href={`tel:${row.phone}`}>
                    <Icon path={phoneIcon} />
                    {row.phone}
                  </a>
                ))}
              <button
                class={row.to_call ? 'btn primary' : 'btn'}
                onClick={() => setAsking({ what: 'call', row })}
                aria-label={`${t('ledger_call')} ${row.name}`}
              >
                {t('ledger_call')}
              </button>
              {row.stale && (
                <button
                  class="btn"
                  aria-label={`${t('ledger_verify')} ${row.name}`}
                  onClick={async () => {
                    await attempt(() => post(`/care/${row.person}/verify`), t('ledger_verified'));
                    reload();
                  }}
                >
                  {t('ledger_verify')}
                </button>
              )}
              <button
                class="btn"
                onClick={() => setAsking({ what: 'edit', row })}
                aria-label={`${t('ledger_edit')} ${row.name}`}
              >
                {t('ledger_edit')}
              </button>
              <button
                class="btn quiet"
                onClick={() => setAsking({ what: 'end', row })}
                aria-label={`${t('ledger_end')} ${row.name}`}
              >
                {t('ledger_end')}
              </button>
            </span>
          </li>
        ))}
      </ul>
      {asking?.what === 'call' && <Call row={asking.row} onClose={() => setAsking(null)} onDone={finish} />}
      {asking?.what === 'edit' && (
        <Enter
          person={asking.row.person}
          name={asking.row.name ?? ''}
          row={asking.row}
          onClose={() => setAsking(null)}
          onDone={finish}
        />
      )}
      {asking?.what === 'end' && <End row={asking.row} onClose={() => setAsking(null)} onDone={finish} />}
    </>
  );
}

function Person({ row }: { row: LedgerRow }) {
  const low = (days: number | undefined, most: number) => days !== undefined && days <= most;
  return (
    <div class="what">
      <b>{row.name}</b>
      {row.age !== undefined && <span>{t('age_of', { n: row.age })}</span>}
      <a href={`/c/board?d=${row.dwelling}`}>{row.door}</a>
      {(row.categories ?? []).map((one) => (
        <span class="tag care" key={one}>
          {word('category', one)}
        </span>
      ))}
      {row.food_days !== undefined && (
        <span class={low(row.food_days, 1) ? 'tag over' : 'tag line'}>{t('food_days', { n: row.food_days })}</span>
      )}
      {row.medicine_days !== undefined && (
        <span class={low(row.medicine_days, 3) ? 'tag over' : 'tag line'}>
          {t('medicine_days', { n: row.medicine_days })}
        </span>
      )}
      <span class={row.to_call ? 'tag due' : 'tag safe'}>
        {row.heard_at ? t('heard_at', { time: when(row.heard_at) }) : t('heard_never')}
      </span>
      <span class="mute">
        {t('follower', { name: row.follower_name })}
        {!row.follower_there && ` · ${t('follower_gone')}`}
        {' · '}
        {t('verified_on', { day: dayWords(row.verified_on, language(), false) })}
      </span>
      {row.note && <span class="mute">{row.note}</span>}
    </div>
  );
}

function when(instant: string): string {
  const day = dayOf(instant, session.value?.community.zone);
  return day === session.value?.today ? at(instant) : `${dayWords(day, language(), false)} ${at(instant)}`;
}

interface Asked {
  onClose: () => void;
  onDone: () => void;
}

/** The call of the day: how they are, and for how many days food and medicine are left. */
export function Call({
  row,
  windows,
  onClose,
  onDone,
}: { row: { person: string; name?: string }; windows?: boolean } & Asked) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { outcome, channel, food_days, medicine_days, note } = formValues(event);
    void act(async () => {
      const answer = await post<Ticked>(`/care/${row.person}/ticks`, {
        outcome,
        channel,
        ...(food_days ? { food_days: Number(food_days) } : {}),
        ...(medicine_days ? { medicine_days: Number(medicine_days) } : {}),
        ...(note ? { note } : {}),
      });
      const tasks = [answer.food_task && t('task_food'), answer.medicine_task && t('task_medicine')].filter(Boolean);
      done([answer.again ? t('call_again_by', { time: at(answer.again) }) : t('call_kept'), ...tasks].join(' '));
      onDone();
    });
  };
  return (
    <Modal title={`${t('ledger_call')} · ${row.name}`} onClose={onClose}>
      <form onSubmit={submit}>
        <Select
          label={t('tick_outcome')}
          name="outcome"
          options={['well', 'unwell', 'no_answer', ...(windows ? ['handed_over'] : [])].map((one) => [one, word('tick', one)])}
        />
        <Select
          label={t('call_channel')}
          name="channel"
          options={['phone', 'video', 'visit', ...(windows ? ['card', 'relative'] : [])].map((one) => [one, word('channel', one)])}
        />
        <Field label={t('ask_food')} name="food_days" inputMode="numeric" pattern="[0-9]{1,3}" hint={t('ask_food_hint')} />
        <Field
          label={t('ask_medicine')}
          name="medicine_days"
          inputMode="numeric"
          pattern="[0-9]{1,3}"
          hint={t('ask_medicine_hint')}
        />
        <Field label={t('ledger_note')} name="note" />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('save')}
        </button>
      </form>
    </Modal>
  );
}

function Enter({
  person,
  name,
  row,
  onClose,
  onDone,
}: { person: string; name: string; row: LedgerRow | null } & Asked) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    void act(async () => {
      await post('/care', {
        person,
        categories: data.getAll('category'),
        note: String(data.get('note') ?? '').trim(),
      });
      done(t('ledger_entered', { name }));
      onDone();
    });
  };
  const known = [...new Set([...categories, ...(row?.categories ?? [])])];
  return (
    <Modal title={`${t('ledger_edit')} · ${name}`} onClose={onClose}>
      <form onSubmit={submit}>
        {known.map((one) => (
          <label class="check" key={one}>
            <input type="checkbox" name="category" value={one} defaultChecked={row?.categories?.includes(one)} />
            {word('category', one)}
          </label>
        ))}
        <Field label={t('ledger_note')} name="note" value={row?.note ?? ''} />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('save')}
        </button>
      </form>
    </Modal>
  );
}

function End({ row, onClose, onDone }: { row: LedgerRow } & Asked) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { reason } = formValues(event);
    void act(async () => {
      await post(`/care/${row.person}/end`, { reason });
      onDone();
    });
  };
  return (
    <Modal title={`${t('ledger_end')} · ${row.name}`} onClose={onClose}>
      <form onSubmit={submit}>
        <Select label={t('end_reason')} name="reason" options={ends.map((one) => [one, word('care_end', one)])} />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('ledger_end')}
        </button>
      </form>
    </Modal>
  );
}

function Overlook({
  title,
  lead,
  rows,
  reload,
}: {
  title: string;
  lead: string;
  rows: OverlookedRow[];
  reload: () => void;
}) {
  return (
    <section class="card">
      <header>
        <h2>{title}</h2>
        <span class="end">{t('households_n', { n: rows.length })}</span>
      </header>
      <p class="count mute">{lead}</p>
      {rows.length === 0 ? (
        <Empty text={t('overlooked_none')} />
      ) : (
        <ul class="lines duty-rows">
          {rows.slice(0, 100).map((row) => (
            <li key={row.household}>
              <div class="what">
                <b>
                  <a href={`/c/board?d=${row.dwelling}`}>{row.door}</a>
                </b>
                {row.flag && <span class="tag care">{word('flag', row.flag)}</span>}
                <span class="mute">{row.signal_at ? t('signal_at', { time: when(row.signal_at) }) : t('signal_never')}</span>
              </div>
              {row.flag && (
                <span class="acts">
                  <button
                    class="btn"
                    aria-label={`${t('flag_enter')} ${row.door}`}
                    onClick={async () => {
                      const category = row.flag === 'child_alone' ? 'child' : 'lone_elder';
                      await attempt(
                        () => Promise.all(row.people.map((person) => post('/care', { person, categories: [category] }))),
                        t('ledger_entered', { name: row.door ?? '' }),
                      );
                      reload();
                    }}
                  >
                    {t('flag_enter')}
                  </button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
