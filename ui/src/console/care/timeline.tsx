import type { HouseholdTimeline } from '../../shapes';
import { language } from '../../messages';
import { dayOf, dayWords } from '../../time';
import { get, session } from '../api';
import { at } from '../clock';
import { Show, useLoad } from '../load';
import { Empty } from '../parts';
import { route } from '../router';
import { t, word } from '../words';
import { PickHousehold } from './pick';

/** What happened with one household: the same lines for everybody who stands for it. */
export function TimelinePage() {
  const household = route.value.query.get('h');
  return (
    <main class="page">
      {household ? <Timeline household={household} /> : <PickHousehold />}
    </main>
  );
}

function Timeline({ household }: { household: string }) {
  const line = useLoad(`timeline ${household}`, () => get<HouseholdTimeline>(`/households/${household}/timeline`));
  const zone = session.value?.community.zone;
  return (
    <Show of={line}>
      {(data) => (
        <>
          <div class="head">
            <h1>
              {t('timeline')} {data.door}
            </h1>
          </div>
          <section class="card pad">
            <p>
              {data.joint.map((one) => `${word('profession', one.profession)} ${one.name} ${one.phone}`).join(' · ')}
            </p>
            {data.rows.length === 0 && <Empty text={t('timeline_empty')} />}
            <ol class="line">
              {data.rows.map((row) => (
                <li key={row.at + row.what + row.how} class={row.wellbeing === 'fine' ? 'good' : row.wellbeing === 'unwell' ? 'bad' : ''}>
                  <time>
                    {dayWords(dayOf(row.at, zone), language(), false)} {at(row.at)}
                  </time>
                  <div class="c">
                    {word('happened', row.what)} {row.words} {row.temperature !== undefined && `${row.temperature.toFixed(1)} ℃`}
                    <br />
                    <small>
                      {[how(row.what, row.how), row.who].filter(Boolean).join(' · ')}
                    </small>
                  </div>
                </li>
              ))}
            </ol>
          </section>
        </>
      )}
    </Show>
  );
}

/** Each kind of entry has words of its own for how it came about. */
function how(what: HouseholdTimeline['rows'][number]['what'], value: string): string {
  const prefix = { report: 'channel', attempt: 'rung', changed: 'ground_was', message: 'from', posted: 'control', taken_down: 'control' };
  return word(prefix[what], value);
}
