import { useState } from 'preact/hooks';
import type { Arrival, Departures, Found } from '../shapes';
import { language } from '../messages';
import { dayOf, dayWords } from '../time';
import { ApiError, get, post, session } from './api';
import { homeOf } from './doors';
import { Failed, Show, useAct, useLoad } from './load';
import { Empty, Field, formValues, Modal, Select } from './parts';
import { attempt } from './toast';
import { t, word } from './words';
import { Reveal } from './board/reveal';

const day = (instant: string) => dayWords(dayOf(instant, session.value?.community.zone), language(), false);

/** Who moves to another community, and who comes from one. Only managers answer for the whole community. */
export function Transfers() {
  return (
    <>
      <Arrivals />
      <Leaving />
    </>
  );
}

function Arrivals() {
  const arrivals = useLoad('arrivals', () =>
    get<{ rows: Arrival[] }>('/arrivals').catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 403) return null;
      throw error;
    }),
  );
  const [taking, setTaking] = useState<Arrival | null>(null);
  return (
    <Show of={arrivals}>
      {(answer) =>
        answer && (
          <section class="card">
            <header>
              <h2>{t('arrivals_title')}</h2>
            </header>
            {answer.rows.length === 0 && <Empty text={t('arrivals_none')} />}
            <ul class="lines">
              {answer.rows.map((row) => (
                <li key={row.id}>
                  <b>{row.name}</b> {row.phone && (
                    <>
                      {row.phone} <Reveal arrival={row.id} />
                    </>
                  )}
                  <span>
                    {t('transfer_from', { name: row.community_name })} · {day(row.offered_at)}
                  </span>
                  {row.address && <span>{row.address}</span>}
                  {row.note && <span class="mute">{row.note}</span>}
                  {row.observed && <span class="tag line">{t('transfer_observed')}</span>}
                  {row.state === 'offered' ? (
                    <span class="end">
                      <button class="btn primary" onClick={() => setTaking(row)}>
                        {t('transfer_accept')}
                      </button>{' '}
                      <button
                        class="btn"
                        onClick={async () => {
                          await attempt(() => post(`/arrivals/${row.id}/decline`));
                          arrivals.reload();
                        }}
                      >
                        {t('transfer_decline')}
                      </button>
                    </span>
                  ) : (
                    <span class="tag line">{word('transfer', row.state)}</span>
                  )}
                </li>
              ))}
            </ul>
            {taking && (
              <Take
                arrival={taking}
                onClose={() => setTaking(null)}
                onDone={() => {
                  setTaking(null);
                  arrivals.reload();
                }}
              />
            )}
          </section>
        )
      }
    </Show>
  );
}

function Take({ arrival, onClose, onDone }: { arrival: Arrival; onClose: () => void; onDone: () => void }) {
  const { busy, error, act } = useAct();
  const [lost, setLost] = useState(false);
  const submit = (event: Event) => {
    const { door, relation } = formValues(event);
    void act(async () => {
      const home = await homeOf(door!);
      setLost(typeof home === 'string');
      if (typeof home === 'string') return;
      await post(`/arrivals/${arrival.id}/accept`, {
        household: home.household,
        ...(relation ? { relation } : {}),
      });
      onDone();
    });
  };
  return (
    <Modal title={`${t('transfer_accept')} ${arrival.name}`} onClose={onClose}>
      <form onSubmit={submit}>
        <Field label={t('transfer_door')} name="door" value={arrival.address} hint={t('transfer_door_hint')} required />
        <Field label={t('transfer_relation')} name="relation" />
        {lost && <p role="alert">{t('transfer_no_door')}</p>}
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('transfer_accept')}
        </button>
      </form>
    </Modal>
  );
}

function Leaving() {
  const leaving = useLoad('transfers', () => get<Departures>('/transfers'));
  const [open, setOpen] = useState(false);
  return (
    <Show of={leaving}>
      {({ rows, communities }) => (
        <section class="card">
          <header>
            <h2>{t('departures_title')}</h2>
            <span class="end">
              <button class="btn primary" onClick={() => setOpen(true)} disabled={communities.length === 0}>
                {t('transfer_offer')}
              </button>
            </span>
          </header>
          <p class="mute pad">{t('departures_hint')}</p>
          {rows.length === 0 && <Empty text={t('departures_none')} />}
          <ul class="lines">
            {rows.map((row) => (
              <li key={row.id}>
                <b>{row.name}</b>
                <span>
                  {row.door} → {row.community_name} · {day(row.offered_at)}
                </span>
                <span class="tag line">{word('transfer', row.state)}</span>
                {row.state === 'offered' && (
                  <button
                    class="btn small end"
                    aria-label={`${t('transfer_withdraw')} ${row.name}`}
                    onClick={async () => {
                      await attempt(() => post(`/transfers/${row.id}/withdraw`));
                      leaving.reload();
                    }}
                  >
                    {t('transfer_withdraw')}
                  </button>
                )}
              </li>
            ))}
          </ul>
          {open && (
            <Offer
              communities={communities}
              onClose={() => setOpen(false)}
              onDone={() => {
                setOpen(false);
                leaving.reload();
              }}
            />
          )}
        </section>
      )}
    </Show>
  );
}

interface OfferProps {
  communities: Departures['communities'];
  onClose: () => void;
  onDone: () => void;
}

function Offer({ communities, onClose, onDone }: OfferProps) {
  const { busy, error, act } = useAct();
  const [people, setPeople] = useState<Found[] | null>(null);
  const find = async (text: string) => {
    if (!text.trim()) return setPeople(null);
    const { rows } = await post<{ rows: Found[] }>('/search', { text }).catch(() => ({ rows: [] }));
    setPeople(rows.filter((row) => row.kind === 'person'));
  };
  const submit = (event: Event) => {
    const { person, community, address, note } = formValues(event);
    void act(async () => {
      await post(`/people/${person}/transfer`, {
        community,
        ...(address ? { address } : {}),
        ...(note ? { note } : {}),
      });
      onDone();
    });
  };
  return (
    <Modal title={t('transfer_offer')} onClose={onClose}>
      <form onSubmit={submit}>
        <div class="field">
          <label for="field-text">{t('transfer_person')}</label>
          <input
            id="field-text"
            autocomplete="off"
            onInput={(event) => void find(event.currentTarget.value)}
            required
          />
        </div>
        {people?.length === 0 && <p role="status">{t('transfer_nobody')}</p>}
        {people && people.length > 0 && (
          <Select
            label={t('who')}
            name="person"
            options={people.map((one) => [one.id, `${one.title} ${one.subtitle}`])}
          />
        )}
        <Select
          label={t('transfer_to')}
          name="community"
          options={communities.map((one) => [one.id, one.name])}
        />
        <Field label={t('transfer_address')} name="address" />
        <Field label={t('transfer_note')} name="note" />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy || !people?.length}>
          {t('transfer_offer')}
        </button>
      </form>
    </Modal>
  );
}
