import type { Diary as DiaryData } from '../../shapes';
import { language } from '../../messages';
import { dayWords } from '../../time';
import { get } from '../api';
import { Show, useLoad } from '../load';
import { t, word } from '../words';

const day = (iso: string): string => dayWords(iso, language(), false);

/** Before somebody is released: for how many days each of them was without symptoms, day by day. */
export function Diary({ household }: { household: string }) {
  const diary = useLoad(`diary ${household}`, () => get<DiaryData>(`/households/${household}/diary`));
  return (
    <section class="diary">
      <h3>{t('diary')}</h3>
      <Show of={diary}>
        {(data) => (
          <>
            {data.people.length === 0 && <p class="mute">{t('no_people')}</p>}
            {data.people.map((person) => (
              <div class="row" key={person.person}>
                <b>{person.name}</b>
                <span class={person.last_symptoms && (person.free_days ?? 0) < 3 ? 'tag over' : 'tag line'}>
                  {t('diary_free', { n: person.free_days ?? 0 })}
                </span>
                {person.last_symptoms && (
                  <span class="mute">{t('diary_last', { day: day(person.last_symptoms) })}</span>
                )}
                <ol class="dots" aria-label={t('diary')}>
                  {(person.days ?? []).map((one) => (
                    <li key={one.day} class={one.state} title={said(one)}>
                      <span aria-hidden="true">{{ well: '✓', symptoms: '!', unknown: '·' }[one.state]}</span>
                      <span class="hide">{said(one)}</span>
                    </li>
                  ))}
                </ol>
              </div>
            ))}
          </>
        )}
      </Show>
    </section>
  );
}

type Day = NonNullable<DiaryData['people'][number]['days']>[number];

const said = (one: Day): string =>
  [
    day(one.day),
    t(`diary_${one.state}`),
    one.temperature !== undefined && `${one.temperature.toFixed(1)} ℃`,
    one.symptoms
      .split(' ')
      .filter(Boolean)
      .map((name) => word('symptom', name))
      .join(t('list_comma')),
  ]
    .filter(Boolean)
    .join(' ');
