import { useState } from 'preact/hooks';
import type { Id, Place } from '../shapes';
import { late } from '../late';
import { post, session } from './api';
import { ObservationForm } from './board/observation';
import { Ending, removals } from './ending';
import { allPlaces, RegisterTabs } from './households';
import { Failed, Show, useAct, useLoad } from './load';
import { Empty, Field, formValues, Modal } from './parts';
import { attempt, done } from './toast';
import { t } from './words';

type Asking = { what: 'grid' } | { what: 'rename' | 'observe' | 'area'; place: Place } | null;
const Area = late(() => import('./care/area').then((part) => part.Area));

export function PlacesPage() {
  const places = useLoad('places', allPlaces);
  const [asking, setAsking] = useState<Asking>(null);
  const finish = () => {
    setAsking(null);
    places.reload();
  };
  return (
    <main class="page">
      <div class="head">
        <h1>{t('nav_register')}</h1>
        <RegisterTabs page="places" />
        <p class="end">
          <a class="btn" href="/c/voice">
            {t('voice')}
          </a>{' '}
          <button class="btn primary" onClick={() => setAsking({ what: 'grid' })}>
            {t('grid_create')}
          </button>
        </p>
      </div>
      <Show of={places}>
        {(rows) => (
          <>
            <Tree rows={rows} ask={setAsking} reload={places.reload} />
            {asking && <Ask asking={asking} onClose={() => setAsking(null)} onDone={finish} />}
          </>
        )}
      </Show>
    </main>
  );
}

function Tree({ rows, ask, reload }: { rows: Place[]; ask: (asking: Asking) => void; reload: () => void }) {
  const grids = rows.filter((place) => place.kind === 'grid');
  const buildings = rows.filter((place) => place.kind === 'building');
  const loose = buildings.filter((building) => !grids.some((grid) => grid.id === building.parent));
  if (!buildings.length) {
    return (
      <Empty text={t('board_empty')}>
        <a class="btn primary" href="/c/import">
          {t('board_import')}
        </a>
      </Empty>
    );
  }
  const list = (of: Place[]) =>
    of.map((building) => (
      <Building key={building.id} building={building} grids={grids} rows={rows} ask={ask} reload={reload} />
    ));
  return (
    <>
      {loose.length > 0 && (
        <section class="card gap">
          <header>
            <h2>{t('no_grid')}</h2>
            <span class="end">{t('buildings_n', { n: loose.length })}</span>
          </header>
          <ul class="places">{list(loose)}</ul>
        </section>
      )}
      {grids.map((grid) => {
        const own = buildings.filter((building) => building.parent === grid.id);
        return (
          <section class="card" key={grid.id}>
            <header>
              <h2>{grid.name}</h2>
              <span class="end">
                {t('buildings_n', { n: own.length })} ·{' '}
                {t('households_n', { n: grid.counts.households })}{' '}
                <button
                  class="btn"
                  onClick={() => ask({ what: 'rename', place: grid })}
                  aria-label={`${t('rename')} ${grid.name}`}
                >
                  {t('rename')}
                </button>{' '}
                {own.length === 0 && <Remove place={grid} reload={reload} />}
              </span>
            </header>
            {own.length ? <ul class="places">{list(own)}</ul> : <Empty text={t('grid_empty')} />}
          </section>
        );
      })}
    </>
  );
}

interface BuildingProps {
  building: Place;
  grids: Place[];
  rows: Place[];
  ask: (asking: Asking) => void;
  reload: () => void;
}

function Building({ building, grids, rows, ask, reload }: BuildingProps) {
  const entrances = rows.filter((place) => place.kind === 'entrance' && place.parent === building.id);
  const floors = Math.max(0, ...entrances.map((entrance) => entrance.floors ?? 0));
  const lifts = entrances.filter((entrance) => entrance.lift).length;
  const before = building.parent;
  const moveTo = (parent: Id | undefined) => post(`/places/${building.id}/move`, parent ? { parent } : {});
  const move = async (parent: Id) => {
    const ok = await attempt(() => moveTo(parent));
    reload();
    const grid = grids.find((known) => known.id === parent);
    if (ok && grid)
      done(t('moved_to', { name: building.name, grid: grid.name }), () => moveTo(before).then(reload));
  };
  return (
    <li>
      <b>{building.name}</b>
      <span class="mute">
        {t('entrances_n', { n: building.counts.entrances })} ·{' '}
        {t('households_n', { n: building.counts.households })}
        {floors > 0 && ` · ${t('floors_n', { n: floors })}`} ·{' '}
        {lifts === 0 ? t('no_lift') : lifts === entrances.length ? t('lift') : t('lift_n', { n: lifts })}
      </span>
      <span class="acts">
        <select
          class="pick"
          aria-label={t('move_building', { name: building.name })}
          value={before ?? ''}
          onChange={(event) => move(event.currentTarget.value)}
        >
          {!grids.some((grid) => grid.id === before) && <option value={before ?? ''}>{t('no_grid')}</option>}
          {grids.map((grid) => (
            <option key={grid.id} value={grid.id} selected={grid.id === before}>
              {grid.name}
            </option>
          ))}
        </select>
        <button
          class="btn"
          onClick={() => ask({ what: 'rename', place: building })}
          aria-label={`${t('rename')} ${building.name}`}
        >
          {t('rename')}
        </button>
        {session.value?.community.control && (
          <>
            <button
              class="btn"
              onClick={() => ask({ what: 'observe', place: building })}
              aria-label={`${t('observation_start')} ${building.name}`}
            >
              {t('observation_start')}
            </button>
            <button
              class="btn"
              onClick={() => ask({ what: 'area', place: building })}
              aria-label={`${t('place_status')} ${building.name}`}
            >
              {t('place_status')}
            </button>
          </>
        )}
        {building.counts.households === 0 && <Remove place={building} reload={reload} />}
        {session.value?.reach !== 'desk' && (
          <a class="btn" href={`/c/handout?place=${building.id}`} aria-label={`${t('handout')} ${building.name}`}>
            {t('handout')}
          </a>
        )}
        <a class="btn" href={`/c/slips?place=${building.id}`} aria-label={`${t('slips')} ${building.name}`}>
          {t('slips')}
        </a>
      </span>
    </li>
  );
}

/** Offered where nobody lives; what else stands against it, the server says. */
const Remove = ({ place, reload }: { place: Place; reload: () => void }) => (
  <Ending
    title={t('place_remove')}
    label={`${t('place_remove')} ${place.name}`}
    path={`/places/${place.id}/remove`}
    reasons={removals}
    said={t('place_removed')}
    onDone={reload}
  />
);

function Ask({
  asking,
  onClose,
  onDone,
}: {
  asking: NonNullable<Asking>;
  onClose: () => void;
  onDone: () => void;
}) {
  const { busy, error, act } = useAct();
  if (asking.what === 'observe') {
    const n = asking.place.counts.households;
    return (
      <Modal title={`${t('observation_start')} · ${asking.place.name}`} onClose={onClose}>
        <p>{t('observe_building', { name: asking.place.name, n })}</p>
        <ObservationForm target={{ place: asking.place.id }} count={n} onDone={onDone} />
      </Modal>
    );
  }
  if (asking.what === 'area') return <Area place={asking.place} onClose={onClose} />;
  const renaming = asking.what === 'rename' ? asking.place : null;
  const submit = (event: Event) => {
    const { name } = formValues(event);
    void act(async () => {
      if (renaming) await post(`/places/${renaming.id}/rename`, { name });
      else await post('/places', { kind: 'grid', name });
      onDone();
    });
  };
  return (
    <Modal title={renaming ? `${t('rename')} · ${renaming.name}` : t('grid_create')} onClose={onClose}>
      <form onSubmit={submit}>
        <Field
          label={t('name')}
          name="name"
          value={renaming?.name ?? ''}
          hint={renaming ? undefined : t('grid_name_hint')}
          required
        />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('save')}
        </button>
      </form>
    </Modal>
  );
}
