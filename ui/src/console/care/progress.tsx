import type { Completed, ContactFree, LightCounts, Page, Place, Stages } from '../../shapes';
import { language } from '../../messages';
import { dayOf, dayWords } from '../../time';
import { get, session } from '../api';
import { allPlaces } from '../households';
import { Downloads } from '../download';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty } from '../parts';
import { query, route } from '../router';
import { t, word } from '../words';
import { BulletinPage } from './bulletin';
import { lights } from './measures';

const stages = ['collected', 'arranged', 'served', 'released', 'left'] as const;
const day = (iso: string): string => dayWords(iso, language(), false);

export function ProgressPage() {
  return route.value.query.get('show') === 'bulletin' ? <BulletinPage /> : <Progress />;
}

/** From known to released: where each person stands, and who has completed their days. */
function Progress() {
  const place = route.value.query.get('place') ?? '';
  const counts = useLoad(`stages ${place}`, () =>
    get<Stages>(`/observations/stages${place ? `?place=${place}` : ''}`),
  );
  const four = useLoad(`lights ${place}`, () => get<LightCounts>(`/lights${place ? `?place=${place}` : ''}`));
  const free = useLoad(`free ${place}`, () => get<ContactFree>(`/contact-free${place ? `?place=${place}` : ''}`));
  const places = useLoad('places', allPlaces);
  const completed = useLoad('completed', () => get<Page<Completed>>('/observations/completed?limit=100'));
  return (
    <main class="page">
      <div class="head">
        <h1>{t('progress')}</h1>
        <p class="end">
          <a class="btn" href="/c/group">
            {t('group')}
          </a>{' '}
          <a class="btn" href="/c/suspicions">
            {t('susp')}
          </a>{' '}
          <a class="btn" href="/c/progress?show=bulletin">
            {t('bulletin')}
          </a>{' '}
          <Downloads path="/observations/completed" formats={['csv']} />
        </p>
      </div>
      <div class="filters">
        <select
          class="pick"
          aria-label={t('filter_place')}
          value={place}
          onChange={(event) => query({ place: event.currentTarget.value || null })}
        >
          <option value="">{t('filter_place_all')}</option>
          {(places.data ?? [])
            .filter((one: Place) => one.kind === 'grid' || one.kind === 'building')
            .map((one: Place) => (
              <option key={one.id} value={one.id} selected={one.id === place}>
                {one.name}
              </option>
            ))}
        </select>
      </div>
      <section class="card pad">
        <h2>{t('stages')}</h2>
        <Show of={counts}>
          {(data) => (
            <>
              <dl class="sum stages">
                {stages.map((stage) => (
                  <div key={stage}>
                    <dt>{t(`stage_${stage}`)}</dt>
                    <dd>{data[stage]}</dd>
                  </div>
                ))}
              </dl>
              <p class="mute">{t('stages_sum', { n: data.persons })}</p>
            </>
          )}
        </Show>
      </section>
      <section class="card pad">
        <h2>{t('lights')}</h2>
        <Show of={four}>
          {(data) => (
            <>
              <dl class="sum lights">
                {lights.map((light) => (
                  <div key={light}>
                    <dt>{word('light', light)}</dt>
                    <dd>
                      <a href={`/c/households?off=${light}${place ? `&place=${place}` : ''}`} aria-label={`${data[light]}/${data.households} ${word('light_off', light)}`}>
                        {data[light]}/{data.households}
                      </a>
                    </dd>
                  </div>
                ))}
              </dl>
              <p class="mute">{t('lights_all', { n: data.all, all: data.households })}</p>
            </>
          )}
        </Show>
      </section>
      <section class="card pad">
        <h2>{t('contact_free')}</h2>
        <Show of={free}>
          {(data) => (
            <>
              <p role="status">
                {t('contact_free_n', { share: (data.per_mille / 10).toFixed(1), free: data.contact_free, visits: data.visits })}
              </p>
              <p class="mute">
                {data.reasons.map((one) => `${word('visit', one.word || 'other')} ${one.count}`).join(' · ')}
              </p>
            </>
          )}
        </Show>
      </section>
      <section class="card">
        <header>
          <h2>{t('completed')}</h2>
        </header>
        <Show of={completed}>{(page) => <List page={page} more={completed.setData} />}</Show>
      </section>
    </main>
  );
}

function List({ page, more }: { page: Page<Completed>; more: (page: Page<Completed>) => void }) {
  const { busy, error, act } = useAct();
  if (!page.rows.length) return <Empty text={t('completed_none')} />;
  const next = () =>
    act(async () => {
      const answer = await get<Page<Completed>>(`/observations/completed?limit=100&cursor=${page.next}`);
      more({ ...answer, rows: [...page.rows, ...answer.rows] });
    });
  return (
    <>
      <div class="scroll" tabIndex={0}>
        <table class="rows">
          <thead>
            <tr>
              <th>{t('door')}</th>
              <th>{t('completed_who')}</th>
              <th>{t('completed_days')}</th>
              <th>{t('completed_on')}</th>
              <th>{t('completed_by')}</th>
              <th>{t('completed_letter')}</th>
              <th>{t('completed_said')}</th>
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row) => (
              <tr key={row.id}>
                <td class="door">
                  <a href={`/c/board?d=${row.dwelling}`}>{row.door}</a>
                </td>
                <td>{row.person ?? t('completed_all', { n: row.persons })}</td>
                <td>{row.first_day && `${day(row.first_day)} – ${day(row.last_day!)}`}</td>
                <td>{day(dayOf(row.released_at, session.value?.community.zone))}</td>
                <td>{row.released_by}</td>
                <td>
                  {row.code && (
                    <a href={`/l/${row.code}`} target="_blank" rel="noreferrer">
                      {t('completed_print')}
                    </a>
                  )}
                </td>
                <td>
                  {row.rating ? t('completed_rating', { n: row.rating }) : <span class="mute">{t('none')}</span>}{' '}
                  {row.feedback} {row.feedback && row.may_publish && <span class="tag line">{t('may_publish')}</span>}
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
