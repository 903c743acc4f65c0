import { route } from '../router';
import { t, type Key } from '../words';
import { DayPaper } from './day_paper';
import './goods.css';
import { ReceivePage } from './receive';
import { RunsPage } from './runs';
import { ShuttlePage } from './shuttle';
import { SortPage } from './sort';

const tabs: [string, Key][] = [
  ['', 'goods_receive'],
  ['sort', 'goods_sort'],
  ['runs', 'goods_runs'],
  ['shuttle', 'goods_shuttle'],
];

/** Goods from the courier's hand to the door: received, sorted, carried. */
export function Page() {
  const { rest } = route.value;
  return (
    <main class="page goods">
      <nav class="seg tabs noprint" aria-label={t('goods')}>
        {tabs.map(([path, key]) => (
          <a key={path} href={`/c/goods/${path}`} aria-current={rest === path ? 'page' : undefined}>
            {t(key)}
          </a>
        ))}
      </nav>
      {rest === 'sort' ? <SortPage /> : rest === 'runs' ? <RunsPage /> : rest === 'shuttle' ? <ShuttlePage /> : rest === 'paper' ? <DayPaper /> : <ReceivePage />}
    </main>
  );
}
