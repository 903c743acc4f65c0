import type { Assurance, ObservationCounts, Today } from '../shapes';
import { alertIcon, checkIcon, eyeIcon, Icon, questionIcon, warnIcon } from '../icons';
import { at, now } from './clock';
import { useKeys } from './keys';
import { go } from './router';
import { t, word } from './words';

const kinds: Assurance[] = ['self', 'head', 'remote', 'voice', 'seen'];

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
        <kbd class="kbd" aria-hidden="true">
          {digit}
        </kbd>
      </div>
      <div class="v">
        <b>{value}</b> <span>{of}</span>
      </div>
      <svg class="m" viewBox="0 0 180 6" preserveAspectRatio="none" aria-hidden="true">
        {share !== undefined && <rect class={hot ? 'f-surface' : 'f-line'} width="180" height="6" />}
        {share !== undefined && (
          <rect class={hot ? 'f-over' : 'f-ink2'} width={180 * Math.min(1, Math.max(0, share))} height="6" />
        )}
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
  // The server's figure is as old as its answer: the page counts the rest down itself.
  const minutes = Math.round(minutes_left - (now.value - Date.parse(data.as_of)) / 60_000);
  if (minutes <= 0) return t('window_over');
  return minutes < 60
    ? t('minutes_left', { n: minutes })
    : t('hours_left', { h: Math.floor(minutes / 60), m: minutes % 60 });
}

/** The figures of the day, each a link to its rows. */
export function Tiles({ data, observed }: { data: Today; observed: ObservationCounts }) {
  const { left, due, window, overdue } = data.not_reported;
  const reported = kinds.reduce((sum, kind) => sum + (data.reported[kind] ?? 0), 0);
  const gaps = Object.values(data.gaps).reduce((sum, n) => sum + n, 0);
  const said = data.unwell ?? [];
  const open = said.filter((row) => !row.seen_at);
  const latest = open
    .map((row) => row.at)
    .sort()
    .pop();
  const links = [
    '/c/board?only=1',
    '/c/',
    '/c/households?filter=observed',
    '/c/households?filter=observed',
    '/c/people?tab=gaps',
  ];
  const unwell = said[0] ? `/c/board?d=${said[0].dwelling}` : '/c/board';
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
        digit="1"
        href={links[0]!}
        icon={questionIcon}
        label={t('not_reported')}
        value={left}
        of={t('not_reported_of', { due })}
        share={due ? (due - left) / due : undefined}
        left={
          due === 0
            ? t('no_window')
            : overdue && left
              ? t('overdue_n', { n: left })
              : t('window_until', { until: at(window.until) })
        }
        right={timeLeft(data)}
        hot={overdue && left > 0}
      />
      <Tile
        digit="2"
        href={unwell}
        icon={alertIcon}
        label={t('unwell')}
        value={open.length}
        of={t('unwell_of', { n: open.length })}
        hot={open.length > 0}
        left={latest ? t('unwell_latest', { time: at(latest) }) : t('unwell_none')}
      />
      <Mix data={data} total={reported} href={links[2]!} />
      <Tile
        digit="4"
        href={links[3]!}
        icon={eyeIcon}
        label={t('observed')}
        value={observed.households.current}
        of={t('observed_of', { n: observed.households.current, persons: observed.persons.current })}
        share={data.households ? observed.households.current / data.households : undefined}
        left={observed.households.current ? t('households_n', { n: data.households }) : t('nobody_observed')}
      />
      <Tile
        digit="5"
        href={links[4]!}
        icon={warnIcon}
        label={t('gaps')}
        value={gaps}
        of={t('gaps_of')}
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
        <kbd class="kbd" aria-hidden="true">
          3
        </kbd>
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
