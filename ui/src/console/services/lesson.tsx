import { useState } from 'preact/hooks';
import type { Programmes } from '../../shapes';
import { yuan } from '../../text_pieces';
import { get, post } from '../api';
import { homeOf, type FoundHome } from '../doors';
import { useLoad } from '../load';
import { Field, Select } from '../parts';
import { t, word } from '../words';
import { Ask } from './ask';

/** Who came to a lesson, door by door, and who can order alone from now on. */
export function LessonForm({ onClose }: { onClose: () => void }) {
  const [came, setCame] = useState<(FoundHome & { shops: boolean })[]>([]);
  const [door, setDoor] = useState('');
  const [said, setSaid] = useState('');
  const add = async () => {
    const found = await homeOf(door).catch(() => 'none' as const);
    if (typeof found === 'string') return setSaid(t(`inbox_door_${found}`));
    setSaid('');
    setDoor('');
    if (!came.some((one) => one.household === found.household)) setCame([...came, { ...found, shops: false }]);
  };
  const change = (household: string, shops: boolean) =>
    setCame(came.map((one) => (one.household === household ? { ...one, shops } : one)));
  return (
    <Ask
      title={t('lesson_add')}
      onClose={onClose}
      send={({ topic, channel }) =>
        post('/lessons', { topic, channel, attendees: came.map(({ household, shops }) => ({ household, shops })) })
      }
    >
      <Field label={t('lesson_topic')} name="topic" required />
      <Select
        label={t('lesson_channel')}
        name="channel"
        options={['video', 'door', 'phone'].map((one): [string, string] => [one, word('lesson_by', one)])}
      />
      <div class="reply">
        <input
          aria-label={t('lesson_door')}
          placeholder={t('lesson_door')}
          value={door}
          onInput={(event) => setDoor(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            void add();
          }}
        />
        <button type="button" class="btn" disabled={!door.trim()} onClick={add}>
          {t('lesson_came_add')}
        </button>
      </div>
      {said && <p role="alert">{said}</p>}
      {came.map((one) => (
        <p key={one.household}>
          <label>
            <input type="checkbox" checked={one.shops} onChange={(event) => change(one.household, event.currentTarget.checked)} />{' '}
            {t('lesson_can', { door: one.door })}
          </label>
        </p>
      ))}
    </Ask>
  );
}

type Programme = Programmes['rows'][number];

/** A programme with who runs it, who helps and which baskets are its own; the same name again changes it. */
export function ProgrammeForm({ of, baskets, onClose }: { of: Programme | null; baskets: Programmes['baskets']; onClose: () => void }) {
  const people = useLoad('accounts', async () => (await get<{ rows: { id: string; name: string }[] }>('/accounts?limit=1000')).rows);
  const [helpers, setHelpers] = useState(of?.helpers ?? []);
  const [own, setOwn] = useState(baskets.filter((one) => one.programme && one.programme === of?.id).map((one) => one.id));
  const toggle = (list: string[], id: string) => (list.includes(id) ? list.filter((one) => one !== id) : [...list, id]);
  return (
    <Ask title={of?.name ?? t('programme_add')} onClose={onClose} send={({ name, owner }) => post('/programmes', { name, owner, helpers, baskets: own })}>
      <Field label={t('programme_name')} name="name" value={of?.name ?? ''} required />
      <Field label={t('programme_owner')} name="owner" value={of?.owner ?? ''} required />
      <fieldset>
        <legend>{t('programme_baskets')}</legend>
        {!baskets.length && <p class="mute">{t('programme_no_baskets')}</p>}
        {baskets.map((one) => (
          <p key={one.id}>
            <label>
              <input type="checkbox" checked={own.includes(one.id)} onChange={() => setOwn(toggle(own, one.id))} /> {one.name} ¥{yuan(one.price_fen)}
            </label>
          </p>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('programme_helpers')}</legend>
        {(people.data ?? []).map((one) => (
          <p key={one.id}>
            <label>
              <input type="checkbox" checked={helpers.includes(one.id)} onChange={() => setHelpers(toggle(helpers, one.id))} /> {one.name}
            </label>
          </p>
        ))}
      </fieldset>
    </Ask>
  );
}
