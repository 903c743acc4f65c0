import type { ParcelRow, ParcelShown, RunRow, RunTimeline } from '../../shapes';
import { get } from '../api';
import { at } from '../clock';
import { Show, useLoad } from '../load';
import { Modal } from '../parts';
import { t, word } from '../words';

type Told = Partial<RunTimeline['events'][number]> & ParcelShown['steps'][number];

/** What happened, one line each: when, what, where or whose, by whom and to whom, why. */
const Steps = ({ steps }: { steps: Told[] }) => (
  <ul class="rows story">
    {steps.map((one, index) => (
      <li key={index}>
        <b>{at(one.at)}</b>
        <span>{word('step', one.step)}</span>
        <span>{one.door ?? one.point}</span>
        {one.code && <span class="tag line">{one.code}</span>}
        <span class="mute">
          {one.by} {one.counterpart && `→ ${word('giver', one.counterpart)}`} {one.reason && word('reason', one.reason)}
        </span>
      </li>
    ))}
  </ul>
);

/** Every step of one run, who and when. */
export function Story({ run, onClose }: { run: RunRow; onClose: () => void }) {
  const load = useLoad(`story ${run.id}`, () => get<RunTimeline>(`/runs/${run.id}/timeline`));
  return (
    <Modal title={`${run.building}${run.entrance} ${t('runs_timeline')}`} onClose={onClose} wide>
      <Show of={load}>{({ events }) => <Steps steps={events} />}</Show>
    </Modal>
  );
}

/** Every step of one parcel, from the courier's hand to the door. */
export function ParcelStory({ row, onClose }: { row: ParcelRow; onClose: () => void }) {
  const load = useLoad(`parcel ${row.id}`, () => get<ParcelShown>(`/parcels/${row.id}`));
  return (
    <Modal title={`${row.door || t('goods_unknown')} ${row.code} ${t('runs_timeline')}`} onClose={onClose} wide>
      <Show of={load}>{({ steps }) => <Steps steps={steps} />}</Show>
    </Modal>
  );
}
