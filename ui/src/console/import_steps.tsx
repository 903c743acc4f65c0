import { useState } from 'preact/hooks';
import type { ImportBatch, ImportRow, Page } from '../shapes';
import { refusal } from '../messages';
import { get, post } from './api';
import { Downloads } from './download';
import { Bar } from './import';
import { Failed, Show, useAct, useLoad } from './load';
import { attempt } from './toast';
import { t, word } from './words';

export function ImportSteps({ batch, reload }: { batch: ImportBatch; reload: () => void }) {
  const { state, progress } = batch;
  const moving = state === 'reading' || state === 'applying' || state === 'undoing';
  return (
    <>
      <div class="head">
        <h1>{batch.file_name}</h1>
        <p>
          {word('import_kind', batch.kind)} · {word('import_state', state)}
        </p>
      </div>
      {batch.error && (
        <div class="failed" role="alert">
          <p>
            <b>{refusal(batch.error)}</b>
          </p>
        </div>
      )}
      {moving && (
        <Bar label={word('import_state', state)} done={progress?.done ?? 0} total={progress?.total ?? batch.total} />
      )}
      {state === 'mapping' && <Mapping batch={batch} reload={reload} />}
      {state === 'ready' && <Preview batch={batch} reload={reload} />}
      {(state === 'applied' || state === 'undone') && <Result batch={batch} reload={reload} />}
      {state === 'ready' && <Rows batch={batch} of="remarked" />}
      {batch.counts.invalid > 0 && state !== 'reading' && state !== 'mapping' && <Rows batch={batch} of="invalid" />}
    </>
  );
}

/** Which column means what; three samples stand beside each, because headings lie. */
function Mapping({ batch, reload }: { batch: ImportBatch; reload: () => void }) {
  const [chosen, setChosen] = useState(() => batch.columns.map((column): string | null => column.field ?? null));
  const { busy, error, act } = useAct();
  const missing = batch.fields.filter((field) => field.required && !chosen.includes(field.field));
  const save = () =>
    act(async () => {
      await post(`/imports/${batch.id}/mapping`, { columns: chosen });
      reload();
    });
  const choose = (index: number, field: string) =>
    // One field comes from one column: choosing it here takes it away elsewhere.
    setChosen(chosen.map((old, i) => (i === index ? field || null : old === field ? null : old)));
  return (
    <section class="card pad">
      <h2>{t('import_match')}</h2>
      <p class="mute">{t('import_match_lead')}</p>
      <Source batch={batch} />
      <div class="scroll" tabIndex={0}>
        <table class="rows">
          <thead>
            <tr>
              <th>{t('import_column')}</th>
              <th>{t('import_sample')}</th>
              <th>{t('import_meaning')}</th>
            </tr>
          </thead>
          <tbody>
            {batch.columns.map((column, i) => (
              <tr key={column.name + i}>
                <td>
                  <b>{column.name}</b>
                </td>
                <td class="mute">{(column.sample ?? []).slice(0, 3).join(' · ')}</td>
                <td>
                  <select
                    class="pick"
                    aria-label={t('import_meaning_of', { name: column.name })}
                    value={chosen[i] ?? ''}
                    onChange={(event) => choose(i, event.currentTarget.value)}
                  >
                    <option value="">{t('import_ignore')}</option>
                    {batch.fields.map(({ field, required }) => (
                      <option key={field} value={field} selected={chosen[i] === field}>
                        {word('field', field)}
                        {required ? ' *' : ''}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {missing.length > 0 && (
        <p class="ask">
          {t('import_missing', { names: missing.map(({ field }) => word('field', field)).join(t('list_comma')) })}
        </p>
      )}
      {error && <Failed error={error} />}
      <div class="acts">
        <button class="btn primary" disabled={busy || missing.length > 0} onClick={save}>
          {t('import_look')}
        </button>
        <Cancel batch={batch} reload={reload} />
      </div>
    </section>
  );
}

/** What of the file is no row, and which sheets were read: nothing is left out without a word. */
function Source({ batch }: { batch: ImportBatch }) {
  const { left_out, sheets, remembered } = batch.source;
  const named = (taken: boolean) =>
    sheets
      .filter((sheet) => sheet.taken === taken && sheet.rows > 0)
      .map((sheet) => t('import_sheet', { name: sheet.name, n: sheet.rows }))
      .join(t('list_comma'));
  return (
    <>
      {named(true) && <p class="mute">{t('import_sheets_read', { names: named(true) })}</p>}
      {named(false) && <p class="ask">{t('import_sheets_left', { names: named(false) })}</p>}
      {left_out > 0 && <p class="mute">{t('import_left_out', { n: left_out })}</p>}
      {remembered && <p class="mute">{t('import_remembered')}</p>}
    </>
  );
}

function Cancel({ batch, reload }: { batch: ImportBatch; reload: () => void }) {
  const cancel = async () => {
    if (await attempt(() => post(`/imports/${batch.id}/cancel`), t('import_cancelled'))) reload();
  };
  return (
    <button class="btn" onClick={cancel}>
      {t('cancel')}
    </button>
  );
}

const previewed = ['buildings', 'entrances', 'dwellings', 'households', 'persons'] as const;
const outcomes = ['new', 'changed', 'same', 'invalid'] as const;

function Figures({ batch }: { batch: ImportBatch }) {
  return (
    <>
      {batch.preview && (
        <ul class="figures">
          {previewed
            .filter((name) => batch.preview![name] > 0)
            .map((name) => (
              <li key={name}>
                <b>{batch.preview![name]}</b> {t(`count_${name}`, { n: batch.preview![name] })}
              </li>
            ))}
        </ul>
      )}
      <p class="mute">
        {t('import_rows', { n: batch.total })}
        {outcomes.map((name) => ` · ${t(`outcome_${name}`)} ${batch.counts[name]}`).join('')}
      </p>
      {batch.kind === 'residents' && <p>{t('import_account', { ...batch.account, total: batch.total })}</p>}
    </>
  );
}

function Preview({ batch, reload }: { batch: ImportBatch; reload: () => void }) {
  const { busy, error, act } = useAct();
  const { counts } = batch;
  const nothing = counts.new + counts.changed === 0;
  const apply = () =>
    act(async () => {
      await post(`/imports/${batch.id}/apply`);
      reload();
    });
  return (
    <section class="card pad">
      <h2>{t(nothing ? 'import_nothing' : 'import_preview')}</h2>
      <Figures batch={batch} />
      <Source batch={batch} />
      {error && <Failed error={error} />}
      <div class="acts">
        {!nothing && (
          <button class="btn primary" disabled={busy} onClick={apply}>
            {t('import_apply', { n: counts.new + counts.changed })}
          </button>
        )}
        <Cancel batch={batch} reload={reload} />
      </div>
      {counts.invalid > 0 && <p class="mute">{t('import_invalid_left', { n: counts.invalid })}</p>}
    </section>
  );
}

function Result({ batch, reload }: { batch: ImportBatch; reload: () => void }) {
  const [asking, setAsking] = useState(false);
  const undo = async () => {
    if (await attempt(() => post(`/imports/${batch.id}/undo`))) reload();
  };
  return (
    <section class="card pad">
      <h2>{t(batch.state === 'applied' ? 'import_applied' : 'import_undone')}</h2>
      <Figures batch={batch} />
      <div class="acts">
        {batch.state === 'applied' && (
          <a class="btn primary" href="/c/board">
            {t('import_see_board')}
          </a>
        )}
        {batch.state === 'applied' && !asking && (
          <button class="btn" onClick={() => setAsking(true)}>
            {t('import_undo')}
          </button>
        )}
        {asking && batch.state === 'applied' && (
          <>
            <button class="btn alarm" onClick={undo}>
              {t('import_undo_sure')}
            </button>
            <button class="btn" onClick={() => setAsking(false)}>
              {t('cancel')}
            </button>
          </>
        )}
      </div>
    </section>
  );
}

/** The rows that could not be taken, each with its reason; the file can be mended and dropped again. Or those
 * that will be, but are worth a look: taken out of one cell with others, a phone left out. */
function Rows({ batch, of }: { batch: ImportBatch; of: 'invalid' | 'remarked' }) {
  const filter = of === 'invalid' ? 'state=invalid' : 'remarked=true';
  const rows = useLoad(`${of}-${batch.id}`, () =>
    get<Page<ImportRow>>(`/imports/${batch.id}/rows?${filter}&limit=50`),
  );
  if (of === 'remarked' && !rows.data?.rows.length) return null;
  return (
    <section class="card pad">
      <div class="spread">
        <h2>{of === 'invalid' ? t('import_invalid', { n: batch.counts.invalid }) : t('import_remarked')}</h2>
        <p class="end">
          <Downloads path={`/imports/${batch.id}/rows?${filter}`} formats={['csv']} />
        </p>
      </div>
      <Show of={rows}>
        {(page) => (
          <div class="scroll" tabIndex={0}>
            <table class="rows">
              <thead>
                <tr>
                  <th class="num">{t('import_row')}</th>
                  <th>{t('import_reason')}</th>
                  <th>{t('import_cells')}</th>
                </tr>
              </thead>
              <tbody>
                {page.rows.map((row) => (
                  <tr key={`${row.sheet ?? 0}-${row.number}-${row.part ?? 0}`}>
                    <td class="num">
                      {row.number}
                      {row.part ? ` (${row.part})` : ''}
                    </td>
                    <td>
                      <b>{row.reason ? refusal(row.reason) : ''}</b>
                    </td>
                    <td class="mute">{(row.cells ?? []).filter(Boolean).join(' · ')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Show>
    </section>
  );
}
