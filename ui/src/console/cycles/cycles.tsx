import { useState } from 'preact/hooks';
import type { CycleDetail, CycleRow, OrderLineRow, Page as Rest, SheetRow } from '../../shapes';
import { amount, yuan } from '../../text_pieces';
import { get, post } from '../api';
import { at } from '../clock';
import { Show, useLoad } from '../load';
import { Empty, Modal } from '../parts';
import { go, route } from '../router';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { AnswerLine } from './answer';
import { Suppliers } from './suppliers';
import './cycles.css';

/** What is collected, bought and settled, one cycle at a time. */
export function Page() {
  const list = useLoad('cycles', async () => (await get<{ rows: CycleRow[] }>('/cycles')).rows);
  const asked = route.value.query.get('cycle');
  return (
    <main class="page cycles">
      <div class="head noprint">
        <h1>{t('cycles')}</h1>
        <p class="end acts">
          <a class="btn" href="/c/inbox">
            {t('inbox')}
          </a>
          <a class="btn" href="/c/money">
            {t('money')}
          </a>
          <a class="btn" href="/c/round">
            {t('round')}
          </a>
        </p>
      </div>
      <Show of={list}>
        {(rows) => {
          // What somebody has to do comes before what is still collected.
          const cycle =
            rows.find((row) => row.id === asked) ??
            rows.find((row) => row.state === 'closed' || (row.state === 'open' && row.over && row.orders > 0)) ??
            rows[0];
          return (
            <>
              <div class="seg wrap noprint" role="group" aria-label={t('cycles')}>
                {rows.map((row) => (
                  <button
                    key={row.id}
                    aria-pressed={row.id === cycle?.id}
                    onClick={() => go(`/c/cycles?cycle=${row.id}`)}
                  >
                    {at(row.when.drop_from)} · {t('cycle_orders', { n: row.orders })} · {word('cycle_state', row.state === 'open' && row.over ? 'over' : row.state)}
                  </button>
                ))}
              </div>
              {cycle ? <Cycle key={cycle.id} row={cycle} changed={list.reload} /> : <Empty text={t('cycle_none')} />}
            </>
          );
        }}
      </Show>
      <Suppliers />
    </main>
  );
}

function Cycle({ row, changed }: { row: CycleRow; changed: () => void }) {
  // What one supplier is sent or handed on paper; of all where none was chosen.
  const [supplier, setSupplier] = useState('');
  const detail = useLoad(`cycle ${row.id} ${row.state}`, () => get<CycleDetail>(`/cycles/${row.id}`));
  const sheet = useLoad(`sheet ${row.id} ${row.state}`, () => get<Rest<SheetRow>>(`/cycles/${row.id}/sheet`));
  const reload = () => {
    detail.reload();
    sheet.reload();
    changed();
  };
  const close = async () => {
    if (await attempt(() => post(`/cycles/${row.id}/close`), t('cycle_closed'))) reload();
  };
  const settle = async () => {
    const went = await attempt(async () => {
      let orders = 0;
      for (let left = 1; left > 0;) {
        const said = await post<{ orders: number; left: number }>(`/cycles/${row.id}/settle`, {});
        orders += said.orders;
        left = said.left;
      }
      done(t('cycle_settled', { n: orders }));
    });
    if (went) reload();
  };
  return (
    <section class="card pad">
      <div class="head">
        <h2>
          {t('sheet')} {at(row.when.drop_from)}
        </h2>
        <p>
          {t('cycle_cut_off', { time: at(row.when.cut_off) })} ·{' '}
          {t('cycle_drop', { from: at(row.when.drop_from), until: at(row.when.drop_until) })} ·{' '}
          {t('cycle_kinds', { isolated: row.isolated, neighbours: row.neighbours })}
        </p>
        <div class="end acts noprint">
          {row.state === 'open' && (
            <button class="btn primary" disabled={!row.over} onClick={close}>
              {t('cycle_close')}
            </button>
          )}
          {row.state === 'closed' && (
            <button class="btn primary" onClick={settle}>
              {t('cycle_settle')}
            </button>
          )}
          {['xlsx', 'csv'].map((format) => (
            <a
              key={format}
              class="btn"
              href={`/api/v1/cycles/${row.id}/sheet?format=${format}${supplier && `&supplier=${supplier}`}`}
              download
            >
              {format.toUpperCase()}
            </a>
          ))}
          <button class="btn" onClick={() => print()}>
            {t('sheet_print')}
          </button>
        </div>
      </div>
      <Show of={detail}>{(data) => <Figures data={data} />}</Show>
      <Show of={sheet}>
        {({ rows }) => (
          <>
            <SupplierChoice rows={rows} value={supplier} onChange={setSupplier} />
            <Sheet cycle={row} rows={rows.filter((one) => !supplier || one.supplier === supplier)} changed={reload} />
          </>
        )}
      </Show>
    </section>
  );
}

function SupplierChoice({ rows, value, onChange }: { rows: SheetRow[]; value: string; onChange: (supplier: string) => void }) {
  const names = new Map(rows.filter((row) => row.supplier).map((row) => [row.supplier!, row.supplier_name]));
  if (names.size < 2) return null;
  return (
    <p class="seg wrap noprint" role="group" aria-label={t('suppliers')}>
      {[['', t('sheet_total')] as const, ...names].map(([id, name]) => (
        <button key={id} aria-pressed={id === value} onClick={() => onChange(id)}>
          {name}
        </button>
      ))}
    </p>
  );
}

function Figures({ data }: { data: CycleDetail }) {
  const { totals, shortages, unvisited } = data;
  return (
    <>
      <p>
        {t('sheet_total')} <b>¥{yuan(totals.cost_fen)}</b>
        {totals.saving_permille !== undefined && (
          <> · {t('sheet_saving', { percent: (totals.saving_permille / 10).toFixed(1) })}</>
        )}
        {unvisited > 0 && <span class="tag due">{t('sheet_unvisited', { n: unvisited })}</span>}
      </p>
      {shortages.length > 0 && (
        <div class="scroll" tabIndex={0}>
          <table class="rows">
            <caption>{t('short')}</caption>
            <thead>
              <tr>
                <th>{t('short_good')}</th>
                <th>{t('short_isolated')}</th>
                <th>{t('short_neighbours')}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {shortages.map((one) => (
                <tr key={one.good + one.unit}>
                  <td>{one.good}</td>
                  <td>
                    {amount(one.isolated_granted)} / {amount(one.isolated_wanted)} {one.unit}
                  </td>
                  <td>
                    {amount(one.neighbours_granted)} / {amount(one.neighbours_wanted)} {one.unit}
                  </td>
                  <td>
                    <span class={one.fair ? 'tag safe' : 'tag over'}>{t(one.fair ? 'short_fair' : 'short_unfair')}</span>{' '}
                    {t('short_households', { n: one.isolated_short + one.neighbours_short })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Sheet({ cycle, rows, changed }: { cycle: CycleRow; rows: SheetRow[]; changed: () => void }) {
  const [behind, setBehind] = useState<SheetRow | null>(null);
  const [answering, setAnswering] = useState<SheetRow | null>(null);
  if (!rows.length) return <Empty text={t('cycle_none')} />;
  return (
    <div class="scroll" tabIndex={0}>
      <table class="rows">
        <thead>
          <tr>
            <th>{t('sheet_good')}</th>
            <th>{t('sheet_qty')}</th>
            <th>{t('sheet_orders')}</th>
            <th>{t('sheet_price')}</th>
            <th>{t('sheet_market')}</th>
            <th>{t('sheet_cost')}</th>
            <th>{t('sheet_answer')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.supplier}${row.good}${row.unit}`}>
              <td>
                <b>{row.good}</b> <span class="mute">{row.supplier_name || t('sheet_nobody')}</span>
              </td>
              <td>
                {amount(row.qty)} {row.unit}
              </td>
              <td>
                <button class="btn small" onClick={() => setBehind(row)} aria-label={`${row.orders} ${t('sheet_behind')} ${row.good}`}>
                  {row.orders}
                </button>
              </td>
              <td>{row.price_fen === undefined ? '' : `¥${yuan(row.price_fen)}`}</td>
              <td>{row.market_fen === undefined ? '' : `¥${yuan(row.market_fen)}`}</td>
              <td>¥{yuan(row.cost_fen)}</td>
              <td>
                {word('answer', row.answer)}
                {row.supplied !== undefined && row.supplied < row.qty && ` ${amount(row.supplied)} ${row.unit}`}
                {row.instead && ` ${row.instead}`}{' '}
                {cycle.state === 'closed' && row.id && (
                  <button
                    class="btn small noprint"
                    onClick={() => setAnswering(row)}
                    aria-label={t('answer_set', { good: row.good })}
                  >
                    {t('sheet_change')}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {behind && <Behind cycle={cycle} row={behind} onClose={() => setBehind(null)} changed={changed} />}
      {answering && (
        <AnswerLine
          row={answering}
          onClose={() => setAnswering(null)}
          onDone={() => {
            setAnswering(null);
            changed();
          }}
        />
      )}
    </div>
  );
}

/** The orders behind a line: their sum is the line. */
function Behind({
  cycle,
  row,
  onClose,
  changed,
}: {
  cycle: CycleRow;
  row: SheetRow;
  onClose: () => void;
  changed: () => void;
}) {
  const lines = useLoad(`behind ${cycle.id} ${row.good} ${row.unit}`, async () => {
    const asked = new URLSearchParams({ good: row.good, unit: row.unit, limit: '1000' });
    return (await get<Rest<OrderLineRow>>(`/cycles/${cycle.id}/lines?${asked}`)).rows;
  });
  const giveBack = async (line: OrderLineRow) => {
    const note = prompt(t('line_return_why'));
    if (!note) return;
    const went = await attempt(async () => {
      const said = await post<{ fen: number; parcel_stays: boolean }>(`/order-lines/${line.id}/return`, { note });
      done(t(said.parcel_stays ? 'line_returned_coming' : 'line_returned', { yuan: yuan(said.fen) }));
    });
    if (!went) return;
    lines.reload();
    changed();
  };
  return (
    <Modal title={`${row.good} ${amount(row.qty)} ${row.unit}`} onClose={onClose}>
      <Show of={lines}>
        {(rows) => (
          <ul class="lines">
            {rows.map((line) => (
              <li key={line.id}>
                <a href={`/c/story?order=${line.order}`}>
                  <b>{line.door}</b>
                </a>{' '}
                {line.kind && <span class="tag line">{word('kind', line.kind)}</span>}{' '}
                <span>
                  {amount(line.qty)}
                  {line.granted !== undefined && line.granted !== line.qty && ` → ${amount(line.granted)}`} {line.unit}
                </span>{' '}
                <span class="mute">{word('line_state', line.state)}</span>{' '}
                {cycle.state === 'done' && line.state !== 'returned' && (line.granted ?? 0) > 0 && (
                  <button class="btn small" onClick={() => giveBack(line)} aria-label={`${t('line_return')} ${line.door}`}>
                    {t('line_return')}
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Show>
    </Modal>
  );
}
