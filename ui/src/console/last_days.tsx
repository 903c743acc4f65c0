import { useEffect, useRef, useState } from 'preact/hooks';
import type { Today } from '../api-draft';
import { language } from '../messages';
import { dayWords } from '../time';
import { Empty } from './parts';
import { t } from './words';

const height = 128;
const floor = 108;

/** How many were still missing at the cut-off of each day, and now: ink for the past, amber for what is open. */
export function LastDays({ days, now }: { days: Today['last_days']; now: number }) {
  const card = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(600);
  useEffect(() => {
    // Drawn at its true width, so that figures keep their size on a phone and on a wall.
    const watch = new ResizeObserver(
      ([entry]) => entry && setWidth(Math.max(240, Math.round(entry.contentRect.width - 28))),
    );
    watch.observe(card.current!);
    return () => watch.disconnect();
  }, []);
  const shown = days.slice(width < 480 ? -6 : -13);
  const bars = [
    ...shown.map((day) => ({ label: dayWords(day.day, language(), false), n: day.left_at_cutoff, open: false })),
    { label: t('now'), n: now, open: true },
  ];
  const top = Math.max(1, ...bars.map((bar) => bar.n));
  const step = width / bars.length;
  const bar = Math.min(40, step * 0.68);
  const list = shown.map((day) => day.left_at_cutoff).join(' ');
  return (
    <section class="card plotcard" ref={card}>
      <header>
        <h2>{t('last_days', { n: shown.length })}</h2>
      </header>
      {shown.length === 0 ? (
        <Empty text={t('last_days_none')} />
      ) : (
        <svg
          class="plot"
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={t('last_days_label', { list, now })}
        >
          <path class="axis" d={`M0 ${floor}.5H${width}`} />
          {bars.map((item, i) => {
            const x = step * i + step / 2;
            const h = (item.n / top) * 84;
            return (
              <g key={item.label}>
                <rect
                  class={item.open ? 'f-due' : 'f-edge'}
                  x={x - bar / 2}
                  y={floor - h}
                  width={bar}
                  height={h}
                  rx="2"
                />
                <text class={item.open ? 'strong' : ''} x={x} y={floor - h - 6} text-anchor="middle">
                  {item.n}
                </text>
                <text class={item.open ? 'strong' : ''} x={x} y={height - 4} text-anchor="middle">
                  {item.label}
                </text>
              </g>
            );
          })}
        </svg>
      )}
    </section>
  );
}
