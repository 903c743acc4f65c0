import { memo } from '../memo';
import type { CellState } from '../../shapes';
import { alertIcon, clockIcon, Icon } from '../../icons';
import { t, word } from '../words';
import { leftIn, wants, type Building, type Cell, type Entrance, type Lens, type Mark } from './model';

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

/** What a door's mark looks like: red is late, blue is brought, yellow waits for somebody. */
export const markClass: Record<Mark, string> = {
  coming: 'gc',
  waiting: 'gw',
  out: 'go',
  held: 'gh',
  overdue: 'o',
  climbed: 'o',
  raised: 'd',
  taken: 'go',
  later: 'gc',
};

const spokenName = (cell: Cell, lens: Lens): string =>
  lens === 'safe'
    ? `${cell.door} ${word('state', cell.state)}${cell.care ? ` ${t('care')}` : ''}`
    : `${cell.door} ${cell.mark ? word('lens', cell.mark) : t(lens === 'goods' ? 'lens_none' : 'lens_nothing')}`;

interface Look {
  only: boolean;
  lens: Lens;
}

function Window({ cell, big, only, lens }: { cell: Cell; big: boolean } & Look) {
  if (lens !== 'safe') {
    const mark = only && !wants(cell, lens) ? null : cell.mark;
    return (
      <i id={`d${cell.id}`} class={mark ? markClass[mark] : 'q'} role="gridcell" aria-label={spokenName(cell, lens)}>
        {mark && markClass[mark] === 'o' && <Icon path={clockIcon} />}
        {big && <b>{cell.door}</b>}
      </i>
    );
  }
  const { state } = cell;
  const flash = cell.changes ? ` fl${cell.changes % 2}` : '';
  const hidden = only && !wants(cell, lens);
  return (
    <i
      id={`d${cell.id}`}
      class={`${hidden ? 'q' : cellClass[state]}${cell.care && !hidden ? ' h' : ''}${flash}`}
      role="gridcell"
      aria-label={spokenName(cell, lens)}
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
function Unit({ entrance, big, ...look }: { entrance: Entrance; big: boolean } & Look) {
  const unit = <Windows entrance={entrance} big={big} {...look} />;
  if (!big) return unit;
  return (
    <div class="wing">
      <Floors floors={entrance.rows.map((row) => row.floor)} />
      {unit}
      <p class="unname">{entrance.name}</p>
    </div>
  );
}

function Windows({ entrance, big, ...look }: { entrance: Entrance; big: boolean } & Look) {
  return (
    <div class="un">
      <div class="wins" role="grid" aria-label={`${entrance.building.name} ${entrance.name}`}>
        {entrance.rows.map((row) => (
          <div role="row" key={row.floor}>
            {row.cells.map((cell, i) =>
              cell ? (
                <Window key={cell.id} cell={cell} big={big} {...look} />
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
  lens,
  current,
  zoom,
}: {
  building: Building;
  current: boolean;
  zoom: boolean;
} & Look) {
  // Reading the version subscribes this house, and only this house, to its changes.
  void building.version.value;
  const left = leftIn(building, lens);
  if (only && !left && !zoom) return null;
  return (
    <article class={`bd${current ? ' cur' : ''}${zoom ? ' big' : ''}`} data-building={building.id}>
      <div class="house">
        {!zoom && <Floors floors={building.floors} />}
        {building.entrances.map((entrance) => (
          <Unit key={entrance.name} entrance={entrance} big={zoom} only={only} lens={lens} />
        ))}
      </div>
      <h3>
        <button class="bdname" data-zoom={building.id}>
          {building.name}
        </button>
        <span>{t('entrances_n', { n: building.entrances.length })}</span>
        {left ? <b aria-label={t('left_n', { n: left })}>{left}</b> : <em>{t(lens === 'goods' ? 'lens_none' : lens === 'safe' ? 'complete' : 'lens_nothing')}</em>}
      </h3>
    </article>
  );
});
