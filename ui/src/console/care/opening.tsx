import { useEffect, useState } from 'preact/hooks';
import { Icon, phoneIcon } from '../../icons';
import type { DwellingDetail, HouseholdDetail, OpenedHousehold, OpeningDoors, OpeningReason } from '../../shapes';
import { get, post, session } from '../api';
import { Responsible, Speak, Timeline } from '../board/household';
import { at, now } from '../clock';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty, Field, formValues, Select, StateTag } from '../parts';
import { go, route } from '../router';
import { typed } from '../search';
import { loadSession } from '../signin';
import { done } from '../toast';
import { t, word } from '../words';
import './opening.css';

const reasons: OpeningReason[] = ['no_answer', 'unwell', 'danger', 'family_asks', 'worker_unreachable'];

type Lasting = NonNullable<typeof session.value>['openings'][number];
const lasting = (): Lasting[] => (session.value?.openings ?? []).filter((one) => Date.parse(one.until) > now.value);

/** While something is open it is said on every page, with the way back and the way out. */
export function OpeningBanner() {
  const { act } = useAct();
  const close = (one: Lasting) =>
    act(async () => {
      await post(`/openings/${one.id}/close`);
      await loadSession();
      done(t('opening_closed'));
    });
  return (
    <>
      {lasting().map((one) => (
        <p key={one.id} class="banner" role="status">
          {t('opening_lasts', { door: one.door, time: at(one.until) })}{' '}
          <a class="btn" href={`/c/opening?d=${one.dwelling}`}>
            {t('opening_look')}
          </a>{' '}
          <button class="btn" onClick={() => close(one)}>
            {t('opening_close')}
          </button>
        </p>
      ))}
    </>
  );
}

/** Somebody else's household in an emergency: found by its door, opened for a reason, and closed by the clock. */
export function OpeningPage() {
  const dwelling = route.value.query.get('d');
  const open = lasting().find((one) => one.dwelling === dwelling);
  return (
    <main class="page">
      <div class="head">
        <h1>{open ? open.door : t('opening')}</h1>
      </div>
      {!dwelling ? <Find /> : open ? <Opened key={open.id} dwelling={dwelling} /> : <Over />}
    </main>
  );
}

const Over = () => (
  <Empty text={t('opening_over')}>
    <a class="btn primary" href="/c/opening">
      {t('opening')}
    </a>
  </Empty>
);

type Home = { household: string; title: string };

function Find() {
  const [text, setText] = useState(typed.value);
  const [home, setHome] = useState<Home | null>(null);
  const found = useLoad(`opening ${text}`, async () =>
    text ? post<OpeningDoors>('/openings/doors', { text }) : { rows: [], more: false },
  );
  const find = (event: Event) => {
    setText(formValues(event).door ?? '');
    setHome(null);
  };
  return (
    <section class="card pad">
      <p>{t('opening_lead')}</p>
      <form onSubmit={find}>
        <Field label={t('opening_door')} name="door" value={text} autocomplete="off" required />
        <button class="btn">{t('opening_find')}</button>
      </form>
      {text && (
        <Show of={found}>
          {({ rows }) =>
            rows.length === 0 ? (
              <p role="status">{t('opening_none')}</p>
            ) : (
              <ul class="lines">
                {rows.map((row) => (
                  <li key={row.dwelling}>
                    <b>{row.door}</b>
                    <span class="acts">
                      {row.yours ? (
                        <a class="btn" href={`/c/board?d=${row.dwelling}`}>
                          {t('opening_yours')}
                        </a>
                      ) : (
                        (row.households ?? []).map(({ id, label }) => (
                          <button
                            key={id}
                            class="btn"
                            aria-pressed={home?.household === id}
                            aria-label={`${t('opening_choose')} ${row.door} ${label}`}
                            onClick={() => setHome({ household: id, title: `${row.door} ${label}`.trim() })}
                          >
                            {label || t('opening_choose')}
                          </button>
                        ))
                      )}
                      {!row.yours && !row.households?.length && <span class="mute">{t('no_household')}</span>}
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        </Show>
      )}
      {home && <Ask key={home.household} home={home} />}
    </section>
  );
}

function Ask({ home }: { home: Home }) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { reason, words } = formValues(event);
    void act(async () => {
      const made = await post<OpenedHousehold>('/openings', { household: home.household, reason, words });
      await loadSession();
      go(made.id ? `/c/opening?d=${made.dwelling}` : `/c/board?d=${made.dwelling}`);
    });
  };
  return (
    <form onSubmit={submit}>
      <h2>{home.title}</h2>
      <Select label={t('opening_reason')} name="reason" options={reasons.map((one) => [one, word('opening_why', one)])} />
      <Field label={t('opening_words')} name="words" hint={t('opening_words_hint')} maxLength={500} autocomplete="off" required />
      {error && <Failed error={error} />}
      <button class="btn primary" disabled={busy}>
        {t('opening_open')}
      </button>
    </form>
  );
}

function Opened({ dwelling }: { dwelling: string }) {
  const loaded = useLoad(dwelling, () => get<DwellingDetail>(`/dwellings/${dwelling}`));
  const { reload } = loaded;
  useEffect(() => {
    const minute = setInterval(reload, 60_000);
    return () => clearInterval(minute);
  }, [reload]);
  return (
    <Show of={loaded}>
      {(door) => (
        <>
          <p class="per">
            {t('floor_n', { n: door.floor })} · {t(door.lift ? 'lift' : 'no_lift')}
            {door.grid && ` · ${door.grid}`}
          </p>
          {door.households.map((household) => (
            <Home key={household.id} household={household} reload={reload} />
          ))}
        </>
      )}
    </Show>
  );
}

/** What helps at the door and on the phone, and nothing to edit. */
function Home({ household, reload }: { household: HouseholdDetail; reload: () => void }) {
  const { people, phones, access_notes: notes, access } = household;
  const needs = (['cannot_read', 'cannot_hear', 'cannot_see'] as const).filter((one) => access?.[one]);
  return (
    <section class="card pad opened">
      <div class="tags">
        <StateTag state={household.state} />
        {needs.map((one) => (
          <span key={one} class="tag line">
            {t(one)}
          </span>
        ))}
      </div>
      {people?.length ? (
        <ul class="lines">
          {people.map((person) => (
            <li key={person.id}>
              <b>{person.name}</b>
              <span class="mute">
                {[
                  person.age === undefined ? '' : t('age_of', { n: person.age }),
                  person.relation,
                  person.where && word('where', person.where.state),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p class="mute">{t('no_people')}</p>
      )}
      <div class="call">
        {(phones ?? []).map((phone) => (
          <a key={phone.id + phone.person} class="btn" href={`tel:${phone.number}`}>
            <Icon path={phoneIcon} />
            {phone.number} {phone.name}
          </a>
        ))}
      </div>
      {notes && <p class="per">{notes}</p>}
      <Speak household={household} keys={false} reload={reload} />
      <h2>{t('worker')}</h2>
      <Responsible household={household} />
      <h2>{t('timeline')}</h2>
      <Timeline reports={household.reports} />
    </section>
  );
}
