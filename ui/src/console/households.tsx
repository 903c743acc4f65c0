import { useState } from 'preact/hooks';
import type { HouseholdRow, Page, Place } from '../api-draft';
import { get } from './api';
import { Failed, Show, useAct, useLoad } from './load';
import { Empty, StateTag } from './parts';
import { query, route } from './router';
import { t, word, type Key } from './words';

const filters = ['', 'observed', 'not_reported', 'without_worker'] as const;
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

export function HouseholdsPage() {
  const asked = route.value.query;
  const filter = asked.get('filter') ?? '';
  const place = asked.get('place') ?? '';
  const params = new URLSearchParams();
  if (filter) params.set('filter', filter);
  if (place) params.set('place', place);
  const path = `/households?${params}`;
  const rows = useLoad(path, () => get<Rows>(`${path}&limit=100`));
  const places = useLoad('places', () => get<{ rows: Place[] }>('/places'));
  const picks = (places.data?.rows ?? []).filter((known) => known.kind === 'grid' || known.kind === 'building');
  return (
    <main class="page">
      <div class="head">
        <h1>{t('nav_register')}</h1>
        <RegisterTabs page="households" />
        <p class="end">
          <a class="btn" href={`/api/v1${path}&format=csv`} download>
            CSV
          </a>{' '}
          <a class="btn" href={`/api/v1${path}&format=xlsx`} download>
            XLSX
          </a>
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
        <select
          class="pick"
          aria-label={t('filter_place')}
          value={place}
          onChange={(event) => query({ place: event.currentTarget.value || null })}
        >
          <option value="">{t('filter_place_all')}</option>
          {picks.map((known) => (
            <option key={known.id} value={known.id} selected={known.id === place}>
              {known.name}
            </option>
          ))}
        </select>
      </div>
      <section class="card">
        <Show of={rows}>{(page) => <List page={page} path={path} more={rows.setData} />}</Show>
      </section>
    </main>
  );
}

function List({ page, path, more }: { page: Rows; path: string; more: (page: Rows) => void }) {
  const { busy, error, act } = useAct();
  const [seen] = useState(() => new Set<string>());
  if (!page.rows.length) return <Empty text={t('households_none')} />;
  const next = () =>
    act(async () => {
      const answer = await get<Rows>(`${path}&limit=100&cursor=${encodeURIComponent(page.next!)}`);
      page.rows.forEach((row) => seen.add(row.id));
      // A household that moved between two answers is shown once.
      more({ ...answer, total: page.total, rows: [...page.rows, ...answer.rows.filter((row) => !seen.has(row.id))] });
    });
  return (
    <>
      <p class="count mute" role="status">
        {page.total === undefined
          ? t('shown_n', { n: page.rows.length })
          : t('shown_of', { n: page.rows.length, total: page.total })}
      </p>
      <div class="scroll">
        <table class="rows">
          <thead>
            <tr>
              <th>{t('door')}</th>
              <th>{t('household')}</th>
              <th class="num">{t('people_n')}</th>
              <th>{t('phone')}</th>
              <th>{t('worker')}</th>
              <th>{t('state')}</th>
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row) => (
              <tr key={row.id}>
                <td class="door">
                  <a href={`/c/board?d=${row.dwelling}`}>{row.door}</a>
                </td>
                <td>{row.label}</td>
                <td class="num">{row.people}</td>
                <td>
                  {row.phone ? <a href={`tel:${row.phone}`}>{row.phone}</a> : <span class="mute">{t('none')}</span>}
                </td>
                <td>{row.worker ?? <span class="mute">{t('none')}</span>}</td>
                <td class="nowrap">
                  <StateTag state={row.state} />{' '}
                  {row.day_number !== null && <span class="mute">{t('day_n', { n: row.day_number })}</span>}
                </td>
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

export const placeName = (place: Place): string => `${word('place', place.kind)} ${place.name}`;
