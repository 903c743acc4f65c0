import { useEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Today } from '../api-draft';
import { checkIcon, Icon, phoneIcon, warnIcon } from '../icons';
import { language } from '../messages';
import { dayWords } from '../time';
import { get } from './api';
import { at, now, setServerNow } from './clock';
import { onJournal } from './live';
import { Show, useLoad } from './load';
import { LastDays } from './last_days';
import { age, Empty } from './parts';
import { Tiles } from './tiles';
import { t, word } from './words';

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
          {dayWords(data.day, language())} · {t('households_n', { n: data.households })} ·{' '}
          {t('occupied_n', { n: data.occupied })}
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

function Unwell({ data }: { data: Today }) {
  const rows = [...data.unwell].sort((a, b) => (a.at < b.at ? -1 : 1));
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
                {at(row.at)} · {since(row.at)}
              </span>
              <a class="btn" href={`/c/board?d=${row.place}`} aria-label={`${t('open_door')} ${row.door}`}>
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
