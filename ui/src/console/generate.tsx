import { useState } from 'preact/hooks';
import type { Id } from '../shapes';
import { upload } from './api';
import { Failed, useAct } from './load';
import { doorName, doors_max, doorsOf, most, names, tableOf, type Plan } from './plan';
import { go } from './router';
import { t, type Key } from './words';
import './generate.css';

/** For who has no table: says how many houses of which kind, sees one of them, and looks at the rest as an import. */
export function Generate() {
  const [plan, setPlan] = useState<Plan>({ grids: 5, buildings: 20, entrances: 3, floors: 7, doors: 2 });
  const [lift, setLift] = useState(false);
  const { busy, error, act } = useAct();
  const whole = names.every((name) => Number.isInteger(plan[name]) && plan[name] >= 1 && plan[name] <= most[name]);
  const sound = whole && plan.grids <= plan.buildings && doorsOf(plan) <= doors_max;
  const make = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      const file_name = t('generate_name', { n: plan.buildings });
      const query = new URLSearchParams({ kind: 'dwellings', file_name });
      const { id } = await upload<{ id: Id }>(`/imports?${query}`, new File([tableOf(plan, lift)], file_name), () => undefined);
      go(`/c/import/${id}`);
    });
  };
  return (
    <section class="card pad generate">
      <h2>{t('generate')}</h2>
      <p class="mute">{t('generate_lead')}</p>
      <form onSubmit={make}>
        <div class="numbers">
          {names.map((name) => (
            <label key={name}>
              {t(`generate_${name}` as Key)}
              <input
                type="number"
                min={1}
                max={most[name]}
                required
                value={plan[name]}
                onInput={(event) => setPlan({ ...plan, [name]: event.currentTarget.valueAsNumber })}
              />
            </label>
          ))}
          <label class="tick">
            <input type="checkbox" checked={lift} onChange={(event) => setLift(event.currentTarget.checked)} />
            {t('generate_lift')}
          </label>
        </div>
        {whole && <House plan={plan} />}
        <p role="status" class={sound ? '' : 'ask'}>
          {sound
            ? t('generate_sum', {
                buildings: plan.buildings,
                entrances: plan.buildings * plan.entrances,
                doors: doorsOf(plan),
              })
            : t('generate_wrong', { n: doors_max })}
        </p>
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy || !sound}>
          {t('generate_look')}
        </button>
      </form>
    </section>
  );
}

/** The first house as the board will draw it. */
function House({ plan }: { plan: Plan }) {
  const floors = Array.from({ length: plan.floors }, (_, at) => plan.floors - at);
  const doors = Array.from({ length: plan.doors }, (_, at) => at + 1);
  return (
    <figure class="elevation" role="img" aria-label={t('generate_house')}>
      {Array.from({ length: plan.entrances }, (_, entrance) => (
        <div key={entrance}>
          {floors.map((floor) => (
            <p key={floor}>
              {doors.map((door) => (
                <i key={door}>{plan.floors <= 12 && plan.doors <= 4 ? doorName(floor, door) : ''}</i>
              ))}
            </p>
          ))}
          <figcaption>{t('generate_entrance', { n: entrance + 1 })}</figcaption>
        </div>
      ))}
    </figure>
  );
}
