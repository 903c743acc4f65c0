import { useEffect, useRef, useState } from 'preact/hooks';
import type { NeedRow } from '../../shapes';
import { at } from '../clock';
import { memo } from '../memo';
import { t, word } from '../words';

export const rowHeight = 52;
const spare = 6;

function put(element: HTMLElement | null, what: 'height' | 'top', pixels: number): void {
  if (element) element.style[what] = `${pixels}px`;
}

/** However many rows there are, only those in sight are drawn. */
export function Rows({ rows, current, pick }: { rows: NeedRow[]; current: string; pick: (id: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  // Measured when it changes and not while drawing: reading it there makes the browser lay out everything first.
  useEffect(() => {
    const measure = () => setHeight(box.current?.clientHeight || 600);
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, []);
  const place = rows.findIndex((row) => row.id === current);
  useEffect(() => {
    const element = box.current;
    if (!element || place < 0) return;
    const from = place * rowHeight;
    if (from < top) element.scrollTop = from;
    else if (from + rowHeight > top + height) element.scrollTop = from + rowHeight - height;
  }, [place]);
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  const last = Math.min(rows.length, Math.ceil((top + height) / rowHeight) + spare);
  return (
    <div class="list" ref={box} onScroll={(event) => setTop(event.currentTarget.scrollTop)} aria-label={t('inbox_list')}>
      {/* Heights are set by script: the policy of the page allows no style in the markup. */}
      <div class="space" ref={(element) => put(element, 'height', rows.length * rowHeight)}>
        {/* The rows in sight lie in one box: where one leaves, none of the others is drawn again. */}
        <div class="sight" ref={(element) => put(element, 'top', first * rowHeight)}>
          {rows.slice(first, last).map((row) => (
            <Row key={row.id} row={row} current={row.id === current} pick={pick} />
          ))}
        </div>
      </div>
    </div>
  );
}

const Row = memo(({ row, current, pick }: { row: NeedRow; current: boolean; pick: (id: string) => void }) => {
  const sos = row.urgency === 'emergency';
  const words = row.media ? t(row.media.startsWith('image/') ? 'inbox_note_photo' : 'inbox_note_voice') : row.text;
  return (
    <button
      class={`need-row${sos ? ' sos' : ''}${current ? ' sel' : ''}`}
      aria-current={current ? 'true' : undefined}
      onClick={() => pick(row.id)}
    >
      <time>{at(row.asked_at)}</time>
      <span>
        <b>{row.door || row.asked_for || t('inbox_no_door')}</b>
      </span>
      <span>{words}</span>
      <Mark row={row} />
    </button>
  );
});

export function Mark({ row }: { row: NeedRow }) {
  if (row.urgency === 'emergency') return <span class="tag alarm">{t('do_emergency')}</span>;
  if (row.only_me) return <span class="tag due">{t('inbox_only_me')}</span>;
  if (row.gone) return <span class="tag due">{word('change', 'gone')}</span>;
  if (!row.household) return <span class="tag due">{t('relay_row')}</span>;
  if (row.diet) return <span class="tag due">{t('inbox_diet')}</span>;
  if (row.unread > 0) return <span class="tag due">{t('inbox_unread_n', { n: row.unread })}</span>;
  return <span class="tag line">{word('service', row.service)}</span>;
}
