import { language, refusal } from '../../messages';
import type { Backup, BackupState, Page } from '../../shapes';
import { dayOf, dayWords } from '../../time';
import { get, post, session } from '../api';
import { at, now } from '../clock';
import { Show, useLoad } from '../load';
import { age, Empty } from '../parts';
import { attempt } from '../toast';
import { t } from '../words';

/** Older than this, a day's work and more is lost with the machine. */
const oldAfterMs = 48 * 3_600_000;

const load = () => get<Page<Backup>>('/backups?limit=60');

const when = (iso: string): string =>
  `${dayWords(dayOf(iso, session.value?.community.zone), language(), false)} ${at(iso)}`;

interface State {
  hot: boolean;
  words: string;
}

/** What somebody has to know without opening a list; nothing where nobody was to make any. */
function stateOf(rows: Backup[]): State | null {
  const newest = rows[0];
  if (!newest) return null;
  const whole = rows.find((row) => !row.problem);
  if (!whole) return { hot: true, words: t(newest.problem === 'backup.no_key' ? 'backup_no_key' : 'backup_none') };
  const ms = now.value - Date.parse(whole.made_at);
  const words = t('backup_age', {
    age: ms < oldAfterMs ? age(ms) : t('backup_days', { n: Math.floor(ms / 86_400_000) }),
  });
  return newest.problem || ms >= oldAfterMs
    ? { hot: true, words: `${words} · ${newest.problem ? refusal(newest.problem) : t('backup_old')}` }
    : { hot: false, words };
}

/** Today's lines for who answers for the installation. */
export function BackupLine() {
  const rows = useLoad('backups', load).data?.rows ?? [];
  const state = stateOf(rows);
  const whole = rows.some((row) => !row.problem);
  return (
    <>
      <Held whole={whole} />
      {state && (
        <p class={state.hot ? 'failed' : 'mute'} role={state.hot ? 'alert' : undefined}>
          <a href="/c/backups">{state.words}</a>
        </p>
      )}
    </>
  );
}

/** What a restored store holds back until somebody lets it go by name; and a key sheet that nobody has proved. */
function Held({ whole }: { whole: boolean }) {
  const { data, reload } = useLoad('backup-state', () => get<BackupState>('/backups/state'));
  const release = async () => {
    await attempt(() => post('/outgoing/release'), t('outgoing_released'));
    reload();
  };
  return (
    <>
      {data?.held && (
        <p class="failed" role="alert">
          <b>{t('outgoing_held', { at: when(data.held.made_at) })}</b> {t('outgoing_held_how')}
          <button class="btn" onClick={release}>
            {t('outgoing_release')}
          </button>
        </p>
      )}
      {whole && data && !data.key_checked_at && (
        <p class="failed" role="alert">
          <a href="/c/backups">{t('backup_key_unproved')}</a>
        </p>
      )}
    </>
  );
}

/** Every backup and every one that could not be made. */
export function BackupsPage() {
  const list = useLoad('backups', load);
  return (
    <main class="page">
      <div class="head">
        <h1>{t('backups')}</h1>
        <p class="end">
          <a class="btn" href="/api/v1/backups?format=csv" download>
            CSV
          </a>
        </p>
      </div>
      <section class="card pad">
        <Show of={list}>
          {({ rows }) => (
            <>
              <p>
                <b>{stateOf(rows)?.words ?? t('backup_off')}</b>
              </p>
              <Held whole={rows.some((row) => !row.problem)} />
              <p class="mute">{t('backup_how')}</p>
              {rows.length === 0 ? <Empty text={t('backup_list_none')} /> : <Rows rows={rows} />}
            </>
          )}
        </Show>
      </section>
    </main>
  );
}

function Rows({ rows }: { rows: Backup[] }) {
  return (
    <div class="scroll" tabIndex={0}>
      <table class="rows">
        <thead>
          <tr>
            <th>{t('backup_made')}</th>
            <th>{t('backup_verified')}</th>
            <th>{t('backup_file')}</th>
            <th class="num">{t('backup_size')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{when(row.made_at)}</td>
              <td>
                {row.problem ? (
                  <span class="tag over">{refusal(row.problem)}</span>
                ) : row.verified_at ? (
                  when(row.verified_at)
                ) : (
                  '—'
                )}
              </td>
              <td>{row.file || '—'}</td>
              <td class="num">{row.problem ? '—' : `${(row.bytes / 1_048_576).toFixed(1)} MB`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
