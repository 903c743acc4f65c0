import { useState } from 'preact/hooks';
import type { AccountKind, HouseholdDetail, Page, Suspicion, SuspicionCounts, Verdict } from '../../shapes';
import { language } from '../../messages';
import { clock, dayOf, dayWords } from '../../time';
import { get, post, session } from '../api';
import { now } from '../clock';
import { Downloads } from '../download';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty, Field, formValues, Modal, Select } from '../parts';
import { query, route } from '../router';
import { done } from '../toast';
import { t, word } from '../words';
import { zonedInstant } from '../zoned';
import { PickHousehold } from './pick';

const evidence = ['door_seal', 'sensor', 'patrol', 'neighbour', 'gate', 'other'] as const;
const kinds: AccountKind[] = ['stayed', 'parcel', 'rubbish', 'told', 'fire', 'illness', 'danger', 'other'];
const verdicts: Verdict[] = ['unfounded', 'delivery', 'rubbish', 'told', 'emergency_exit', 'went_out'];
const channels = ['phone', 'paper', 'door'] as const;
const sums = ['all', 'waiting', 'went_out', 'objected', 'emergency_exit', 'explained', 'taken_back'] as const;
const options = (prefix: string, values: readonly string[]): [string, string][] => values.map((one) => [one, word(prefix, one)]);
const zone = () => session.value?.community.zone;
const when = (iso: string): string => `${dayWords(dayOf(iso, zone()), language(), false)} ${clock(iso, zone())}`;
const mayDecide = () => session.value?.roles.some((role) => ['worker', 'deputy', 'cadre', 'grid_head', 'leader', 'manager'].includes(role));
const maySettle = () => session.value?.roles.some((role) => ['grid_head', 'leader', 'manager'].includes(role));

type Asking = 'hear' | 'decide' | 'object' | 'settle' | 'withdraw';

/** Who may have gone out: what was seen, what they say, who decided, and what they object. Of one household with `h`. */
export function SuspicionsPage() {
  const asked = route.value.query;
  const household = asked.get('h');
  const all = Boolean(household) || asked.get('show') === 'all';
  const [open, setOpen] = useState<{ what: Asking; row: Suspicion } | 'new' | null>(asked.get('new') ? 'new' : null);
  const ask = new URLSearchParams({ limit: '200', ...(all ? {} : { open: 'true' }), ...(household ? { household } : {}) });
  const list = useLoad(`suspicions ${ask}`, () => get<Page<Suspicion>>(`/suspicions?${ask}`));
  const counts = useLoad('suspicion counts', () => get<SuspicionCounts>('/suspicions/counts'));
  const close = () => {
    setOpen(null);
    list.reload();
    counts.reload();
  };
  return (
    <main class="page">
      <div class="head">
        <h1>{t('susp')}</h1>
        <p class="end">
          <button class="btn primary" onClick={() => setOpen('new')}>
            {t('susp_new')}
          </button>{' '}
          <Downloads path="/suspicions" formats={['csv']} />
        </p>
      </div>
      <p class="mute">{t('susp_how')}</p>
      <div class="filters">
        <div class="seg wrap" role="group" aria-label={t('susp')}>
          {(['open', 'all'] as const).map((one) => (
            <button
              key={one}
              aria-pressed={!household && all === (one === 'all')}
              onClick={() => query({ show: one, h: null, new: null })}
            >
              {t(`susp_${one}`)}
            </button>
          ))}
          {household && <button aria-pressed>{t('susp_of_home')}</button>}
        </div>
      </div>
      <Show of={list}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty text={t('susp_none')} />
          ) : (
            rows.map((row) => <One key={row.id} row={row} ask={(what) => setOpen({ what, row })} />)
          )
        }
      </Show>
      <Show of={counts}>
        {(data) => (
          <section class="card pad">
            <dl class="sum stages" style="grid-template-columns:repeat(auto-fit,minmax(110px,1fr))">
              {sums.map((one) => (
                <div key={one}>
                  <dt>{t(`susp_sum_${one}`)}</dt>
                  <dd>{data[one] ?? 0}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </Show>
      {open === 'new' && <Record household={household} onClose={close} />}
      {open && open !== 'new' && <Act {...open} onClose={close} />}
    </main>
  );
}

function One({ row, ask }: { row: Suspicion; ask: (what: Asking) => void }) {
  const waits = row.state === 'asked' || row.state === 'answered';
  const due = Date.parse(row.account_due) <= now.value;
  const decidable = row.state === 'answered' || (row.state === 'asked' && due);
  const over = row.state === 'withdrawn' || row.state === 'overturned';
  const button = (what: Asking, primary = false) => (
    <button class={primary ? 'btn primary' : 'btn'} onClick={() => ask(what)} aria-label={`${t(`susp_${what}`)} ${row.door ?? ''}`}>
      {t(`susp_${what}`)}
    </button>
  );
  return (
    <section class="card pad">
      <p>
        <a href={`/c/board?d=${row.dwelling}`}>
          <b>{row.door}</b>
        </a>{' '}
        {row.name} <span class={waits || row.state === 'objected' ? 'tag due' : 'tag line'}>{word('susp_state', row.state ?? '')}</span>{' '}
        {row.verdict && <span class={row.counts ? 'tag over' : 'tag line'}>{t(row.counts ? 'susp_counts' : 'susp_counts_not')}</span>}
      </p>
      <Story row={row} />
      {row.state === 'asked' && <p class="mute">{due ? t('susp_silent') : t('susp_wait', { until: when(row.account_due) })}</p>}
      {waits && row.own && <p class="mute">{t('susp_own')}</p>}
      {row.state === 'objected' && (row.own || row.own_verdict) && <p class="mute">{t('susp_third')}</p>}
      <p class="acts">
        {decidable && !row.own && mayDecide() && button('decide', true)}
        {row.state === 'objected' && !row.own && !row.own_verdict && maySettle() && button('settle', true)}
        {(row.state === 'asked' || (row.state === 'answered' && row.account_channel !== 'page')) && button('hear')}
        {row.state === 'decided' && row.verdict === 'went_out' && button('object')}
        {!over && button('withdraw')}
      </p>
    </section>
  );
}

function Story({ row }: { row: Suspicion }) {
  const joined = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' · ');
  return (
    <ul class="story">
      <li>
        {t('susp_line', {
          time: when(row.recorded_at),
          who: row.recorded_by ?? '',
          what: joined(word('evidence', row.evidence ?? 'other'), row.words, t('susp_seen_line', { time: when(row.seen_at) })),
        })}
      </li>
      {row.account_at && (
        <li>
          <b>
            {t('susp_said', {
              how: word('request_by', row.account_channel ?? 'page'),
              what: joined(word('account_kind', row.account_kind ?? 'other'), row.account),
            })}
          </b>
        </li>
      )}
      {row.verdict && (
        <li>
          {row.verdict_by
            ? t('susp_verdict_line', {
                time: when(row.verdict_at!),
                who: row.verdict_by,
                what: joined(word('verdict', row.verdict), row.why, row.without_account ? t('susp_without') : ''),
              })
            : t('susp_verdict_self', { time: when(row.verdict_at!) })}
        </li>
      )}
      {row.objection && (
        <li>
          <b>{t('susp_objected', { what: row.objection })}</b>{' '}
          {row.state === 'objected' && t('susp_object_until', { until: when(row.objection_due!) })}
        </li>
      )}
      {row.settled_at && (
        <li>
          {t('susp_settled_line', {
            time: when(row.settled_at),
            who: row.settled_by ?? '',
            what: joined(word('susp_state', row.state ?? ''), row.answer),
          })}
        </li>
      )}
    </ul>
  );
}

const paths: Record<Asking, string> = { hear: 'account', decide: 'decide', object: 'object', settle: 'settle', withdraw: 'withdraw' };
const said = { hear: 'susp_heard', decide: 'susp_decided', object: 'susp_heard', settle: 'susp_settled', withdraw: 'susp_withdrawn_said' } as const;

function Act({ what, row, onClose }: { what: Asking; row: Suspicion; onClose: () => void }) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { upheld, words, ...fields } = formValues(event);
    void act(async () => {
      await post(`/suspicions/${row.id}/${paths[what]}`, {
        ...fields,
        ...(words ? { words } : {}),
        ...(upheld ? { upheld: upheld === 'upheld' } : {}),
      });
      done(t(said[what]));
      onClose();
    });
  };
  return (
    <Modal title={`${t(`susp_${what}`)} · ${row.door ?? ''}`} onClose={onClose} wide>
      <Story row={row} />
      <form onSubmit={submit}>
        {(what === 'hear' || what === 'object') && (
          <Select label={t('susp_heard_how')} name="channel" options={options('request_by', channels)} />
        )}
        {what === 'hear' && <Select label={t('susp_heard_what')} name="kind" options={options('account_kind', kinds)} />}
        {what === 'decide' && (
          <>
            <Select label={t('susp_verdict')} name="verdict" options={options('verdict', verdicts)} />
            <Field label={t('susp_why')} name="why" autocomplete="off" />
          </>
        )}
        {what === 'settle' && <Select label={t('susp_outcome')} name="upheld" options={options('susp_state', ['overturned', 'upheld'])} />}
        {what !== 'decide' && (
          <Field
            label={t(what === 'hear' || what === 'object' ? 'susp_heard_words' : 'susp_why')}
            name="words"
            autocomplete="off"
            required={what !== 'hear'}
          />
        )}
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t(`susp_${what}`)}
        </button>
      </form>
    </Modal>
  );
}

function Record({ household, onClose }: { household: string | null; onClose: () => void }) {
  return (
    <Modal title={t('susp_new')} onClose={onClose} wide={!household}>
      {household ? <Write household={household} onClose={onClose} /> : <PickHousehold />}
    </Modal>
  );
}

function Write({ household, onClose }: { household: string; onClose: () => void }) {
  const { busy, error, act } = useAct();
  const home = useLoad(`suspected ${household}`, async () => {
    const line = await get<{ door?: string; dwelling: string }>(`/households/${household}/timeline`);
    const { households } = await get<{ households: HouseholdDetail[] }>(`/dwellings/${line.dwelling}`);
    return { door: line.door ?? '', people: households.find((one) => one.id === household)?.people ?? [] };
  });
  const submit = (event: Event) => {
    const { ago, time, person, words, ...fields } = formValues(event);
    void act(async () => {
      const { account_due } = await post<{ account_due: string }>(`/households/${household}/suspicions`, {
        ...fields,
        seen_at: zonedInstant(dayOf(new Date(now.value - Number(ago) * 86_400_000).toISOString(), zone()), time!, zone()!),
        ...(person ? { person } : {}),
        ...(words ? { words } : {}),
      });
      done(t('susp_kept', { until: when(account_due) }));
      onClose();
    });
  };
  return (
    <form onSubmit={submit}>
      <p>
        <b>{home.data?.door}</b>
      </p>
      <Select label={t('susp_evidence')} name="evidence" options={options('evidence', evidence)} />
      <Select label={t('susp_day')} name="ago" options={(['0', '1', '2'] as const).map((ago) => [ago, t(`susp_day_${ago}`)])} />
      <Field
        label={t('susp_seen')}
        name="time"
        type="time"
        value={clock(new Date(now.value).toISOString(), zone())}
        required
      />
      <Select
        label={t('susp_person')}
        name="person"
        options={[['', t('susp_anybody')], ...(home.data?.people ?? []).map((one): [string, string] => [one.id, one.name ?? ''])]}
      />
      <Field label={t('susp_words')} name="words" autocomplete="off" />
      {error && <Failed error={error} />}
      <button class="btn primary" disabled={busy}>
        {t('susp_new')}
      </button>
    </form>
  );
}
