import { useState } from 'preact/hooks';
import type { CareDeliveries, Carriers } from '../../shapes';
import { get, post } from '../api';
import { useLoad } from '../load';
import { Field, formValues, Modal, Select } from '../parts';
import { attempt } from '../toast';
import { t, word } from '../words';
import { useGoodsLive } from './parts';

type Carrier = Carriers['rows'][number];
const vehicles = ['foot', 'cart', 'bicycle', 'motorcycle', 'car'] as const;

/** Who can carry, with what, how much and how far. */
export function CarrierCard({ rows, reload }: { rows: Carrier[]; reload: () => void }) {
  const [editing, setEditing] = useState<Carrier | null>(null);
  if (!rows.length) return null;
  return (
    <section class="card pad noprint">
      <h2>{t('carriers_title')}</h2>
      <ul class="rows">
        {rows.map((one) => (
          <li key={one.account}>
            <b>{one.name}</b>
            <span>{word('vehicle', one.vehicle)}</span>
            <span class="mute">
              {one.grams === undefined
                ? t('carriers_unsaid')
                : `${one.grams / 1000} ${t('carriers_kg')} · ${(one.millilitres ?? 0) / 1000} ${t('carriers_litres')}`}
              {one.range_m !== undefined && ` · ${one.range_m / 1000} km`}
            </span>
            {one.outside && <span class="tag due">{t('carriers_outside')}</span>}
            <button class="btn quiet" onClick={() => setEditing(one)}>
              {t('carriers_edit', { name: one.name })}
            </button>
          </li>
        ))}
      </ul>
      {editing && <CarrierForm carrier={editing} onClose={() => setEditing(null)} reload={reload} />}
    </section>
  );
}

function CarrierForm({ carrier, onClose, reload }: { carrier: Carrier; onClose: () => void; reload: () => void }) {
  const save = async (event: Event) => {
    const form = formValues(event);
    const metres = Math.round(Number(form.km) * 1000);
    const body = {
      account: carrier.account,
      vehicle: form.vehicle,
      grams: Math.round(Number(form.kg) * 1000),
      millilitres: Math.round(Number(form.litres) * 1000),
      outside: form.outside === 'on',
      ...(metres > 0 ? { range_m: metres } : {}),
    };
    if (!(await attempt(() => post('/carriers', body)))) return;
    onClose();
    reload();
  };
  return (
    <Modal title={carrier.name} onClose={onClose}>
      <form onSubmit={save}>
        <Select
          name="vehicle"
          label={t('carriers_vehicle')}
          value={carrier.vehicle}
          options={vehicles.map((one) => [one, word('vehicle', one)])}
        />
        <Field name="kg" label={t('carriers_kg')} value={String((carrier.grams ?? 30_000) / 1000)} required />
        <Field name="litres" label={t('carriers_litres')} value={String((carrier.millilitres ?? 150_000) / 1000)} required />
        <Field name="km" label={t('carriers_km')} value={carrier.range_m === undefined ? '' : String(carrier.range_m / 1000)} />
        <p>
          <label>
            <input type="checkbox" name="outside" defaultChecked={carrier.outside} /> {t('carriers_outside')}
          </label>
        </p>
        <button class="btn primary">{t('carriers_save')}</button>
      </form>
    </Modal>
  );
}

/** Each listed elder's day: brought, explained, or still owed. */
export function CareCard() {
  const load = useLoad('care-deliveries', () => get<CareDeliveries>('/goods/care'));
  useGoodsLive(load.reload);
  if (!load.data?.listed) return null;
  const { data } = load;
  const tags = { owed: 'tag over', done: 'tag safe', explained: 'tag line' };
  return (
    <section class="card pad noprint">
      <h2>{t('care_title')}</h2>
      <p>{t('care_sum', { done: data.done, explained: data.explained, n: data.listed })}</p>
      <ul class="rows">
        {data.rows
          .filter((row) => row.state !== 'done')
          .map((row) => (
            <li key={row.household}>
              <b>{row.door}</b>
              <span class={tags[row.state]}>{word('care', row.state)}</span>
              {row.duty && <a href="/c/duties?filter=waiting&kind=care_delivery">{t('duties')}</a>}
            </li>
          ))}
      </ul>
    </section>
  );
}

interface ChoiceProps {
  label: string;
  carriers: Carriers['rows'];
  except: string;
  onChoose: (carrier: string) => void;
}

/** To whom something is given: who is inside the closed loop, with what they have in hand. */
export function CarrierChoice({ label, carriers, except, onChoose }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      value=""
      onChange={(event) => {
        const { value } = event.currentTarget;
        event.currentTarget.value = '';
        if (value) onChoose(value);
      }}
    >
      <option value="">{label}</option>
      {carriers
        .filter((one) => one.account !== except && !one.outside)
        .map((one) => (
          <option key={one.account} value={one.account}>
            {one.name} · {t('goods_n', { n: one.parcels })}
          </option>
        ))}
    </select>
  );
}
