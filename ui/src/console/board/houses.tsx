import { memo } from '../memo';
import type { CellState } from '../../shapes';
import { alertIcon, clockIcon, Icon } from '../../icons';
import { t, word } from '../words';
import { leftIn, needsAttention, type Building, type Cell, type Entrance } from './model';

/** One letter per state keeps ten thousand class names short. */
export const cellClass: Record<CellState, string> = {
  safe: 'k',
  due: 'd',
  overdue: 'o',
  alarm: 'a',
  empty: 'e',
  none: 'n',
  released: 'r',
};

const spokenName = (cell: Cell): string =>
  `${cell.door} ${word('state', cell.state)}${cell.care ? ` ${t('care')}` : ''}`;

function Window({ cell, big, only }: { cell: Cell; big: boolean; only: boolean }) {
  const { state } = cell;
  const flash = cell.changes ? ` fl${cell.changes % 2}` : '';
  const hidden = only && !needsAttention(state);
  return (
    <i
      id={`d${cell.id}`}
      class={`${hidden ? 'q' : cellClass[state]}${cell.care && !hidden ? ' h' : ''}${flash}`}
      role="gridcell"
      aria-label={spokenName(cell)}
    >
      {state === 'overdue' && <Icon path={clockIcon} />}
      {state === 'alarm' && <Icon path={alertIcon} />}
      {big && <b>{cell.door}</b>}
    </i>
  );
}

const Floors = ({ floors }: { floors: number[] }) => (
  <ol class="fl" aria-hidden="true">
    {floors.map((floor) => (
      <li key={floor}>{floor}</li>
    ))}
  </ol>
);

/** An entrance. Enlarged ones carry their own floor numbers, as they wrap below each other on a phone. */
function Unit({ entrance, big, only }: { entrance: Entrance; big: boolean; only: boolean }) {
  const unit = <Windows entrance={entrance} big={big} only={only} />;
  if (!big) return unit;
  return (
    <div class="wing">
      <Floors floors={entrance.rows.map((row) => row.floor)} />
      {unit}
      <p class="unname">{entrance.name}</p>
    </div>
  );
}

function Windows({ entrance, big, only }: { entrance: Entrance; big: boolean; only: boolean }) {
  return (
    <div class="un">
      <div class="wins" role="grid" aria-label={`${entrance.building.name} ${entrance.name}`}>
        {entrance.rows.map((row) => (
          <div role="row" key={row.floor}>
            {row.cells.map((cell, i) =>
              cell ? (
                <Window key={cell.id} cell={cell} big={big} only={only} />
              ) : (
                <i key={i} class="hole" role="gridcell" />
              ),
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

export const House = memo(function House({
  building,
  only,
  current,
  zoom,
}: {
  building: Building;
  only: boolean;
  current: boolean;
  zoom: boolean;
}) {
  // Reading the version subscribes this house, and only this house, to its changes.
  void building.version.value;
  const left = leftIn(building);
  if (only && !left && !zoom) return null;
  return (
    <article class={`bd${current ? ' cur' : ''}${zoom ? ' big' : ''}`} data-building={building.id}>
      <div class="house">
        {!zoom && <Floors floors={building.floors} />}
        {building.entrances.map((entrance) => (
          <Unit key={entrance.name} entrance={entrance} big={zoom} only={only} />
        ))}
      </div>
      <h3>
        <button class="bdname" data-zoom={building.id}>
          {building.name}
        </button>
        <span>{t('entrances_n', { n: building.entrances.length })}</span>
        {left ? <b aria-label={t('left_n', { n: left })}>{left}</b> : <em>{t('complete')}</em>}
      </h3>
    </article>
  );
});
