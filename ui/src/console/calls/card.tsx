import type { CallRow, DwellingDetail, HouseholdDetail } from '../../shapes';
import { Icon, phoneIcon } from '../../icons';
import { late } from '../../late';
import { visitReasons } from '../board/household';
import { at } from '../clock';
import { t, word } from '../words';
import { channels, reading, type Channel, type Draft, type Wellbeing } from './round';

const HowToCall = late(() => import('../care/access').then((part) => part.HowToCall));

interface CardProps {
  row: CallRow;
  /** Somebody else reached them meanwhile. */
  gone: boolean;
  household: HouseholdDetail | null;
  door: DwellingDetail | null;
  channel: Channel;
  setChannel: (channel: Channel) => void;
  draft: Draft;
  setDraft: (draft: Draft) => void;
  say: (wellbeing: Wellbeing) => void;
  noAnswer: () => void;
  later: () => void;
  handOver: () => void;
  me: string;
}

export function CallCard(props: CardProps) {
  const { row, gone, household, door } = props;
  return (
    <section class="card call" aria-label={row.door}>
      <header>
        <h2>{row.door}</h2>
        <span class={row.reason === 'unwell' ? 'tag alarm' : row.reason === 'raised' ? 'tag over' : 'tag due'}>
          {word('why', row.reason ?? 'raised')}
        </span>
        {row.rung && row.tried > 0 && <span class="tag line">{t('call_rung', { rung: word('rung', row.rung) })}</span>}
        {household?.observation?.day_number && (
          <span class="tag line">{t('day_n', { n: household.observation.day_number })}</span>
        )}
        <span class="end">
          <a href={`/c/board?d=${row.dwelling}`}>{t('open_door')}</a>
        </span>
      </header>
      {gone && (
        <p class="ask" role="status">
          {t('call_gone')}
        </p>
      )}
      <HowToCall row={row} />
      <Earlier row={row} />
      <People household={household} door={door} />
      <p class="script">
        {t('call_script', { name: household?.people?.[0]?.name ?? row.door ?? '', me: props.me, community: '' }).trim()}
      </p>
      <Form {...props} />
      <Results {...props} />
    </section>
  );
}

/** First of all what was said today: nobody is asked a third time by a third voice. */
function Earlier({ row }: { row: CallRow }) {
  if (!row.contacts.length) return <p class="mute earlier">{t('call_first_today')}</p>;
  return (
    <ol class="earlier">
      {row.contacts.map((one) => (
        <li key={one.at + one.channel + one.rung}>
          <time>{at(one.at)}</time>{' '}
          <b>
            {one.rung
              ? `${word('rung', one.rung)}${t('list_comma')}${word('attempt', one.outcome)}`
              : t(
                  one.wellbeing === 'fine'
                    ? 'said_fine'
                    : one.wellbeing === 'unwell'
                      ? 'said_not_fine'
                      : one.wellbeing === 'declined'
                        ? 'said_declined'
                        : 'said_withheld',
                )}
          </b>{' '}
          {one.temperature !== undefined && `${one.temperature.toFixed(1)} ℃ `}
          {one.no_thermometer && `${t('call_no_thermometer')} `}
          <small>{[one.channel && word('channel', one.channel), one.by].filter(Boolean).join(' · ')}</small>
          {one.note && <span class="note">{one.note}</span>}
        </li>
      ))}
    </ol>
  );
}

function People({ household, door }: { household: HouseholdDetail | null; door: DwellingDetail | null }) {
  if (!household) return <div class="skel" aria-label={t('loading')} role="status" />;
  const people = household.people ?? [];
  const phones = household.phones ?? [];
  return (
    <>
      <ul class="faces">
        {people.length === 0 && <li class="mute">{t('no_people')}</li>}
        {people.map((person) => (
          <li key={person.id}>
            <b>{person.name}</b>{' '}
            {[person.age !== undefined ? t('age_of', { n: person.age }) : '', person.relation].filter(Boolean).join(' ')}
          </li>
        ))}
        {people.length === 1 && <li class="tag care">{t('alone')}</li>}
      </ul>
      <div class="acts">
        {phones.length === 0 && <span class="mute">{t('no_phone')}</span>}
        {phones.map((phone) => (
          <a class="btn big" key={phone.id} href={`tel:${phone.number}`}>
            <Icon path={phoneIcon} />
            {phone.number} {phone.name && <small>{phone.name}</small>}
          </a>
        ))}
      </div>
      {(household.access_notes || door) && (
        <p class="mute">
          {[household.access_notes, door && t('floor_n', { n: door.floor }), door?.lift ? t('lift') : t('no_lift')]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
    </>
  );
}

/** How, whom, how warm and what they need: all of it optional, none of it preset. */
function Form({ household, channel, setChannel, draft, setDraft, say }: CardProps) {
  const people = household?.people ?? [];
  const readingField = (i: 0 | 1) => {
    const text = draft.readings[i];
    const wrong = text !== '' && reading(text) === null;
    return (
      <input
        id={`reading-${i}`}
        class="reading"
        inputMode="decimal"
        autocomplete="off"
        aria-label={t(i ? 'call_reading_2' : 'call_reading')}
        aria-invalid={wrong}
        value={text}
        onInput={(event) => {
          const readings: Draft['readings'] = [...draft.readings];
          readings[i] = event.currentTarget.value;
          setDraft({ ...draft, readings, noThermometer: false });
        }}
        onKeyDown={(event) => {
          // Enter leaves the field, so that the next key is the result.
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    );
  };
  return (
    <div class="form">
      <div class="seg" role="group" aria-label={t('call_channel')}>
        {channels.map((one) => (
          <button key={one} aria-pressed={one === channel} onClick={() => setChannel(one)}>
            {word('channel', one)}
          </button>
        ))}
      </div>
      <Key k="c" />
      {people.length > 1 && (
        <>
          <select
            id="who"
            aria-label={t('call_who')}
            value={draft.person}
            onChange={(event) => setDraft({ ...draft, person: event.currentTarget.value })}
          >
            <option value="">{t('call_everyone')}</option>
            {people.map((person) => (
              <option key={person.id} value={person.id}>
                {person.name}
              </option>
            ))}
          </select>
          <Key k="w" />
        </>
      )}
      <label class="degrees" for="reading-0">
        {t('call_temperature')}
      </label>
      {readingField(0)}
      {draft.readings[0] !== '' && readingField(1)}
      <Key k="t" />
      <button
        class="btn"
        aria-pressed={draft.noThermometer}
        onClick={() => setDraft({ ...draft, noThermometer: !draft.noThermometer, readings: ['', ''] })}
      >
        {t('call_no_thermometer')}
        <Key k="o" />
      </button>
      {channel === 'visit' && (
        <select
          id="why"
          aria-label={t('visit_why')}
          value={draft.visitReason}
          onChange={(event) => setDraft({ ...draft, visitReason: event.currentTarget.value })}
        >
          <option value="">{t('visit_why')}</option>
          {visitReasons.map((one) => (
            <option key={one} value={one}>
              {word('visit', one)}
            </option>
          ))}
        </select>
      )}
      <label class="degrees" for="food">
        {t('call_food')}
      </label>
      <input
        id="food"
        class="reading"
        inputMode="numeric"
        autocomplete="off"
        value={draft.food}
        onInput={(event) => setDraft({ ...draft, food: event.currentTarget.value.replace(/\D/g, '') })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
      <textarea
        id="needs"
        rows={2}
        maxLength={500}
        aria-label={t('call_needs')}
        placeholder={t('call_needs')}
        value={draft.needs}
        onInput={(event) => setDraft({ ...draft, needs: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) say('fine');
        }}
      />
    </div>
  );
}

const Key = ({ k }: { k: string }) => (
  <kbd class="kbd" aria-hidden="true">
    {k}
  </kbd>
);

function Results({ row, draft, say, noAnswer, later, handOver }: CardProps) {
  const wrong = draft.readings.some((text) => text !== '' && reading(text) === null);
  const button = (key: string, words: string, act: () => void, css = '') => (
    <button class={`btn big ${css}`} onClick={act} disabled={wrong && key !== 'l' && key !== 'n'}>
      {words}
      <Key k={key} />
    </button>
  );
  return (
    <>
      {wrong && (
        <p class="ask" role="alert">
          {t('call_reading_wrong')}
        </p>
      )}
      <div class="results">
        {button('f', t('call_fine'), () => say('fine'), 'safe')}
        {button('u', t('report_unwell'), () => say('unwell'), 'alarm')}
        {button('n', row.rung && row.tried > 0 ? t('call_no_one') : t('call_no_answer'), noAnswer)}
        {button('d', t('call_declined'), () => say('declined'))}
        {row.rung && row.tried > 0 && button('h', t('call_hand_over'), handOver)}
        {button('l', t('call_later'), later, 'quiet')}
      </div>
    </>
  );
}
