import { useEffect, useState } from 'preact/hooks';
import type { Id, ImportBatch, ImportKind, ImportListed, ImportState, Page } from '../shapes';
import { get, upload } from './api';
import { at } from './clock';
import { ImportSteps } from './import_steps';
import { Failed, Show, useAct, useLoad } from './load';
import { Generate } from './generate';
import { Empty } from './parts';
import { go, route } from './router';
import { t, word } from './words';
import './import.css';

const moving: ImportState[] = ['reading', 'applying', 'undoing'];

export function ImportPage() {
  const id = route.value.rest;
  return <main class="page">{id ? <Batch key={id} id={id} /> : <Start />}</main>;
}

function Start() {
  const earlier = useLoad('imports', () => get<Page<ImportListed>>('/imports'));
  return (
    <>
      <div class="head">
        <h1>{t('nav_import')}</h1>
        <p>{t('import_lead')}</p>
      </div>
      <div class="two">
        <Drop kind="dwellings" />
        <Drop kind="residents" />
      </div>
      <Generate />
      <section class="card">
        <header>
          <h2>{t('import_earlier')}</h2>
        </header>
        <Show of={earlier}>{(page) => <Earlier rows={page.rows} />}</Show>
      </section>
    </>
  );
}

function Earlier({ rows }: { rows: ImportListed[] }) {
  if (!rows.length) return <Empty text={t('import_none')} />;
  return (
    <div class="scroll" tabIndex={0}>
      <table class="rows">
        <thead>
          <tr>
            <th>{t('import_file')}</th>
            <th>{t('import_kind')}</th>
            <th>{t('import_state')}</th>
            <th class="num">{t('import_total')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <a href={`/c/import/${row.id}`}>{row.file_name}</a>
                <small class="mute"> {at(row.created_at)}</small>
              </td>
              <td>{word('import_kind', row.kind)}</td>
              <td>
                <span class="tag line">{word('import_state', row.state)}</span>
              </td>
              <td class="num">{row.total}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Drop a file or choose one: both ways for every kind, as a dropped file cannot say what it holds. */
function Drop({ kind }: { kind: ImportKind }) {
  const [over, setOver] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const { error, act } = useAct();
  const send = (file: File | undefined) => {
    if (!file || share !== null) return;
    setShare(0);
    void act(async () => {
      try {
        const query = new URLSearchParams({ kind, file_name: file.name });
        const { id } = await upload<{ id: Id }>(`/imports?${query}`, file, setShare);
        go(`/c/import/${id}`);
      } finally {
        setShare(null);
      }
    });
  };
  return (
    <section
      class={over ? 'drop over' : 'drop'}
      aria-label={word('import_kind', kind)}
      onDragOver={(event) => (event.preventDefault(), setOver(true))}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        send(event.dataTransfer?.files[0]);
      }}
    >
      <h2>{word('import_kind', kind)}</h2>
      <p class="mute">{word('import_help', kind)}</p>
      <label class={share === null ? 'btn primary' : 'btn primary off'}>
        {t('import_choose')}
        <input
          class="vh"
          type="file"
          accept=".xlsx,.csv,.txt,text/csv"
          disabled={share !== null}
          onChange={(event) => send(event.currentTarget.files?.[0])}
        />
      </label>
      {share !== null && <Bar label={t('import_sending')} done={share} total={1} />}
      {error && <Failed error={error} />}
    </section>
  );
}

export function Bar({ label, done, total }: { label: string; done: number; total: number }) {
  return (
    <div class="progress">
      <p role="status">
        {label} {total > 1 && `${done} / ${total}`}
      </p>
      <progress max={Math.max(total, 1)} value={done} aria-label={label} />
    </div>
  );
}

function Batch({ id }: { id: Id }) {
  const batch = useLoad(`import-${id}`, () => get<ImportBatch>(`/imports/${id}`));
  const state = batch.data?.state;
  const { reload } = batch;
  useEffect(() => {
    if (!state || !moving.includes(state)) return;
    // The work goes on in the server whether or not somebody looks; this only follows it.
    const timer = setInterval(reload, 700);
    return () => clearInterval(timer);
  }, [state, reload]);
  return (
    <>
      <p>
        <a href="/c/import">{t('import_all')}</a>
      </p>
      <Show of={batch}>{(data) => <ImportSteps batch={data} reload={reload} />}</Show>
    </>
  );
}
