import { alertIcon, clockIcon, Icon } from '../../icons';
import { query } from '../router';
import { t, word } from '../words';
import { late } from '../../late';
import { lenses, type BoardModel, type Lens } from './model';

/** Reads what the lens shows and counts it: fetched with the first look through one. */
const LensSum = late(() => import('./lenses').then((part) => part.LensSum));

const order = ['overdue', 'alarm', 'due', 'safe', 'released', 'none', 'empty'] as const;
const swatch: Record<(typeof order)[number], string> = {
  overdue: 'o',
  alarm: 'a',
  due: 'd',
  safe: 'k',
  released: 'r',
  none: 'n',
  empty: 'e',
};

interface LegendProps {
  model: BoardModel;
  only: boolean;
  lens: Lens;
  grid: string | null;
}

/** What each colour means and how many there are; the parts add up to the total. */
export function Legend({ model, only, lens, grid }: LegendProps) {
  return (
    <div class="lens">
      <div class="seg wrap" role="group" aria-label={t('lens_label')}>
        {lenses.map((one) => (
          <button key={one} aria-pressed={one === lens} onClick={() => query({ lens: one === 'safe' ? null : one })}>
            {t(`lens_${one}`)}
          </button>
        ))}
      </div>
      {lens === 'safe' ? <SafeSum model={model} /> : <LensSum key={lens} model={model} lens={lens} />}
      <div class="tools">
        {model.grids.length > 1 && (
          <select
            class="pick"
            aria-label={t('grid_filter')}
            value={grid ?? ''}
            onChange={(event) => query({ grid: event.currentTarget.value || null })}
          >
            <option value="">{t('grid_all')}</option>
            {model.grids.map((item) => (
              <option key={item.id} value={item.id} selected={item.id === grid}>
                {item.name}
              </option>
            ))}
          </select>
        )}
        <button class="btn only" aria-pressed={only} onClick={() => query({ only: only ? null : '1' })}>
          {t('keys_filter')}
          <kbd class="kbd" aria-hidden="true">
            f
          </kbd>
        </button>
      </div>
    </div>
  );
}

function SafeSum({ model }: { model: BoardModel }) {
  const counts = model.counts.value;
  return (
    <div class="sum">
      {order
        .filter((state) => counts[state] || state === 'due' || state === 'safe' || state === 'overdue')
        .map((state) => (
          <span key={state}>
            <i class={`sw ${swatch[state]}`} aria-hidden="true">
              {state === 'overdue' ? <Icon path={clockIcon} /> : state === 'alarm' ? <Icon path={alertIcon} /> : null}
            </i>
            {word('state', state)}
            <b>{counts[state] ?? 0}</b>
          </span>
        ))}
      {[...model.cells.values()].some((cell) => cell.care) && (
        <span>
          <i class="cd" aria-hidden="true" />
          {t('care')}
        </span>
      )}
      <span>
        {t('total')}
        <b>{counts.total}</b>
      </span>
    </div>
  );
}
