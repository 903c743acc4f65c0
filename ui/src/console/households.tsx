import type { AccountRow, CellState, HouseholdRow, Page, Place } from '../shapes';
import { get } from './api';
import { Downloads } from './download';
import { Failed, Show, useAct, useLoad } from './load';
import { Empty, StateTag } from './parts';
import { query, route } from './router';
import { t, word, type Key } from './words';

const filters = ['', 'observed', 'without_worker', 'without_link', 'empty', 'care', 'phone'] as const;
/** Of a household; "empty" is a dwelling's. */
const states: CellState[] = ['overdue', 'due', 'alarm', 'safe', 'none', 'released'];
/** What the address keeps, and the list is asked with. */
const asks = ['filter', 'state', 'off', 'worker', 'place'] as const;
const offs = ['group', 'supplies', 'report', 'labels'] as const;
type Rows = Page<HouseholdRow>;

export function RegisterTabs({ page }: { page: 'households' | 'places' }) {
  const tabs: ['households' | 'places', Key][] = [
    ['households', 'register_households'],
    ['places', 'register_places'],
  ];
  return (
    <nav class="seg" aria-label={t('nav_register')}>
      {tabs.map(([name, key]) => (
        <a key={name} href={`/c/${name}`} aria-current={name === page ? 'page' : undefined}>
          {t(key)}
        </a>
      ))}
    </nav>
  );
}

/** All grids, buildings and entrances: a community has some hundred of them, the server gives 200 at a time. */
export async function allPlaces(): Promise<Place[]> {
  const rows: Place[] = [];
  let next: string | undefined;
  do {
    const cursor = next ? `&cursor=${encodeURIComponent(next)}` : '';
    const page = await get<Page<Place>>(`/places?limit=1000${cursor}`);
    rows.push(...page.rows);
    next = page.next;
  } while (next);
  return rows;
}

/** The places that somebody can be responsible for, named, with the whole community first. */
export const placeOptions = (places: Place[]): [string, string][] => [
  ['', t('whole_community')],
  ...places
    .filter(({ kind }) => kind === 'compound' || kind === 'grid' || kind === 'building')
    .map(({ id, kind, name }): [string, string] => [id, kind === 'building' ? name : `${word('place', kind)} ${name}`]),
];

export function HouseholdsPage() {
  const asked = route.value.query;
  const filter = asked.get('filter') ?? '';
  const params = new URLSearchParams();
  for (const name of asks) if (asked.get(name)) params.set(name, asked.get(name)!);
  const path = `/households?${params}`;
  const rows = useLoad(path, () => get<Rows>(`${path}&limit=100`));
  const places = useLoad('places', allPlaces);
  const workers = useLoad('workers', allWorkers);
  const picks = (places.data ?? []).filter((known) => known.kind === 'grid' || known.kind === 'building');
  return (
    <main class="page">
      <div class="head">
        <h1>{t('nav_register')}</h1>
        <RegisterTabs page="households" />
        <p class="end">
          <Downloads path={path} />
        </p>
      </div>
      <div class="filters">
        <div class="seg wrap" role="group" aria-label={t('filter')}>
          {filters.map((name) => (
            <button key={name} aria-pressed={filter === name} onClick={() => query({ filter: name || null })}>
              {t(`filter_${name || 'all'}`)}
            </button>
          ))}
        </div>
        <Pick name="state" options={states.map((state) => [state, word('state', state)])} />
        <Pick name="off" options={offs.map((light) => [light, word('light_off', light)])} />
        <Pick name="place" options={picks.map((known) => [known.id, known.name])} />
        <Pick name="worker" options={workers.data ?? []} />
      </div>
      <section class="card">
        <Show of={rows}>{(page) => <List page={page} path={path} more={rows.setData} />}</Show>
      </section>
    </main>
  );
}

/** One choice of the address; none where there is nothing to choose, as for who may not list the staff. */
function Pick({ name, options }: { name: 'state' | 'off' | 'place' | 'worker'; options: [string, string][] }) {
  const chosen = route.value.query.get(name) ?? '';
  if (!options.length) return null;
  return (
    <select
      class="pick"
      aria-label={t(`filter_${name}`)}
      value={chosen}
      onChange={(event) => query({ [name]: event.currentTarget.value || null })}
    >
      <option value="">{t(`filter_${name}_all`)}</option>
      {options.map(([value, text]) => (
        <option key={value} value={value} selected={value === chosen}>
          {text}
        </option>
      ))}
    </select>
  );
}

async function allWorkers(): Promise<[string, string][]> {
  const { rows } = await get<Page<AccountRow>>('/accounts?limit=1000');
  return rows
    .filter(({ grants }) => grants.some(({ role }) => role === 'worker'))
    .map(({ id, name }) => [id, name]);
}

function List({ page, path, more }: { page: Rows; path: string; more: (page: Rows) => void }) {
  const { busy, error, act } = useAct();
  if (!page.rows.length) return <Empty text={t('households_none')} />;
  const next = () =>
    act(async () => {
      const answer = await get<Rows>(`${path}&limit=100&cursor=${encodeURIComponent(page.next!)}`);
      const seen = new Set(page.rows.map((row) => row.id));
      // A household that moved between two answers is shown once.
      more({ ...answer, rows: [...page.rows, ...answer.rows.filter((row) => !seen.has(row.id))] });
    });
  return (
    <>
      <p class="count mute" role="status">
        {t(page.next ? 'shown_n' : 'households_n', { n: page.rows.length })}
      </p>
      <div class="scroll" tabIndex={0}>
        <table class="rows">
          <thead>
            <tr>
              <th>{t('door')}</th>
              <th>{t('household')}</th>
              <th class="num">{t('people_n')}</th>
              <th>{t('phone')}</th>
              <th>{t('state')}</th>
              <th>{t('worker')}</th>
              <th class="num">{t('links')}</th>
              <th>{t('notes')}</th>
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row) => (
              <tr key={row.id}>
                <td class="door">
                  <a href={`/c/board?d=${row.dwelling}`}>{row.door}</a>
                </td>
                <td class="who">
                  {row.care && <span class="tag care">{t('care')}</span>} {[row.label, row.names].filter(Boolean).join(' · ')}
                </td>
                <td class="num">{row.people}</td>
                <td>
                  <Phones text={row.phones} />
                </td>
                <td>
                  <StateTag state={row.state} />
                </td>
                <td>{row.worker}</td>
                <td class="num">{row.links}</td>
                <td>{row.access_notes}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {error && <Failed error={error} />}
      {page.next && (
        <p class="more">
          <button class="btn" disabled={busy} onClick={next}>
            {t('more')}
          </button>
        </p>
      )}
    </>
  );
}

function Phones({ text }: { text: string | undefined }) {
  if (!text) return <span class="mute">{t('none')}</span>;
  return (
    <>
      {text.split('\u3001').map((phone) => (
        <span key={phone} class="nowrap">
          {phone.startsWith('*') ? phone : <a href={`tel:${phone}`}>{phone}</a>}{' '}
        </span>
      ))}
    </>
  );
}
