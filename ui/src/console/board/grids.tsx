import { useEffect, useState } from 'preact/hooks';
import type { Id } from '../../shapes';
import { Empty } from '../parts';
import { query } from '../router';
import { t } from '../words';
import { House } from './houses';
import { leftIn, type Building, type BoardModel, type Lens } from './model';

interface Props {
  model: BoardModel;
  only: boolean;
  lens: Lens;
  zoom: string | null;
  grid: string | null;
  current: Id | null;
}

const narrow = matchMedia('(max-width: 719px)');

function useNarrow(): boolean {
  const [is, set] = useState(narrow.matches);
  useEffect(() => {
    const listen = () => set(narrow.matches);
    // Safari before 14 has only the older way.
    if (narrow.addEventListener) narrow.addEventListener('change', listen);
    else narrow.addListener(listen);
    return () =>
      narrow.removeEventListener ? narrow.removeEventListener('change', listen) : narrow.removeListener(listen);
  }, []);
  return is;
}

export function Houses(props: Props) {
  const { model, zoom, grid, current } = props;
  const phone = useNarrow();
  if (!model.buildings.length) {
    return (
      <Empty text={t('board_empty')}>
        <a class="btn primary" href="/c/import">
          {t('board_import')}
        </a>
      </Empty>
    );
  }
  const shown = model.buildings.filter((building) => !grid || building.grid === grid);
  const one =
    shown.find((building) => building.id === zoom) ??
    (phone ? (shown.find((b) => b.id === current) ?? shown[0]) : undefined);
  if (one) return <OneHouse {...props} shown={shown} building={one} phone={phone} />;
  return <Columns {...props} shown={shown} />;
}

/** One house with windows of 28 px, and the way to the ones beside it. */
function OneHouse({ shown, building, only, lens, phone }: Props & { shown: Building[]; building: Building; phone: boolean }) {
  const index = shown.indexOf(building);
  const step = (by: number) => query({ building: shown[(index + by + shown.length) % shown.length]!.id, d: null });
  return (
    <section class="one">
      <h2 class="vh">{building.name}</h2>
      <div class="steps">
        <button class="btn" onClick={() => step(-1)}>
          {t('previous')}
        </button>
        <select
          class="pick"
          aria-label={t('building_choose')}
          value={building.id}
          onChange={(event) => query({ building: event.currentTarget.value, d: null })}
        >
          {shown.map((item) => {
            const left = leftIn(item, lens);
            return (
              <option key={item.id} value={item.id} selected={item === building}>
                {item.name}
                {left ? ` · ${t('left_n', { n: left })}` : ''}
              </option>
            );
          })}
        </select>
        <button class="btn" onClick={() => step(1)}>
          {t('next_one')}
        </button>
        {!phone && (
          <button class="btn" onClick={() => query({ building: null })}>
            {t('all_buildings')}
          </button>
        )}
      </div>
      <div class="bigwrap">
        <House key={building.id} building={building} only={only} lens={lens} current={false} zoom />
      </div>
    </section>
  );
}

function Columns({ model, shown, only, lens, current, grid }: Props & { shown: Building[] }) {
  const lost = shown.filter((building) => !model.grids.some((known) => known.id === building.grid));
  const columns = model.grids.filter((known) => !grid || known.id === grid);
  // Wide houses do not fit five columns: then each grid is a row of houses that wraps.
  const widest = Math.max(
    0,
    ...shown.map((b) => b.entrances.reduce((sum, e) => sum + (e.rows[0]?.cells.length ?? 0) * 20 + 4, 13)),
  );
  const flow = widest > 200 || columns.length > 6 || columns.length < 3;
  const left = shown.reduce((sum, building) => sum + leftIn(building, lens), 0);
  const house = (building: Building) => (
    <House
      key={building.id}
      building={building}
      only={only}
      lens={lens}
      current={building.id === current}
      zoom={false}
    />
  );
  return (
    <>
      {only && left === 0 && <Empty text={t('nothing_left')} />}
      <div
        class={`grids ${flow ? 'flow' : `g${columns.length + (lost.length ? 1 : 0)}`}${shown.length > 40 ? ' many' : ''}`}
      >
        {columns.map((known) => (
          <section class="grid" key={known.id}>
            <h2>
              {known.name}
              <span>{known.head ?? t('no_head')}</span>
              <b>{lens !== 'safe' ? '' : known.left.value ? t('left_n', { n: known.left.value }) : t('complete')}</b>
            </h2>
            <div class="col">{shown.filter((building) => building.grid === known.id).map(house)}</div>
          </section>
        ))}
        {lost.length > 0 && (
          <section class="grid" key="none">
            <h2>
              {t('no_grid')}
              <b>
                <a href="/c/places">{t('assign')}</a>
              </b>
            </h2>
            <div class="col">{lost.map(house)}</div>
          </section>
        )}
      </div>
    </>
  );
}
