import { useEffect, useState } from 'preact/hooks';
import { clockIcon, Icon } from '../../icons';
import type { DutyDoors, GoodsBoard, Id } from '../../shapes';
import { get } from '../api';
import { onJournal } from '../live';
import { t, word } from '../words';
import { markClass } from './houses';
import { applyMarks, marksOf, quietMark, type BoardModel, type Lens, type Mark } from './model';

interface Shown {
  marks: Map<Id, Mark>;
  /** Owed, and at no door. */
  elsewhere: number;
}

/** Of which kinds of duty a lens shows the doors. */
const kinds = {
  needs: ['need', 'message', 'medicine', 'purchase', 'collecting'],
  alerts: ['unwell', 'emergency', 'care_unwell', 'welfare', 'left_behind', 'confirm_death'],
  care: ['care_contact', 'care_call', 'care_delivery', 'food'],
};

async function load(lens: Exclude<Lens, 'safe'>): Promise<Shown> {
  if (lens === 'goods') {
    const { cells } = await get<GoodsBoard>('/board/goods');
    return { marks: new Map(cells.map(({ id, s }) => [id, s])), elsewhere: 0 };
  }
  const { cells, elsewhere } = await get<DutyDoors>(`/board/duties?kinds=${kinds[lens].join(',')}`);
  return { marks: new Map(cells.map(({ id, s }) => [id, s === 'waiting' ? 'later' : s])), elsewhere };
}

/** Entries of the journal after which a lens may show something else. */
const turns = (lens: Lens): RegExp => (lens === 'goods' ? /^(parcel|run)/ : /^(dut|need|check_in|care|message|order)/);

/**
 * Doors by how they stand under a lens. Asked again half a second after something of it changed, and each minute; a
 * question that fails leaves what is shown, whose age the stale banner says.
 */
export function LensSum({ model, lens }: { model: BoardModel; lens: Exclude<Lens, 'safe'> }) {
  const [elsewhere, setElsewhere] = useState(0);
  useEffect(() => {
    let timer = 0;
    let gone = false;
    const ask = () => {
      timer = 0;
      void load(lens).then(
        (shown) => {
          if (gone) return;
          applyMarks(model, shown.marks);
          setElsewhere(shown.elsewhere);
        },
        () => undefined,
      );
    };
    ask();
    const soon = () => (timer ||= window.setTimeout(ask, 500));
    const stop = onJournal((event) => void (turns(lens).test(event.kind) && soon()), soon);
    const minute = setInterval(ask, 60_000);
    return () => {
      gone = true;
      stop();
      clearInterval(minute);
      clearTimeout(timer);
      // The next lens begins with nothing of this one.
      applyMarks(model, new Map());
    };
  }, [model, lens]);
  model.buildings.forEach((building) => void building.version.value);
  const count = (mark: Mark) => [...model.cells.values()].filter((cell) => cell.mark === mark).length;
  return (
    <div class="sum">
      {[...marksOf(lens), quietMark(lens)].map((mark) => (
        <span key={mark}>
          <i class={`sw ${markClass[mark]}`} aria-hidden="true">
            {markClass[mark] === 'o' && <Icon path={clockIcon} />}
          </i>
          {word('lens', mark)}
          <b>{count(mark)}</b>
        </span>
      ))}
      {elsewhere > 0 && (
        <span>
          {t('lens_elsewhere')}
          <b>{elsewhere}</b>
        </span>
      )}
    </div>
  );
}
