import { useEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Assurance, Today } from '../api-draft';
import { alertIcon, checkIcon, eyeIcon, Icon, phoneIcon, questionIcon, warnIcon } from '../icons';
import { language } from '../messages';
import { dayWords } from '../time';
import { get } from './api';
import { at, now, setServerNow } from './clock';
import { useKeys } from './keys';
import { onJournal } from './live';
import { Show, useLoad } from './load';
import { LastDays } from './last_days';
import { age, Empty } from './parts';
import { go } from './router';
import { t, word } from './words';

const kinds: Assurance[] = ['self', 'head', 'remote', 'voice', 'seen'];

async function loadToday(): Promise<Today> {
  const today = await get<Today>('/today');
  setServerNow(today.as_of);
  return today;
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
      <Show of={today}>{(data) => <Day data={data} />}</Show>
    </main>
  );
}

function Day({ data }: { data: Today }) {
  return (
    <>
      <div class="head">
        <h1>{t('today')}</h1>
        <p>
          {dayWords(data.day, language())} · {t('households_n', { n: data.households })} · {t('occupied_n', { n: data.occupied })}
        </p>
        <p class="end">{t('as_of', { time: at(data.as_of) })}</p>
      </div>
      <Tiles data={data} />
      <div class="cols">
        <Unwell data={data} />
        <OnCall data={data} />
      </div>
      <div class="cols low">
        <LastDays days={data.last_days} now={data.not_reported.left} />
        <Gaps data={data} />
      </div>
    </>
  );
}

interface TileProps {
  href: string;
  icon: string;
  label: string;
  value: number;
  of: string;
  share?: number;
  left: string;
  right?: string;
  hot?: boolean;
  digit: string;
}

function Tile({ href, icon, label, value, of, share, left, right, hot, digit }: TileProps) {
  return (
    <a class={hot ? 'tile hot' : 'tile'} href={href}>
      <div class="lb">
        <Icon path={icon} />
        {label}
        <kbd class="kbd" aria-hidden="true">{digit}</kbd>
      </div>
      <div class="v">
        <b>{value}</b> <span>{of}</span>
      </div>
      <svg class="m" viewBox="0 0 180 6" preserveAspectRatio="none" aria-hidden="true">
        {share !== undefined && <rect class={hot ? 'f-surface' : 'f-line'} width="180" height="6" />}
        {share !== undefined && <rect class={hot ? 'f-over' : 'f-ink2'} width={180 * Math.min(1, Math.max(0, share))} height="6" />}
      </svg>
      <div class="cut">
        {left} <b>{right}</b>
      </div>
    </a>
  );
}

function timeLeft(data: Today): string {
  const { left, due, minutes_left } = data.not_reported;
  if (!due) return '';
  if (!left) return t('all_reported');
  if (minutes_left === null) return '';
  // The server's figure is as old as its answer: the page counts the rest down itself.
  const minutes = Math.round(minutes_left - (now.value - Date.parse(data.as_of)) / 60_000);
  if (minutes <= 0) return t('window_over');
  return minutes < 60 ? t('minutes_left', { n: minutes }) : t('hours_left', { h: Math.floor(minutes / 60), m: minutes % 60 });
}

function Tiles({ data }: { data: Today }) {
  const { left, due, window, overdue } = data.not_reported;
  const reported = kinds.reduce((sum, kind) => sum + (data.reported[kind] ?? 0), 0);
  const gaps = data.gaps.buildings_in_no_grid + data.gaps.households_without_worker + data.gaps.grids_understaffed;
  const latest = data.unwell.map((row) => row.at).sort().pop();
  const links = ['/c/board?only=1', '/c/', '/c/households?filter=observed', '/c/households?filter=observed', '/c/people?tab=gaps'];
  const unwell = data.unwell[0] ? `/c/board?d=${data.unwell[0].place}` : '/c/board';
  useKeys({
    '1': () => go(links[0]!),
    '2': () => go(unwell),
    '3': () => go(links[2]!),
    '4': () => go(links[3]!),
    '5': () => go(links[4]!),
  });
  return (
    <section class="six" aria-label={t('today')}>
      <Tile
        digit="1" href={links[0]!} icon={questionIcon} label={t('not_reported')}
        value={left} of={t('not_reported_of', { due })} share={due ? (due - left) / due : undefined}
        left={due === 0 ? t('no_window') : overdue ? t('overdue_n', { n: overdue }) : window ? t('window_until', { until: window.until }) : ''}
        right={timeLeft(data)}
        hot={overdue > 0}
      />
      <Tile
        digit="2" href={unwell} icon={alertIcon} label={t('unwell')}
        value={data.unwell.length} of={t('unwell_of', { n: data.unwell.length })} hot={data.unwell.length > 0}
        left={latest ? t('unwell_latest', { time: at(latest) }) : t('unwell_none')}
      />
      <Mix data={data} total={reported} href={links[2]!} />
      <Tile
        digit="4" href={links[3]!} icon={eyeIcon} label={t('observed')}
        value={data.observed.households} of={t('observed_of', { n: data.observed.households, persons: data.observed.persons })}
        share={data.households ? data.observed.households / data.households : undefined}
        left={data.observed.households ? t('households_n', { n: data.households }) : t('nobody_observed')}
      />
      <Tile
        digit="5" href={links[4]!} icon={warnIcon} label={t('gaps')} value={gaps} of={t('gaps_of')}
        left={gaps ? '' : t('gaps_none')}
      />
    </section>
  );
}

/** The parts of the reported households, by how sure we are; they add up to the number above them. */
function Mix({ data, total, href }: { data: Today; total: number; href: string }) {
  let x = 0;
  const parts = kinds.map((kind, i) => {
    const n = data.reported[kind] ?? 0;
    const width = total ? (180 * n) / total : 0;
    x += width;
    return { kind, n, x: x - width, width, css: `mix${i}` };
  });
  return (
    <a class="tile" href={href}>
      <div class="lb">
        <Icon path={checkIcon} />
        {t('reported')}
        <kbd class="kbd" aria-hidden="true">3</kbd>
      </div>
      <div class="v">
        <b>{total}</b> <span>{t('reported_of', { n: total })}</span>
      </div>
      <svg class="m" viewBox="0 0 180 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="f-line" width="180" height="6" />
        {parts.map((part) => (
          <rect key={part.kind} class={part.css} x={part.x} width={part.width} height="6" />
        ))}
      </svg>
      <ul class="parts">
        {parts.map((part) => (
          <li key={part.kind}>
            <i class={part.css} />
            {word('assurance', part.kind)} <b>{part.n}</b>
          </li>
        ))}
      </ul>
    </a>
  );
}

function Card({ title, end, children, name }: { title: string; end?: ComponentChildren; children: ComponentChildren; name: string }) {
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

function Unwell({ data }: { data: Today }) {
  const rows = [...data.unwell].sort((a, b) => (a.at < b.at ? -1 : 1));
  return (
    <Card title={t('unwell')} name="climb">
      {rows.length === 0 ? (
        <Empty text={t('unwell_none')} />
      ) : (
        <table>
          <thead>
            <tr>
              <th>{t('door')}</th>
              <th>{t('since')}</th>
              <th class="num">{t('household')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.household}>
                <td class="door">{row.door}</td>
                <td>
                  {at(row.at)} · {since(row.at)}
                </td>
                <td class="num">
                  <a class="btn" href={`/c/board?d=${row.place}`} aria-label={`${t('open_door')} ${row.door}`}>
                    {t('open_door')}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
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
          <a class="btn" href="/c/people?tab=shifts">{t('on_call_add')}</a>
        </Empty>
      ) : (
        <ul>
          {data.on_call.map((person) => (
            <li key={person.account}>
              <span class="face" aria-hidden="true">{person.name.slice(0, 1)}</span>
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

function Gaps({ data }: { data: Today }) {
  const rows = [
    ['gap_buildings', data.gaps.buildings_in_no_grid, '/c/places'],
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
