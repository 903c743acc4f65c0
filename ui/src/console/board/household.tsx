import { useRef, useState } from 'preact/hooks';
import type { HouseholdDetail, StaffCheckIn, TimelineEntry } from '../../api-draft';
import { heartIcon, Icon, phoneIcon } from '../../icons';
import { language } from '../../messages';
import { dayOf, dayWords } from '../../time';
import { post, session } from '../api';
import { at, now } from '../clock';
import { useKeys } from '../keys';
import { Modal, StateTag } from '../parts';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { Links } from './links';
import { EndObservation, StartObservation } from './observation';

interface Props {
  household: HouseholdDetail;
  many: boolean;
  /** The keys 1, 2 and 3 act on the first household of a door. */
  keys: boolean;
  reload: () => void;
}

type Spoken = 'voice' | 'seen' | 'unwell';
const acts: Record<Spoken, Pick<StaffCheckIn, 'wellbeing' | 'assurance' | 'channel'>> = {
  voice: { wellbeing: 'fine', assurance: 'voice', channel: 'phone' },
  seen: { wellbeing: 'fine', assurance: 'seen', channel: 'visit' },
  unwell: { wellbeing: 'unwell', assurance: 'voice', channel: 'phone' },
};

export function HouseholdCard({ household, many, keys, reload }: Props) {
  const { observation } = household;
  return (
    <section>
      {many && <h3>{household.label}</h3>}
      <People household={household} />
      <div class="tags">
        <StateTag state={household.state} />
        {observation && (
          <span class="tag line">{t('day_of', { number: observation.day_number, length: observation.length })}</span>
        )}
      </div>
      <div class="call">
        {household.phones.map((phone) => (
          <a key={phone.id} class="btn" href={`tel:${phone.number}`}>
            <Icon path={phoneIcon} />
            {t('call')} {phone.name} {phone.number}
          </a>
        ))}
        {household.phones.length === 0 && <p class="mute">{t('no_phone')}</p>}
      </div>
      {observation && <Speak household={household} keys={keys} reload={reload} />}
      <Notes household={household} reload={reload} />
      <h3>{t('worker')}</h3>
      <Responsible household={household} />
      <h3>{t('observation')}</h3>
      {observation ? (
        <EndObservation observation={observation} reload={reload} />
      ) : (
        <StartObservation household={household} reload={reload} />
      )}
      <h3>{t('timeline')}</h3>
      <Timeline entries={household.timeline} />
      <h3>{t('links')}</h3>
      <Links household={household.id} />
    </section>
  );
}

function People({ household }: { household: HouseholdDetail }) {
  return (
    <p class="per">
      {household.people.length === 0
        ? t('no_people')
        : household.people
            .map((person) =>
              [person.name, person.age === null ? '' : t('age_of', { n: person.age })].filter(Boolean).join(' '),
            )
            .join(t('list_comma'))}
      {household.people.length === 1 && ` · ${t('alone')}`}
    </p>
  );
}

/** Records what was heard or seen. One key each; a repeated try after a lost answer counts once. */
function Speak({ household, keys, reload }: { household: HouseholdDetail; keys: boolean; reload: () => void }) {
  const busy = useRef(false);
  const record = async (spoken: Spoken) => {
    if (busy.current) return;
    busy.current = true;
    await attempt(async () => {
      await post('/check-ins', { household: household.id, ...acts[spoken] });
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
    </>
  );
}

function Notes({ household, reload }: { household: HouseholdDetail; reload: () => void }) {
  const [open, setOpen] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget as HTMLFormElement).get('notes'));
    const ok = await attempt(() => post(`/households/${household.id}/notes`, { access_notes: text }), t('saved'));
    if (!ok) return;
    setOpen(false);
    reload();
  };
  return (
    <div class="row">
      <p>
        <Icon path={heartIcon} /> {household.access_notes || t('no_notes')}
      </p>
      <button class="btn" onClick={() => setOpen(true)}>
        {t('edit_notes')}
      </button>
      {open && (
        <Modal title={t('notes')} onClose={() => setOpen(false)}>
          <form onSubmit={save}>
            <div class="field">
              <label for="notes">{t('notes_hint')}</label>
              <textarea id="notes" name="notes" rows={4}>
                {household.access_notes}
              </textarea>
            </div>
            <button class="btn primary">{t('save')}</button>
          </form>
        </Modal>
      )}
    </div>
  );
}

function Responsible({ household }: { household: HouseholdDetail }) {
  const rows = [
    ['worker', household.worker],
    ['deputy', household.deputy],
  ] as const;
  if (!household.worker && !household.deputy) return <p class="mute">{t('no_worker')}</p>;
  return (
    <>
      {rows.map(
        ([key, who]) =>
          who && (
            <div class="row" key={key}>
              <span>
                {t(key)} <b>{who.name}</b>
              </span>
              <a class="btn" href={`tel:${who.phone}`}>
                <Icon path={phoneIcon} />
                {who.phone}
              </a>
            </div>
          ),
      )}
    </>
  );
}

/** Newest first. Green is someone heard or seen well, red is someone unwell, hollow is the rest. */
function Timeline({ entries }: { entries: TimelineEntry[] }) {
  if (!entries.length) return <p class="mute">{t('timeline_empty')}</p>;
  const zone = session.value?.community.zone;
  const today = dayOf(new Date(now.value).toISOString(), zone);
  return (
    <ol class="line">
      {entries.map((entry) => {
        const day = dayOf(entry.at, zone);
        const css = entry.wellbeing === 'unwell' ? 'bad' : entry.wellbeing === 'fine' ? 'good' : '';
        return (
          <li key={entry.at + entry.kind} class={css}>
            <time>{day === today ? at(entry.at) : `${dayWords(day, language(), false)} ${at(entry.at)}`}</time>
            <div class="c">
              {entry.wellbeing
                ? t(entry.wellbeing === 'fine' ? 'said_fine' : 'said_not_fine')
                : word('event', entry.kind)}
              {entry.temperature !== undefined && ` ${entry.temperature.toFixed(1)} ℃`}
              <br />
              <small>
                {[entry.assurance && word('assurance', entry.assurance), entry.who].filter(Boolean).join(' · ')}
              </small>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
