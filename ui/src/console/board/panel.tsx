import { useEffect, useRef } from 'preact/hooks';
import type { DwellingDetail, Id } from '../../shapes';
import { get, post } from '../api';
import { Ending, removals } from '../ending';
import { Show, useLoad } from '../load';
import { Empty, Field, formValues, StateTag } from '../parts';
import { query } from '../router';
import { attempt } from '../toast';
import { t, word } from '../words';
import { HouseholdCard } from './household';
import { marksOf, urgency, type BoardModel, type Cell, type Lens } from './model';
import { markClass } from './houses';

interface PanelProps {
  model: BoardModel;
  selected: Id | null;
  only: boolean;
  lens: Lens;
}

export function Panel({ model, selected, only, lens }: PanelProps) {
  // The list reads every house so that it follows each change; it is short, the board is not drawn with it.
  model.buildings.forEach((building) => void building.version.value);
  return (
    <aside class="side" aria-label={t(selected ? 'selected_door' : 'to_do')}>
      <div class="pane">
        {selected ? <Door key={selected} id={selected} model={model} /> : <ToDo model={model} only={only} lens={lens} />}
      </div>
    </aside>
  );
}

const listed = 60;

/** What needs someone now, most urgent first: the panel is useful before anything is chosen. */
function ToDo({ model, only, lens }: { model: BoardModel; only: boolean; lens: Lens }) {
  const safe = lens === 'safe';
  const cells: Cell[] = [];
  for (const state of safe ? urgency : marksOf(lens))
    for (const cell of model.cells.values()) if ((safe ? cell.state : cell.mark) === state) cells.push(cell);
  return (
    <>
      <h2>{t('to_do')}</h2>
      <p class="per">{cells.length ? t('to_do_n', { n: cells.length }) : t('nothing_left')}</p>
      <ul class="todo">
        {cells.slice(0, listed).map((cell) => (
          <li key={cell.id}>
            <a href={`/c/board?d=${cell.id}${only ? '&only=1' : ''}${safe ? '' : `&lens=${lens}`}`}>
              <b>
                {cell.entrance.building.name}
                {cell.entrance.name}
                {cell.door}
              </b>
              {!safe && cell.mark ? (
                <span class={`tag ${markClass[cell.mark]}`}>{word('lens', cell.mark)}</span>
              ) : (
                <StateTag state={cell.state} />
              )}
            </a>
          </li>
        ))}
      </ul>
      {cells.length > listed && <p class="per">{t('to_do_more', { n: cells.length - listed })}</p>}
    </>
  );
}

function Door({ id, model }: { id: Id; model: BoardModel }) {
  const dwelling = useLoad(id, () => get<DwellingDetail>(`/dwellings/${id}`));
  const cell = model.cells.get(id);
  const state = cell?.state;
  const changes = cell?.changes ?? 0;
  const { reload } = dwelling;
  const first = useRef(true);
  useEffect(() => {
    // The window turned while its panel is open: the panel follows.
    if (!first.current) reload();
    first.current = false;
  }, [state, changes]);
  return (
    <Show of={dwelling}>
      {(door) => (
        <>
          <div class="row">
            <h2 tabIndex={-1}>{door.door}</h2>
            <button class="btn quiet" onClick={() => query({ d: null })}>
              {t('close')}
              <kbd class="kbd" aria-hidden="true">
                Esc
              </kbd>
            </button>
          </div>
          <p class="per">
            {t('floor_n', { n: door.floor })} · {t(door.lift ? 'lift' : 'no_lift')}
            {door.grid && ` · ${door.grid}`}
          </p>
          {door.households.length === 0 && (
            <Empty text={t('no_household')}>
              <Ending
                title={t('place_remove')}
                label={`${t('place_remove')} ${door.door}`}
                path={`/places/${id}/remove`}
                reasons={removals}
                said={t('place_removed')}
                onDone={() => query({ d: null })}
              />
            </Empty>
          )}
          {door.households.map((household, i) => (
            <HouseholdCard
              key={household.id}
              household={household}
              many={door.households.length > 1}
              keys={i === 0}
              reload={reload}
            />
          ))}
          <AddHousehold dwelling={id} reload={reload} />
        </>
      )}
    </Show>
  );
}

/** A dwelling may hold several households, each with its own links and its own day. */
function AddHousehold({ dwelling, reload }: { dwelling: Id; reload: () => void }) {
  const add = async (event: Event) => {
    const form = event.currentTarget as HTMLFormElement;
    const { label } = formValues(event);
    if (!(await attempt(() => post('/households', { dwelling, label }), t('household_added')))) return;
    form.reset();
    reload();
  };
  return (
    <details>
      <summary class="btn quiet">{t('household_add')}</summary>
      <form class="mini" onSubmit={add}>
        <Field label={t('household_label')} name="label" hint={t('household_label_hint')} required />
        <button class="btn">{t('save')}</button>
      </form>
    </details>
  );
}
