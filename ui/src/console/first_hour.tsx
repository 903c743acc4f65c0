import type { AccountRow, Counts, Page, Reach } from '../shapes';
import { checkIcon, Icon } from '../icons';
import { get } from './api';
import { allPlaces } from './households';
import { useLoad } from './load';
import { t, type Key } from './words';
import './first_hour.css';

interface Step {
  name: 'buildings' | 'people' | 'workers' | 'reach' | 'open';
  href: string;
  count?: number;
  done: boolean;
}

async function load(): Promise<Step[]> {
  const [places, counts, accounts, reach] = await Promise.all([
    allPlaces(),
    get<Counts>('/counts'),
    get<Page<AccountRow>>('/accounts?limit=100'),
    get<Reach>('/reach'),
  ]);
  const doors = places.filter((place) => place.kind === 'building').length;
  const people = counts.persons.current;
  const others = accounts.rows.length - 1;
  return [
    { name: 'buildings', href: '/c/import', count: doors, done: doors > 0 },
    { name: 'people', href: '/c/import', count: people, done: people > 0 },
    { name: 'workers', href: '/c/people', count: others, done: others > 0 },
    { name: 'reach', href: '/c/reach', done: reach.declared && !reach.print_refusal },
    { name: 'open', href: '/c/places', done: false },
  ];
}

/** What a new community does in its first hour, in this order; gone once somebody is looked after. */
export function FirstHour() {
  const steps = useLoad('first-hour', load).data;
  if (!steps) return null;
  const next = steps.find((step) => !step.done);
  return (
    <section class="card first-hour" aria-label={t('first_hour')}>
      <header>
        <h2>{t('first_hour')}</h2>
        <span class="end">
          {steps.filter((step) => step.done).length} / {steps.length}
        </span>
      </header>
      <ol>
        {steps.map((step) => (
          <li key={step.name} class={step.done ? 'done' : ''}>
            <span class="mark">{step.done && <Icon path={checkIcon} />}</span>
            <span>
              <b>{t(`first_hour_${step.name}` as Key)}</b>{' '}
              <small class="mute">
                {step.done && step.count ? t('first_hour_have', { n: step.count }) : t(`first_hour_${step.name}_more` as Key)}
              </small>
            </span>
            <a class={step === next ? 'btn primary' : 'btn'} href={step.href} aria-label={t(`first_hour_${step.name}` as Key)}>
              {t('first_hour_go')}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}
