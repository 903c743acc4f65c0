import { useState } from 'preact/hooks';
import { language } from '../../messages';
import type { ErasureRow, Exported, Found, Page, PrivacyReport } from '../../shapes';
import { dayOf, dayWords } from '../../time';
import { get, post, session } from '../api';
import { at } from '../clock';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty, formValues, Modal, Select } from '../parts';
import { query, route } from '../router';
import { Certificate } from './certificate';
import { FindPerson } from './find_person';
import { Openings } from './openings';
import { Requests } from './requests';
import { attempt, done } from '../toast';
import { t, word } from '../words';

const tabs = ['requests', 'openings', 'erasures', 'exports', 'kept'] as const;
type Tab = (typeof tabs)[number];

const when = (iso: string): string =>
  `${dayWords(dayOf(iso, session.value?.community.zone), language(), false)} ${at(iso)}`;

/** What people may ask about themselves, who is to be erased, and what is kept how long. */
export function RightsPage() {
  const asked = route.value.query.get('tab') as Tab | null;
  const tab: Tab = asked && tabs.includes(asked) ? asked : 'requests';
  return (
    <main class="page">
      <div class="head">
        <h1>{t('rights')}</h1>
        <div class="seg wrap" role="group" aria-label={t('rights')}>
          {tabs.map((name) => (
            <button key={name} aria-pressed={tab === name} onClick={() => query({ tab: name })}>
              {t(`rights_${name}`)}
            </button>
          ))}
        </div>
      </div>
      {tab === 'requests' && <Requests />}
      {tab === 'openings' && <Openings />}
      {tab === 'erasures' && <Erasures />}
      {tab === 'exports' && <Exports />}
      {tab === 'kept' && <WhatIsKept />}
    </main>
  );
}

function Erasures() {
  const list = useLoad('erasures', () => get<Page<ErasureRow>>('/erasures?limit=200'));
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  return (
    <section class="card pad">
      <p class="mute">{t('erasures_how')}</p>
      <p>
        <button class="btn primary" onClick={() => setAsking(true)}>
          {t('erase_somebody')}
        </button>
      </p>
      <Show of={list}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty text={t('erasures_none')} />
          ) : (
            <div class="scroll" tabIndex={0}>
              <table class="rows">
                <thead>
                  <tr>
                    <th>{t('erasure_who')}</th>
                    <th>{t('erasure_cause')}</th>
                    <th>{t('erasure_state')}</th>
                    <td />
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.id}>
                      <td>{row.name || <code>{row.person}</code>}</td>
                      <td>
                        {word('erasure_cause', row.cause)}
                        {row.asked_by && ` · ${row.asked_by}`}
                      </td>
                      <td>
                        <Standing row={row} />
                      </td>
                      <td class="end">
                        <Decide row={row} onShow={setShown} onDone={list.reload} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Show>
      {asking && (
        <Ask
          onClose={() => setAsking(false)}
          onDone={(id) => {
            setAsking(false);
            list.reload();
            if (id) setShown(id);
          }}
        />
      )}
      {shown && <Certificate id={shown} onClose={() => setShown(null)} />}
    </section>
  );
}

function Standing({ row }: { row: ErasureRow }) {
  if (row.state === 'done') return <>{t(row.gone_at ? 'erasure_gone' : 'erasure_done', { at: when(row.done_at!) })}</>;
  if (row.state === 'held') return <span class="tag line">{t('erasure_held', { why: word('hold', row.hold_reason!) })}</span>;
  if (row.state === 'asked') return <span class="tag over">{t('erasure_second')}</span>;
  return <>{t('erasure_planned', { on: dayWords(row.planned_on!, language(), false) })}</>;
}

function Decide({
  row,
  onShow,
  onDone,
}: {
  row: ErasureRow;
  onShow: (id: string) => void;
  onDone: () => void;
}) {
  const hold = async (reason: string) => {
    await attempt(() => post(`/erasures/${row.id}/hold`, { reason }));
    onDone();
  };
  if (row.state === 'done')
    return (
      <button class="btn" onClick={() => onShow(row.id)}>
        {t('erasure_certificate')}
      </button>
    );
  if (row.state === 'held')
    return (
      <button class="btn" onClick={() => void hold('none')}>
        {t('erasure_release')}
      </button>
    );
  if (row.state === 'asked')
    return (
      <button
        class="btn"
        onClick={async () => {
          await attempt(() => post(`/people/${row.person}/erase`, { cause: row.cause }));
          onDone();
        }}
      >
        {t('erase_confirm')}
      </button>
    );
  return (
    <form
      class="row"
      onSubmit={(event) => {
        const { reason } = formValues(event);
        void hold(reason!);
      }}
    >
      <Select
        label={t('hold_why')}
        name="reason"
        options={(['complaint', 'court', 'medical', 'mistake'] as const).map((one) => [one, word('hold', one)])}
      />
      <button class="btn">{t('erasure_hold')}</button>
    </form>
  );
}

/** The name goes in the body of a POST: it never stands in an address. */
function Ask({ onClose, onDone }: { onClose: () => void; onDone: (id: string | null) => void }) {
  const { busy, error, act } = useAct();
  const [chosen, setChosen] = useState<{ row: Found; cause: string } | null>(null);
  const erase = ({ row, cause }: { row: Found; cause: string }) =>
    void act(async () => {
      const answer = await post<{ id: string; state: string }>(`/people/${row.id}/erase`, { cause });
      done(t(answer.state === 'done' ? 'erased' : 'erasure_second'));
      onDone(answer.state === 'done' ? answer.id : null);
    });
  // What cannot be undone is said twice.
  if (chosen) {
    return (
      <Modal title={t('erase_sure', { name: chosen.row.title ?? '' })} onClose={onClose}>
        <p>
          {chosen.row.subtitle} {word('erase', chosen.cause)}
        </p>
        <p>{t('erase_warning')}</p>
        {error && <Failed error={error} />}
        <p>
          <button class="btn primary" disabled={busy} onClick={() => erase(chosen)}>
            {t('erase_do')}
          </button>{' '}
          <button class="btn" disabled={busy} onClick={() => setChosen(null)}>
            {t('erase_not')}
          </button>
        </p>
      </Modal>
    );
  }
  return (
    <Modal title={t('erase_somebody')} onClose={onClose}>
      <FindPerson label={t('erase_name')} fits={(row) => row.kind === 'person'}>
        {(row) => (
          <>
            <button class="btn" disabled={busy} onClick={() => setChosen({ row, cause: 'asked' })}>
              {t('erase_asked')}
            </button>{' '}
            <button class="btn" disabled={busy} onClick={() => setChosen({ row, cause: 'error' })}>
              {t('erase_error')}
            </button>
          </>
        )}
      </FindPerson>
      <p class="mute">{t('erase_warning')}</p>
      {error && <Failed error={error} />}
    </Modal>
  );
}

/** Who took which list out of the house, and how much in a month. */
function Exports() {
  const loaded = useLoad('exports', () => get<Exported>('/exports'));
  const by = (name: string) => name || t('export_shell');
  return (
    <section class="card pad">
      <p class="mute">{t('exports_how')}</p>
      <Show of={loaded}>
        {({ rows, counts }) =>
          rows.length === 0 ? (
            <Empty text={t('exports_none')} />
          ) : (
            <>
              <ul class="lines">
                {counts.map((one) => (
                  <li key={one.by}>
                    <b>{by(one.by)}</b> <span>{t('export_count', { files: one.files, rows: one.rows, named: one.named })}</span>
                  </li>
                ))}
              </ul>
              <div class="scroll" tabIndex={0}>
                <table class="rows">
                  <thead>
                    <tr>
                      <th>{t('export_when')}</th>
                      <th>{t('export_by')}</th>
                      <th>{t('export_list')}</th>
                      <th class="num">{t('export_rows')}</th>
                      <th>{t('export_names')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.id}>
                        <td>{when(row.at)}</td>
                        <td>{by(row.by)}</td>
                        <td>
                          {word('export_of', row.list)} {row.format.toUpperCase()} <code class="mute">{row.id}</code>
                        </td>
                        <td class="num">{row.rows}</td>
                        <td>
                          {row.names ? <span class="tag over">{word('export_why', row.reason ?? '')}</span> : t('export_masked')}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          )
        }
      </Show>
    </section>
  );
}

type KeptRow = PrivacyReport['rows'][number];

const howLong = (row: KeptRow): string =>
  row.days === undefined ? word('period', row.period) : t(row.since === 'left' ? 'kept_left' : 'kept_days', { n: row.days });

/** What is kept for one purpose, on one basis, equally long, stands together. */
function grouped(rows: KeptRow[]): { head: KeptRow; columns: string[] }[] {
  const groups = new Map<string, { head: KeptRow; columns: string[] }>();
  for (const row of rows) {
    const key = [row.purpose, row.basis, howLong(row)].join();
    const group = groups.get(key) ?? { head: row, columns: [] };
    group.columns.push(`${row.table}.${row.column}`);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function WhatIsKept() {
  const report = useLoad('privacy', () => get<PrivacyReport>('/privacy'));
  return (
    <section class="card pad">
      <p class="mute">{t('kept_how')}</p>
      <Show of={report}>
        {({ rows }) =>
          grouped(rows).map(({ head, columns }) => (
            <section key={columns[0]}>
              <h2>
                {word('purpose', head.purpose)} <span class="tag line">{howLong(head)}</span>
              </h2>
              <p>
                {t('kept_basis')}: {word('basis', head.basis)}
              </p>
              <p class="mute small" style="overflow-wrap:anywhere">
                {columns.join(', ')}
              </p>
            </section>
          ))
        }
      </Show>
    </section>
  );
}
