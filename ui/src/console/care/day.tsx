import { useState } from 'preact/hooks';
import type { CareContact, CareDay, CareLevel, CareWindow, LevelSaid, RulesLoaded } from '../../shapes';
import { Icon, phoneIcon } from '../../icons';
import { get, post, session, upload } from '../api';
import { at } from '../clock';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty, Field, formValues, Modal } from '../parts';
import { query, route } from '../router';
import { loadSession } from '../signin';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { Call } from './ledger';
import { Reveal } from '../board/reveal';

/** The day of a pack with windows: the hazard's level, who is owed a contact in which window, and the pack itself. */
export function CareDayPage() {
  const day = useLoad('care day', () => get<CareDay>('/care/day'));
  return (
    <main class="page">
      <div class="head">
        <h1>{t('care_day')}</h1>
        <p class="mute">{t('care_day_lead')}</p>
      </div>
      <Show of={day}>
        {(data) => (
          <>
            {data.has_windows && <Levels data={data} reload={day.reload} />}
            {data.has_windows && <Windows data={data} reload={day.reload} />}
            <Pack data={data} reload={day.reload} />
          </>
        )}
      </Show>
    </main>
  );
}

const runs = () => session.value?.roles.some((role) => role === 'manager' || role === 'operator') ?? false;

/** "39.4" of 394 tenths. */
const tenths = (value: number): string => (value / 10).toFixed(1);
const typed = (text: string): number => Math.round(Number(text) * 10);

function Levels({ data, reload }: { data: CareDay; reload: () => void }) {
  const [saying, setSaying] = useState(false);
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { today, tomorrow } = formValues(event);
    void act(async () => {
      const said = await post<LevelSaid>('/care/level', {
        ...(today ? { today_tenths: typed(today) } : {}),
        ...(tomorrow ? { tomorrow_tenths: typed(tomorrow) } : {}),
      });
      done(t('level_kept', { n: said.open }));
      setSaying(false);
      reload();
    });
  };
  const number = { inputMode: 'decimal' as const, pattern: '-?[0-9]{1,4}(\\.[0-9])?' };
  return (
    <section class="card">
      <header>
        <h2>{t('level')}</h2>
        {runs() && (
          <button class="btn end" onClick={() => setSaying(true)}>
            {t('level_say')}
          </button>
        )}
      </header>
      <Level title={t('level_today')} level={data.today} unit={data.unit} />
      <Level title={t('level_tomorrow')} level={data.tomorrow} unit={data.unit} />
      {saying && (
        <Modal title={t('level_say')} onClose={() => setSaying(false)}>
          <form onSubmit={submit}>
            <Field label={`${t('level_today')} ${data.unit}`} name="today" required {...number} />
            <Field label={`${t('level_tomorrow')} ${data.unit}`} name="tomorrow" {...number} />
            {error && <Failed error={error} />}
            <button class="btn primary" disabled={busy}>
              {t('save')}
            </button>
          </form>
        </Modal>
      )}
    </section>
  );
}

function Level({ title, level, unit }: { title: string; level: CareLevel; unit: string }) {
  const value = level.value_tenths;
  return (
    <p class="count">
      {title} <b>{level.label}</b> {value !== undefined && `${tenths(value)} ${unit}`} · {t('level_owed', { n: level.owed })}
      <span class="mute">
        {' '}
        {level.said_at ? t('level_said', { who: level.said_by, time: at(level.said_at) }) : t('level_unsaid')}
      </span>
    </p>
  );
}

/** The window that runs now, or is next: what somebody at the desk wants to see first. */
const running = (windows: CareWindow[]): string =>
  (windows.find((one) => Date.parse(one.until) > Date.now() && one.due > 0) ?? windows[windows.length - 1])?.name ?? '';

function Windows({ data, reload }: { data: CareDay; reload: () => void }) {
  const shown = route.value.query.get('window') ?? running(data.windows);
  const rows = data.rows.filter((row) => row.window === shown);
  return (
    <>
      <div class="filters">
        <div class="seg wrap" role="group" aria-label={t('filter')}>
          {data.windows.map((one) => (
            <button key={one.name} aria-pressed={one.name === shown} onClick={() => query({ window: one.name })}>
              {t('care_window', { name: one.label, from: at(one.from), until: at(one.until), n: one.open })}
            </button>
          ))}
        </div>
      </div>
      <section class="card">
        {data.windows
          .filter((one) => one.name === shown)
          .map((one) => (
            <p class="count" key={one.name}>
              {t('care_counts', { due: one.due, met: one.met, late: one.late, excused: one.excused, open: one.open })}
            </p>
          ))}
        {rows.length ? <Contacts rows={rows} reload={reload} /> : <Empty text={t('care_none')} />}
      </section>
    </>
  );
}

function Contacts({ rows, reload }: { rows: CareContact[]; reload: () => void }) {
  const [asking, setAsking] = useState<CareContact | null>(null);
  const well = async (row: CareContact) => {
    await attempt(() => post(`/care/${row.person}/ticks`, { outcome: 'well', channel: 'phone' }), t('call_kept'));
    reload();
  };
  return (
    <>
      <ul class="lines duty-rows">
        {rows.map((row) => (
          <li key={row.contact}>
            <div class="what">
              <b>{row.name}</b>
              <a href={`/c/board?d=${row.dwelling}`}>{row.door}</a>
              <span class={tags[row.state]}>{word('care_state', row.state)}</span>
              {row.assurance && <span class="tag line">{word('assurance', row.assurance)}</span>}
              {row.reason && <span class="tag line">{word('reason', row.reason)}</span>}
              {row.owner_name && <span class="mute">{t('follower', { name: row.owner_name })}</span>}
              {row.next && <span class="tag over">{t('care_again', { n: row.tried, time: at(row.next) })}</span>}
            </div>
            {row.state === 'open' && (
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
                <button class="btn primary" aria-label={`${t('care_well')} ${row.name}`} onClick={() => void well(row)}>
                  {t('care_well')}
                </button>
                <button class="btn" aria-label={`${t('care_other')} ${row.name}`} onClick={() => setAsking(row)}>
                  {t('care_other')}
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {asking && (
        <Call
          row={asking}
          windows
          onClose={() => setAsking(null)}
          onDone={() => {
            setAsking(null);
            reload();
          }}
        />
      )}
    </>
  );
}

const tags: Record<CareContact['state'], string> = { open: 'tag due', met: 'tag safe', late: 'tag over', excused: 'tag line' };

/** Which pack the community follows, and another one from a file. */
function Pack({ data, reload }: { data: CareDay; reload: () => void }) {
  const { busy, error, act } = useAct();
  const load = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const file = input.files?.[0];
    if (!file) return;
    void act(async () => {
      const loaded = await upload<RulesLoaded>('/rules', file, () => undefined);
      done(t('rules_loaded', { name: loaded.name }));
      await loadSession();
      reload();
    });
    input.value = '';
  };
  return (
    <section class="card">
      <header>
        <h2>{t('rules')}</h2>
      </header>
      <p class="count">
        {data.pack} <code>{data.hash.slice(0, 16)}</code>
      </p>
      {runs() && (
        <div class="pad">
          <label class={busy ? 'btn off' : 'btn'}>
            {t('rules_load')}
            <input class="vh" type="file" accept=".toml" disabled={busy} onChange={load} />
          </label>
        </div>
      )}
      {error && <Failed error={error} />}
      {error?.hint && <p class="mute">{error.hint}</p>}
    </section>
  );
}
