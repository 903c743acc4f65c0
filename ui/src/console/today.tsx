import { useEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { DayHistory, ObservationCounts, Today } from '../shapes';
import { checkIcon, Icon, phoneIcon, warnIcon } from '../icons';
import { language } from '../messages';
import { dayWords } from '../time';
import { late } from '../late';
import { get, session } from './api';
import { Acknowledge } from './board/household';
import { at, now, setServerNow } from './clock';
import { onJournal } from './live';
import { Show, useLoad } from './load';
import { age, Empty } from './parts';
import { Pressing } from './pressing';
import { Tiles } from './tiles';
import { t, word } from './words';

const ReachLine = late(() => import('./reach').then((page) => page.ReachLine));
const FirstHour = late(() => import('./first_hour').then((page) => page.FirstHour));
const BackupLine = late(() => import('./care/backups').then((page) => page.BackupLine));

interface DayData {
  today: Today;
  observed: ObservationCounts;
  history: DayHistory;
}

async function loadToday(): Promise<DayData> {
  const [today, observed, history] = await Promise.all([
    get<Today>('/today'),
    get<ObservationCounts>('/observations/counts'),
    get<DayHistory>('/today/history'),
  ]);
  setServerNow(today.as_of);
  return { today, observed, history };
}

export function TodayPage() {
  const today = useLoad('today', loadToday);
  const timer = useRef(0);
  const { reload } = today;
  useEffect(() => {
    // Many check-ins come at once before the cut-off: one look after half a second counts them all.
    const soon = () => {
      if (timer.current) return;
      timer.current = window.setTimeout(() => {
        timer.current = 0;
        reload();
      }, 500);
    };
    const stop = onJournal(soon, reload);
    const minute = setInterval(reload, 60_000);
    return () => {
      stop();
      clearInterval(minute);
      clearTimeout(timer.current);
      timer.current = 0;
    };
  }, [reload]);
  return (
    <main class="today">
      <Show of={today}>{(data) => <Day data={data} reload={reload} />}</Show>
    </main>
  );
}

function Day({ data: { today: data, observed, history }, reload }: { data: DayData; reload: () => void }) {
  const control = session.value?.community.control;
  return (
    <>
      <div class="head">
        <h1>{t('today')}</h1>
        <p>
          {dayWords(data.day, language())} · {t('households_n', { n: data.households })}
        </p>
        <p class="end">{t('as_of', { time: at(data.as_of) })}</p>
      </div>
      <Pressing />
      {session.value?.roles.includes('manager') && (
        <>
          <BackupLine />
          <ReachLine />
          {control && observed.households.cumulative === 0 && <FirstHour />}
        </>
      )}
      {control ? (
        <Tiles data={data} observed={observed} />
      ) : (
        <a class="btn primary" href="/c/care">
          {t('care_day')}
        </a>
      )}
      <div class="cols">
        <Unwell data={data} reload={reload} />
        <OnCall data={data} />
      </div>
      <div class="cols low">
        {control && <Observed counts={observed} />}
        <LastDays history={history} />
        <Gaps data={data} />
      </div>
    </>
  );
}

function Card({
  title,
  end,
  children,
  name,
}: {
  title: string;
  end?: ComponentChildren;
  children: ComponentChildren;
  name: string;
}) {
  return (
    <section class={`card ${name}`}>
      <header>
        <h2>{title}</h2>
        {end && <span class="end">{end}</span>}
      </header>
      {children}
    </section>
  );
}

/** Those whom nobody has taken up come first, the longest waiting on top. */
function Unwell({ data, reload }: { data: Today; reload: () => void }) {
  // Who may not know about health is told of no one unwell.
  const rows = data.unwell ?? [];
  return (
    <Card title={t('unwell')} name="climb">
      {rows.length === 0 ? (
        <Empty text={t('unwell_none')} />
      ) : (
        <ul class="lines">
          {rows.map((row) => (
            <li key={row.household}>
              <b>{row.door}</b>
              <span>
                {row.temperature !== undefined && <b>{row.temperature.toFixed(1)} ℃ </b>}
                {row.because === 'temperature' && `${t('said_fine')} · `}
                {at(row.at)} ·{' '}
                {row.seen_at ? t('seen_by', { name: row.seen_by ?? '', time: at(row.seen_at) }) : since(row.at)}
              </span>
              {!row.seen_at && <Acknowledge household={row.household} label={row.door} reload={reload} />}
              <a class="btn" href={`/c/board?d=${row.dwelling}`} aria-label={`${t('open_door')} ${row.door}`}>
                {t('open_door')}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const since = (instant: string): string => {
  const ms = now.value - Date.parse(instant);
  return ms < 60_000 ? t('just_now') : t('waiting_for', { age: age(ms) });
};

function OnCall({ data }: { data: Today }) {
  return (
    <Card title={t('on_call')} name="duty">
      {data.on_call.length === 0 ? (
        <Empty text={t('on_call_none')}>
          <a class="btn" href="/c/people?tab=shifts">
            {t('on_call_add')}
          </a>
        </Empty>
      ) : (
        <ul>
          {data.on_call.map((person) => (
            <li key={person.account}>
              <span class="face" aria-hidden="true">
                {person.name.slice(0, 1)}
              </span>
              <span>
                <b>{person.name}</b>
                <small>
                  {word('role', person.role)} · {t('until', { time: at(person.until) })}
                </small>
              </span>
              <a class="btn" href={`tel:${person.phone}`} aria-label={t('call_person', { name: person.name })}>
                <Icon path={phoneIcon} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const series = ['current', 'peak', 'cumulative'] as const;

/** Households and people under observation: now, at most at once, and ever. */
function Observed({ counts }: { counts: ObservationCounts }) {
  const { peak_on } = counts.households;
  return (
    <Card title={t('observed')} name="plotcard" end={peak_on && t('peak_on', { day: dayWords(peak_on, language()) })}>
      <div class="scroll" tabIndex={0}>
        <table class="rows">
          <thead>
            <tr>
              <td />
              {series.map((name) => (
                <th key={name} class="num">
                  {t(`series_${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(['households', 'persons'] as const).map((kind) => (
              <tr key={kind}>
                <th scope="row">{t(`series_${kind}`)}</th>
                {series.map((name) => (
                  <td key={name} class="num">
                    <b>{counts[kind][name]}</b>
                  </td>
                ))}
              </tr>
            ))}
            {/* Who stays by choice is in the rows above and not in these. */}
            {counts.ordered.households.cumulative < counts.households.cumulative &&
              (['households', 'persons'] as const).map((kind) => (
                <tr key={`ordered_${kind}`}>
                  <th scope="row">{t(`ordered_${kind}`)}</th>
                  {series.map((name) => (
                    <td key={name} class="num">
                      {counts.ordered[kind][name]}
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** Who had not reported when the window closed, day by day; the figures stand over the bars. */
function LastDays({ history: { rows } }: { history: DayHistory }) {
  const top = Math.max(1, ...rows.map((row) => row.left));
  const width = 38;
  return (
    <Card title={t('history')} name="history">
      {rows.length === 0 ? (
        <Empty text={t('history_none')} />
      ) : (
        <div class="scroll" tabIndex={0}>
          <svg
            class="bars"
            width={rows.length * width}
            height="112"
            role="img"
            aria-label={rows
              .map(({ day, left, due }) => t('history_row', { day: dayWords(day, language(), false), left, due }))
              .join(t('list_comma'))}
          >
            {rows.map(({ day, left }, i) => {
              const height = Math.round((72 * left) / top);
              const x = i * width + width / 2;
              return (
                <g key={day}>
                  <text x={x} y={84 - height} class="n">
                    {left}
                  </text>
                  <rect class={left ? 'f-over' : 'f-line'} x={x - 10} y={90 - height} width="20" height={height || 1} />
                  <text x={x} y="106">
                    {`${Number(day.slice(5, 7))}/${Number(day.slice(8))}`}
                  </text>
                </g>
              );
            })}
          </svg>
        </div>
      )}
    </Card>
  );
}

function Gaps({ data }: { data: Today }) {
  const rows = [
    ['gap_buildings', data.gaps.buildings_in_no_grid, '/c/places'],
    ['gap_teams', data.gaps.buildings_without_team, '/c/people?tab=teams'],
    ['gap_workers', data.gaps.households_without_worker, '/c/households?filter=without_worker'],
    ['gap_grids', data.gaps.grids_understaffed, '/c/people?tab=gaps'],
  ] as const;
  return (
    <Card title={t('gaps')} name="sys">
      <ul>
        {rows.map(([key, n, href]) => (
          <li key={key}>
            <a href={href}>
              <Icon path={n ? warnIcon : checkIcon} />
              <span>{t(key)}</span>
              <b>{n}</b>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
