import type { AddedPerson } from '../../shapes';
import { post } from '../api';
import { Failed, useAct } from '../load';
import { t } from '../words';

/** Nothing was saved: people are registered who may be this one. A worker says who it is. */
export function Alike({
  household,
  filled,
  answer,
  onDone,
}: {
  household: string;
  filled: Record<string, unknown>;
  answer: AddedPerson;
  onDone: () => void;
}) {
  const { busy, error, act } = useAct();
  const people = `/households/${household}/people`;
  const same = (one: AddedPerson['alike'][number]) =>
    act(async () => {
      if (one.household === undefined || one.household === household) await post(people, { ...filled, same_as: one.person });
      else {
        const relation = filled.relation ? { relation: filled.relation } : {};
        await post(`/people/${one.person}/move`, { household, ...relation });
      }
      onDone();
    });
  const other = () =>
    act(async () => {
      await post(people, { ...filled, is_new: true });
      onDone();
    });
  return (
    <div>
      <p role="status">{t('alike_ask')}</p>
      {answer.alike.map((one) => (
        <div class="row" key={one.person}>
          <span>
            {one.name} <small class="mute">{[one.born_on, one.door].filter(Boolean).join(' · ')}</small>
          </span>
          <button class="btn" disabled={busy} onClick={() => void same(one)} aria-label={`${t('alike_same')} ${one.name}`}>
            {t(one.household === household ? 'alike_here' : one.household ? 'alike_move' : 'alike_same')}
          </button>
        </div>
      ))}
      {answer.elsewhere > 0 && <p class="mute">{t('alike_elsewhere')}</p>}
      {error && <Failed error={error} />}
      <button class="btn primary" disabled={busy} onClick={() => void other()}>
        {t('alike_new')}
      </button>
    </div>
  );
}
