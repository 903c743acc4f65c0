import { useRef, useState } from 'preact/hooks';
import { heartIcon, Icon, phoneIcon } from '../../icons';
import { language } from '../../messages';
import type { CheckInRequest, HouseholdDetail, Observation, Report } from '../../shapes';
import { dayOf, dayWords } from '../../time';
import { ApiError, post, session } from '../api';
import { at, now } from '../clock';
import { Ending } from '../ending';
import { useKeys } from '../keys';
import { age, StateTag } from '../parts';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { late } from '../../late';
import { Links } from './links';
import { Notes } from './notes';
import { EndObservation, StartObservation } from './observation';
import { Grounds } from './release';
import { People } from './residents';

const Measures = late(() => import('../care/measures').then((part) => part.Measures));
const Thread = late(() => import('../care/thread').then((part) => part.Thread));

interface Props {
  household: HouseholdDetail;
  many: boolean;
  /** The keys 1, 2 and 3 act on the first household of a door. */
  keys: boolean;
  reload: () => void;
}

export const visitReasons = ['service', 'no_phone', 'asked', 'sight_due', 'no_answer', 'unwell', 'label', 'other'] as const;
type VisitReason = (typeof visitReasons)[number];
type Spoken = 'voice' | 'seen' | 'unwell';
const acts: Record<Spoken, Pick<CheckInRequest, 'wellbeing' | 'channel'>> = {
  voice: { wellbeing: 'fine', channel: 'phone' },
  seen: { wellbeing: 'fine', channel: 'visit' },
  unwell: { wellbeing: 'unwell', channel: 'phone' },
};

export function HouseholdCard({ household, many, keys, reload }: Props) {
  const { observation } = household;
  return (
    <section>
      {many && <h3>{household.label || t('household')}</h3>}
      <div class="tags">
        <StateTag state={household.state} />
        {household.care && (
          <span class="tag care">
            <Icon path={heartIcon} />
            {t('care')}
          </span>
        )}
        {observation && (
          <span class="tag line">
            {dayText(observation)}
          </span>
        )}
      </div>
      {household.alarm_open && <Acknowledge household={household.id} reload={reload} />}
      <People household={household} reload={reload} />
      <Speak household={household} keys={keys} reload={reload} />
      {household.access_notes !== undefined && <Notes household={household} reload={reload} />}
      <h3>{t('worker')}</h3>
      <Responsible household={household} />
      {session.value?.community.control && <h3>{t('observation')}</h3>}
      {observation ? (
        <>
          <Grounds household={household} reload={reload} />
          <EndObservation observation={observation} people={household.people} reload={reload} />
        </>
      ) : (
        session.value?.community.control && <StartObservation household={household} reload={reload} />
      )}
      <Measures household={household} reload={reload} />
      <h3>{t('timeline')}</h3>
      <Timeline reports={household.reports} />
      <Thread household={household.id} />
      {session.value?.reach !== 'desk' && (
        <>
          <h3>{t('links')}</h3>
          <Links household={household.id} />
        </>
      )}
      <p class="acts">
        <Ending
          title={t('household_end')}
          path={`/households/${household.id}/end`}
          reasons={['moved_away', 'merged', 'entered_in_error']}
          said={t('household_ended')}
          onDone={reload}
        />
      </p>
    </section>
  );
}

function dayText({ day_number: number, first_day, ends_on, length_days: length }: Observation): string {
  if (number) return t('day_of', { number, length });
  const zone = session.value?.community.zone;
  const ahead = (days: number) => dayOf(new Date(now.value + days * 86_400_000).toISOString(), zone);
  if (ends_on <= ahead(0)) return t('day_over', { length });
  if (first_day <= ahead(1)) return t('day_of_next', { length });
  return t('day_from', { day: dayWords(first_day, language(), false), length });
}

/** Somebody says that they take an unwell report up: the resident's page then names them. */
export function Acknowledge({ household, label, reload }: { household: string; label?: string; reload: () => void }) {
  const take = async () => {
    await attempt(() => post(`/households/${household}/acknowledge`), t('acknowledged'));
    reload();
  };
  return (
    <button class="btn primary" onClick={take} aria-label={label && `${t('acknowledge')} ${label}`}>
      {t('acknowledge')}
    </button>
  );
}

/** Records what was heard or seen. One key each; a repeated try after a lost answer counts once. */
export function Speak({ household, keys, reload }: { household: HouseholdDetail; keys: boolean; reload: () => void }) {
  const busy = useRef(false);
  // A visit that nothing asked for: the server wants to know why somebody came to the door.
  const [why, setWhy] = useState(false);
  const record = async (spoken: Spoken, reason?: VisitReason) => {
    if (busy.current) return;
    busy.current = true;
    await attempt(async () => {
      try {
        await post('/check-ins', { household: household.id, ...acts[spoken], ...(reason ? { visit_reason: reason } : {}) });
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'check_in.visit_reason') throw error;
        setWhy(true);
        return;
      }
      setWhy(false);
      done(t(`said_${spoken}`));
      reload();
    });
    busy.current = false;
  };
  useKeys(keys ? { '1': () => record('voice'), '2': () => record('seen'), '3': () => record('unwell') } : {});
  const button = (spoken: Spoken, digit: string) => (
    <button class="btn" onClick={() => record(spoken)}>
      {t(`report_${spoken}`)}
      {keys && (
        <kbd class="kbd" aria-hidden="true">
          {digit}
        </kbd>
      )}
    </button>
  );
  return (
    <>
      <p class="mute">{t('report_for')}</p>
      <div class="do">
        {button('voice', '1')}
        {button('seen', '2')}
        {button('unwell', '3')}
      </div>
      {why && (
        <div class="ask" role="group" aria-label={t('visit_why')}>
          <p>{t('visit_why')}</p>
          <p class="acts">
            {visitReasons.map((reason) => (
              <button key={reason} class="btn" onClick={() => record('seen', reason)}>
                {word('visit', reason)}
              </button>
            ))}
          </p>
        </div>
      )}
    </>
  );
}

export function Responsible({ household }: { household: HouseholdDetail }) {
  const { worker, deputy, responsible } = household;
  const rows = [
    { title: t('worker'), who: worker },
    { title: t('deputy'), who: deputy },
    // Neither of the two: the one above them, or who stands in today.
    ...(responsible && responsible.account !== worker?.account && responsible.account !== deputy?.account
      ? [{ title: word('role', responsible.role), who: responsible }]
      : []),
  ];
  return (
    <>
      {!worker && <p class="mute">{t('no_worker')}</p>}
      {rows.map(
        ({ title, who }) =>
          who && (
            <div class="row" key={title}>
              <span>
                {title} <b>{who.name}</b>{' '}
                {who.account === responsible?.account && <span class="tag line">{t('responsible_now')}</span>}
              </span>
              {who.phone && (
                <a class="btn" href={`tel:${who.phone}`}>
                  <Icon path={phoneIcon} />
                  {who.phone}
                </a>
              )}
            </div>
          ),
      )}
    </>
  );
}

/** Newest first. Green is someone heard or seen well, red is someone unwell. */
export function Timeline({ reports }: { reports: Report[] }) {
  if (!reports.length) return <p class="mute">{t('timeline_empty')}</p>;
  const zone = session.value?.community.zone;
  const today = dayOf(new Date(now.value).toISOString(), zone);
  return (
    <ol class="line">
      {reports.map((report) => {
        const day = dayOf(report.at, zone);
        const fine = report.wellbeing === 'fine';
        const symptoms = (report.symptoms ?? '').split(' ').filter(Boolean);
        return (
          <li key={report.at} class={!report.wellbeing ? '' : fine && !symptoms.length ? 'good' : 'bad'}>
            <time>{day === today ? at(report.at) : `${dayWords(day, language(), false)} ${at(report.at)}`}</time>
            <div class="c">
              {t(
                !report.wellbeing
                  ? 'said_withheld'
                  : fine
                    ? 'said_fine'
                    : report.wellbeing === 'declined'
                      ? 'said_declined'
                      : 'said_not_fine',
              )}
              {report.temperature !== undefined && ` ${report.temperature.toFixed(1)} ℃`}
              {symptoms.length > 0 && ` ${symptoms.map((name) => word('symptom', name)).join(t('list_comma'))}`}
              <br />
              <small>
                {[
                  word('assurance', report.assurance),
                  word('channel', report.channel),
                  report.duration_seconds !== undefined && age(report.duration_seconds * 1000),
                  report.who,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
