import { useState } from 'preact/hooks';
import type { Label, Page, ParcelRow } from '../../shapes';
import { post } from '../api';
import { now } from '../clock';
import { age, Empty, Field, formValues, Modal, Qr } from '../parts';
import { attempt } from '../toast';
import { t, word } from '../words';
import { ParcelStory } from './story';

const reasons = ['refused', 'household_left', 'in_hospital', 'damaged', 'asked_later', 'not_reached', 'other'] as const;

/** What lies somewhere, with what can be done with it. */
export function Parcels({ page, reload }: { page: Page<ParcelRow>; reload: () => void }) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<ParcelRow | null>(null);
  const [story, setStory] = useState<ParcelRow | null>(null);
  const [labels, setLabels] = useState<Label[] | null>(null);
  if (!page.rows.length) return <Empty text={t('goods_none')} />;
  const chosen = page.rows.filter((row) => picked.has(row.id));
  const print = () =>
    attempt(async () => {
      const parcels = (chosen.length ? chosen : page.rows).map((row) => row.id);
      setLabels((await post<{ labels: Label[] }>('/parcels/labels', { parcels })).labels);
    });
  const pick = (id: string) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    setPicked(next);
  };
  return (
    <>
      <p class="acts pad">
        {t('goods_n', { n: page.rows.length })}
        {page.next && '+'}{' '}
        <button class="btn" onClick={print}>
          {t('goods_labels', { n: chosen.length || page.rows.length })}
        </button>
      </p>
      <ul class="rows parcels">
        {page.rows.map((row) => (
          <li key={row.id}>
            <input type="checkbox" aria-label={row.code} checked={picked.has(row.id)} onChange={() => pick(row.id)} />
            <b>{row.door || t('goods_unknown')}</b>
            <span class="tag line">{row.code}</span>
            <span>{word('class', row.class)}</span>
            <span class={row.state === 'held' ? 'tag over' : 'tag'}>{word('parcel', row.state)}</span>
            {row.reason && <span>{word('reason', row.reason)}</span>}
            {row.late && <span class="tag due">{t('goods_late')}</span>}
            <span class="mute">
              {row.received_at && t('goods_age', { age: age(now.value - Date.parse(row.received_at)) })}
            </span>
            <button class="btn quiet" onClick={() => setStory(row)}>
              {t('runs_timeline')}
            </button>
            {!row.closed_at && (
              <button class="btn quiet" onClick={() => setAsking(row)}>
                {t('goods_aside')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {asking && <Aside row={asking} onClose={() => setAsking(null)} reload={reload} />}
      {story && <ParcelStory row={story} onClose={() => setStory(null)} />}
      {labels && <Labels labels={labels} onClose={() => setLabels(null)} />}
    </>
  );
}

function Aside({ row, onClose, reload }: { row: ParcelRow; onClose: () => void; reload: () => void }) {
  const put = async (as: string, reason?: string) => {
    if (!(await attempt(() => post(`/parcels/${row.id}/aside`, { as, ...(reason ? { reason } : {}) })))) return;
    onClose();
    reload();
  };
  const whose = async (event: Event) => {
    const { door } = formValues(event);
    if (await attempt(() => post(`/parcels/${row.id}`, { door }))) {
      onClose();
      reload();
    }
  };
  return (
    <Modal title={`${row.door || t('goods_unknown')} ${row.code}`} onClose={onClose}>
      {!row.household && (
        <form onSubmit={whose}>
          <Field name="door" label={t('goods_whose')} required />
          <button class="btn primary">{t('goods_enter')}</button>
        </form>
      )}
      {row.household && row.state === 'held' && (
        <button class="btn primary" onClick={() => put('resumed')}>
          {t('goods_resume')}
        </button>
      )}
      {(['held', 'returned', 'lost'] as const).map((as) => (
        <fieldset key={as}>
          <legend>{word('fate', as)}</legend>
          <div class="acts">
            {reasons.map((reason) => (
              <button key={reason} class="btn" onClick={() => put(as, reason)}>
                {word('reason', reason)}
              </button>
            ))}
          </div>
        </fieldset>
      ))}
    </Modal>
  );
}

/** On paper: a door, a code to scan and one to type; no name and not what is in it. */
function Labels({ labels, onClose }: { labels: Label[]; onClose: () => void }) {
  return (
    <Modal title={t('goods_labels', { n: labels.length })} onClose={onClose} wide>
      <button class="btn primary noprint" onClick={() => print()}>
        {t('goods_print')}
      </button>
      <div class="labels print-only-this">
        {labels.map((label) => (
          <article key={label.id} class="label">
            <div>
              <p>{label.grid}</p>
              <p>
                <span>{label.building}</span> <span>{label.entrance}</span>
              </p>
              <p class="no">{label.dwelling}</p>
              <p>
                {word('class', label.class)} {label.of > 1 && `${label.number}/${label.of}`}
              </p>
            </div>
            <div>
              <Qr bits={label.qr} label={label.code} />
              <p class="code">{label.code}</p>
            </div>
          </article>
        ))}
      </div>
    </Modal>
  );
}

