import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Found } from '../shapes';
import { post, session } from './api';
import { Modal } from './parts';
import { go } from './router';
import { t, word } from './words';

const address = (found: Found): string =>
  found.kind === 'building' ? `/c/board?building=${found.id}` : `/c/board?d=${found.dwelling ?? found.id}`;

/** What was typed last: whoever opens a door in an emergency types it once. */
export const typed = signal('');
/** Those whose grants end somewhere, and who may be the only ones awake. */
const openers = ['captain', 'worker', 'deputy', 'social_worker', 'cadre', 'grid_head', 'leader'];

/** Searches while typing. The text goes in the body of a POST: names and doors never stand in an address. */
export function Search({ onClose }: { onClose: () => void }) {
  const [rows, setRows] = useState<Found[] | null>(null);
  const [chosen, setChosen] = useState(0);
  const turn = useRef(0);
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);

  const type = (text: string) => {
    clearTimeout(timer.current);
    const mine = ++turn.current;
    typed.value = text;
    if (!text.trim()) return setRows(null);
    timer.current = window.setTimeout(async () => {
      const answer = await post<{ rows: Found[] }>('/search', { text }).catch(() => ({ rows: [] }));
      if (mine === turn.current) {
        setRows(answer.rows);
        setChosen(0);
      }
    }, 120);
  };
  const open = (found: Found | undefined) => {
    if (!found) return;
    onClose();
    go(address(found));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step && rows?.length) {
      event.preventDefault();
      setChosen((chosen + step + rows.length) % rows.length);
    }
    if (event.key === 'Enter') open(rows?.[chosen]);
  };
  return (
    <Modal title={t('search_title')} onClose={onClose}>
      <input
        class="search"
        type="text"
        role="combobox"
        aria-label={t('search_title')}
        aria-expanded={Boolean(rows?.length)}
        aria-controls="found"
        aria-activedescendant={rows?.length ? `found-${chosen}` : undefined}
        autocomplete="off"
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <p class="mute small" role="status">
        {rows === null ? t('search_hint') : rows.length ? t('search_count', { n: rows.length }) : t('search_empty')}
      </p>
      <ul class="found" id="found" role="listbox" aria-label={t('search_title')}>
        {(rows ?? []).map((found, i) => (
          <li
            key={found.kind + found.id}
            id={`found-${i}`}
            role="option"
            aria-selected={i === chosen}
            onClick={() => open(found)}
          >
            <span class="tag line">{word('kind', found.kind)}</span>
            <b>{found.title}</b>
            <span class="mute">{found.subtitle}</span>
          </li>
        ))}
      </ul>
      {session.value?.roles.some((role) => openers.includes(role)) && (
        <a class="btn quiet" href="/c/opening" onClick={onClose}>
          {t('opening_go')}
        </a>
      )}
    </Modal>
  );
}
