import { useState } from 'preact/hooks';
import { language } from '../messages';
import type { AccountRow, Page, Place, ShiftRow } from '../shapes';
import { dayOf, dayWords } from '../time';
import { get, post, session } from './api';
import { at, now } from './clock';
import { allPlaces, placeOptions } from './households';
import { Failed, Show, useAct, useLoad } from './load';
import { Empty, Field, formValues, Modal, Select } from './parts';
import { roleOptions } from './people';
import { t, word } from './words';
import { zonedInstant } from './zoned';

export function Shifts() {
  const shifts = useLoad('shifts', () => get<{ rows: ShiftRow[] }>('/shifts'));
  const accounts = useLoad('accounts', () => get<Page<AccountRow>>('/accounts?limit=1000'));
  const places = useLoad('places', allPlaces);
  const [open, setOpen] = useState(false);
  const zone = session.value?.community.zone;
  const running = (shift: ShiftRow) => Date.parse(shift.from) <= now.value;
  return (
    <section class="card">
      <header>
        <h2>{t('tab_shifts')}</h2>
        <span class="end">
          <button class="btn primary" onClick={() => setOpen(true)}>
            {t('shift_add')}
          </button>
        </span>
      </header>
      <Show of={shifts}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty text={t('shifts_none')} />
          ) : (
            <ul class="lines">
              {rows.map((shift) => (
                <li key={shift.id}>
                  <b>{shift.name}</b>
                  <span>
                    {word('role', shift.role)} · {shift.place_name}
                  </span>
                  <span class="mute">
                    {dayWords(dayOf(shift.from, zone), language())} {at(shift.from)}–{at(shift.until)}
                  </span>
                  {running(shift) && <span class="tag line">{t('on_duty')}</span>}
                </li>
              ))}
            </ul>
          )
        }
      </Show>
      {open && (
        <AddShift
          accounts={accounts.data?.rows ?? []}
          places={places.data ?? []}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            shifts.reload();
          }}
        />
      )}
    </section>
  );
}

interface AddProps {
  accounts: AccountRow[];
  places: Place[];
  onClose: () => void;
  onDone: () => void;
}

const firstHour = '07:00';
const lastHour = '15:00';

/** The next day whose early shift is not over yet: in the evening people plan for tomorrow. */
function proposedDay(): string {
  const { today, community } = session.value!;
  const over = Date.parse(zonedInstant(today, lastHour, community.zone)) <= now.value;
  return over ? new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10) : today;
}

function AddShift({ accounts, places, onClose, onDone }: AddProps) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { account, role, place, day, start, end } = formValues(event);
    void act(async () => {
      const zone = session.value!.community.zone;
      const from = zonedInstant(day!, start!, zone);
      let until = zonedInstant(day!, end!, zone);
      // A night shift ends on the next day.
      if (until <= from) until = new Date(Date.parse(until) + 86_400_000).toISOString();
      await post('/shifts', { account, role, ...(place ? { place } : {}), from, until });
      onDone();
    });
  };
  return (
    <Modal title={t('shift_add')} onClose={onClose}>
      <form onSubmit={submit}>
        <Select label={t('who')} name="account" options={accounts.map((account) => [account.id, account.name])} />
        <Select label={t('role')} name="role" value="cadre" options={roleOptions()} />
        <Select label={t('place')} name="place" options={placeOptions(places)} />
        <Field label={t('day')} name="day" type="date" value={proposedDay()} required />
        <Field label={t('from')} name="start" type="time" value={firstHour} required />
        <Field label={t('until_time')} name="end" type="time" value={lastHour} required />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('save')}
        </button>
      </form>
    </Modal>
  );
}
