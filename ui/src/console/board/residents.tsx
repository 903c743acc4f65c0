import { useState } from 'preact/hooks';
import { Icon, phoneIcon } from '../../icons';
import type { AddedPerson, HouseholdDetail, PersonDetail } from '../../shapes';
import { post, remove } from '../api';
import { Failed, useAct } from '../load';
import { Field, formValues, Modal, Select } from '../parts';
import { attempt, done } from '../toast';
import { Papers, takePapers } from '../care/papers';
import { t, word } from '../words';
import { late } from '../../late';
import { Ending } from '../ending';
import { Alike } from './alike';

const Reveal = late(() => import('./reveal').then((part) => part.Reveal));
const Sources = late(() => import('./sources').then((part) => part.Sources));
const Whereabouts = late(() => import('../care/whereabouts').then((part) => part.Whereabouts));

/** Why somebody lives here no longer. */
const leaving = ['transferred', 'lost', 'entered_in_error', 'merged'] as const;

interface Props {
  household: HouseholdDetail;
  reload: () => void;
}

type Phone = NonNullable<HouseholdDetail['phones']>[number];
/** Masked: nobody has to be called now. */
const hidden = (phone: Phone): boolean => Boolean(phone.number?.startsWith('*'));
type Asking = 'person' | 'phone' | PersonDetail | null;

/** Who lives here and how to reach them. Calling is one press; changing anything is behind one more. */
export function People({ household, reload }: Props) {
  const [changing, setChanging] = useState(false);
  const [asking, setAsking] = useState<Asking>(null);
  const finish = () => {
    setAsking(null);
    reload();
  };
  const { people, phones } = household;
  // What may not be read is left out of the answer: that is not the same as nobody.
  if (!people) return <p class="per">{t('names_withheld')}</p>;
  return (
    <>
      <div class="row">
        <p class="per">
          {people.length === 0
            ? t('no_people')
            : people
                .map(({ name, age, where }) =>
                  [name, age === undefined ? '' : t('age_of', { n: age }), where ? word('where', where.state) : '']
                    .filter(Boolean)
                    .join(' '),
                )
                .join(t('list_comma'))}
          {people.length === 1 && ` · ${t('alone')}`}
        </p>
        <button
          class="btn"
          aria-expanded={changing}
          aria-label={`${t('edit')} ${t('people_phones')}`}
          onClick={() => setChanging(!changing)}
        >
          {t(changing ? 'edit_done' : 'edit')}
        </button>
      </div>
      {!changing && (
        <div class="call">
          {(phones ?? []).map((phone) =>
            hidden(phone) ? (
              <span key={phone.id + phone.person}>
                {phone.name} {phone.number}
              </span>
            ) : (
              <a key={phone.id + phone.person} class="btn" href={`tel:${phone.number}`}>
                <Icon path={phoneIcon} />
                {t('call')} {phone.name} {phone.number}
              </a>
            ),
          )}
          {(phones ?? []).some(hidden) && <Reveal key={household.id} household={household.id} />}
          {phones?.length === 0 && <p class="mute">{t('no_phone')}</p>}
        </div>
      )}
      {changing && <Change household={household} reload={reload} ask={setAsking} />}
      {(asking === 'person' || (asking && typeof asking === 'object')) && (
        <PersonForm
          household={household.id}
          person={typeof asking === 'object' ? asking : null}
          onClose={() => setAsking(null)}
          onDone={finish}
        />
      )}
      {asking === 'phone' && <PhoneForm household={household} onClose={() => setAsking(null)} onDone={finish} />}
    </>
  );
}

function Change({ household, reload, ask }: Props & { ask: (asking: Asking) => void }) {
  const [gone, setGone] = useState<PersonDetail | null>(null);
  const drop = async (phone: Phone) => {
    const who = phone.person ? `?person=${phone.person}` : '';
    await attempt(() => remove(`/households/${household.id}/phones/${phone.id}${who}`), t('phone_removed'));
    reload();
  };
  return (
    <div class="change">
      {gone && (
        <Whereabouts
          person={gone}
          onClose={() => setGone(null)}
          onDone={() => {
            setGone(null);
            reload();
          }}
        />
      )}
      {(household.people ?? []).map((person) => (
        <div class="row" key={person.id}>
          <span>
            <b>{person.name}</b> <small class="mute">{person.relation}</small>
          </span>
          <span class="acts">
            <button class="btn" onClick={() => ask(person)} aria-label={`${t('edit')} ${person.name}`}>
              {t('edit')}
            </button>
            <button class="btn" onClick={() => setGone(person)} aria-label={`${t('where')} ${person.name}`}>
              {t('where')}
            </button>
            <Ending
              title={t('person_leave')}
              label={`${t('person_leave')} ${person.name}`}
              path={`/people/${person.id}/leave`}
              reasons={leaving}
              note={t('leave_note')}
              more={{ household: household.id }}
              said={({ confirmed }) =>
                confirmed === false ? t('observation_claimed') : t('person_left', { name: person.name ?? '' })
              }
              onDone={reload}
            />
          </span>
        </div>
      ))}
      {(household.phones ?? []).map((phone) => (
        <div class="row" key={phone.id + phone.person}>
          <span>
            {phone.number} <small class="mute">{phone.name}</small>
          </span>
          <button class="btn" onClick={() => drop(phone)} aria-label={`${t('phone_remove')} ${phone.number}`}>
            {t('phone_remove')}
          </button>
        </div>
      ))}
      <div class="do">
        <button class="btn" onClick={() => ask('person')}>
          {t('person_add')}
        </button>
        <button class="btn" onClick={() => ask('phone')}>
          {t('phone_add')}
        </button>
      </div>
    </div>
  );
}

function PersonForm({
  household,
  person,
  onClose,
  onDone,
}: {
  household: string;
  person: PersonDetail | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const { busy, error, act } = useAct();
  const [asked, setAsked] = useState<{ filled: Record<string, unknown>; answer: AddedPerson } | null>(null);
  const finish = () => {
    done(t('saved'));
    onDone();
  };
  const submit = (event: Event) => {
    // What is left empty is not sent: it stays as it is.
    const filled = takePapers(Object.fromEntries(Object.entries(formValues(event)).filter(([, value]) => value)));
    void act(async () => {
      if (person) await post(`/people/${person.id}`, filled);
      else {
        const answer = await post<AddedPerson>(`/households/${household}/people`, filled);
        if (!answer.id) {
          setAsked({ filled, answer });
          return;
        }
      }
      finish();
    });
  };
  if (asked) {
    return (
      <Modal title={t('person_add')} onClose={onClose}>
        <Alike household={household} {...asked} onDone={finish} />
      </Modal>
    );
  }
  return (
    <Modal title={person ? `${t('edit')} · ${person.name}` : t('person_add')} onClose={onClose}>
      <form onSubmit={submit}>
        <Field label={t('field_name')} name="name" value={person?.name ?? ''} required />
        <Select
          label={t('field_sex')}
          name="sex"
          value={person?.sex ?? 'unknown'}
          options={['unknown', 'female', 'male'].map((sex) => [sex, word('sex', sex)])}
        />
        <Field label={t('field_born_on')} name="born_on" type="date" />
        <Papers />
        {!person && <Field label={t('field_relation')} name="relation" />}
        {!person && <Field label={t('phone')} name="phone" type="tel" inputMode="tel" />}
        {person ? (
          <Sources person={person.id} />
        ) : (
          <Select
            label={t('source_how')}
            name="channel"
            value="desk"
            options={['desk', 'scan', 'door', 'phone', 'online'].map((one) => [one, word('source', one)])}
          />
        )}
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('save')}
        </button>
      </form>
    </Modal>
  );
}

function PhoneForm({
  household,
  onClose,
  onDone,
}: {
  household: HouseholdDetail;
  onClose: () => void;
  onDone: () => void;
}) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { phone, person } = formValues(event);
    void act(async () => {
      await post(`/households/${household.id}/phones`, { phone, ...(person ? { person } : {}) });
      done(t('saved'));
      onDone();
    });
  };
  return (
    <Modal title={t('phone_add')} onClose={onClose}>
      <form onSubmit={submit}>
        <Field label={t('phone')} name="phone" type="tel" inputMode="tel" required />
        <Select
          label={t('phone_whose')}
          name="person"
          options={[['', t('phone_household')], ...(household.people ?? []).map(({ id, name }): [string, string] => [id, name ?? ''])]}
        />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('save')}
        </button>
      </form>
    </Modal>
  );
}
