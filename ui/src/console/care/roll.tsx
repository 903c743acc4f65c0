import { useState } from 'preact/hooks';
import type { CheckInRequest, RollCall } from '../../shapes';
import { get, post, session } from '../api';
import { at } from '../clock';
import { Show, useLoad } from '../load';
import { Empty } from '../parts';
import { attempt } from '../toast';
import { t, word } from '../words';

type How = 'video' | 'door_sign' | 'paper';
type Said = CheckInRequest['wellbeing'];

/** Figures alone, so that "10栋2单元301" and "10-2-301" are the same door. */
const figures = (door: string): string => (door.match(/[0-9A-Za-z]+/g) ?? []).join('-').toUpperCase();

/**
 * The roll call of the day: who is on the screen is ticked off; who prefers it is called alone. What hangs on the doors
 * and what came on paper is keyed in the same way, door after door.
 */
export function RollPage() {
  const roll = useLoad('roll', () => get<RollCall>('/roll-call'));
  const [how, setHow] = useState<How>(session.value?.reach === 'desk' ? 'door_sign' : 'video');
  const tick = async (household: string, wellbeing: Said = 'fine') => {
    await attempt(() => post('/check-ins', { household, wellbeing, channel: how }), t('roll_ticked'));
    roll.reload();
  };
  return (
    <main class="page">
      <div class="head">
        <h1>{t('roll')}</h1>
        <p class="end">
          <a class="btn" href="/c/calls">
            {t('calls')}
          </a>{' '}
          <a class="btn" href="/c/group">
            {t('group')}
          </a>
        </p>
      </div>
      <Show of={roll}>
        {(data) => (
          <>
            <p role="status">
              {t('roll_n', {
                time: at(data.window.until),
                present: data.present,
                waiting: data.waiting,
                absent: data.absent,
                all: data.households,
              })}
            </p>
            <div class="seg noprint" role="group" aria-label={t('roll_how')}>
              {(['video', 'door_sign', 'paper'] as const).map((one) => (
                <button key={one} aria-pressed={how === one} onClick={() => setHow(one)}>
                  {word('channel', one)}
                </button>
              ))}
            </div>
            {how !== 'video' && <Typed rows={data.rows} tick={tick} />}
            {data.rows.length === 0 && <Empty text={t('roll_none')} />}
            <section class="card">
              <div class="scroll" tabIndex={0}>
                <table class="rows roll">
                  <thead>
                    <tr>
                      <th>{t('door')}</th>
                      <th>{t('household')}</th>
                      <th>{t('state')}</th>
                      <th>{t('notes')}</th>
                      <td />
                    </tr>
                  </thead>
                  <tbody>
                    {data.rows.map((row) => (
                      <Row key={row.household} row={row} tick={tick} />
                    ))}
                  </tbody>
                </table>
              </div>
            </section>
            <p class="mute">{t('roll_alike')}</p>
          </>
        )}
      </Show>
    </main>
  );
}

/** For whoever comes back from the stairs with a list: a door, Enter, the next one. */
function Typed({ rows, tick }: { rows: RollCall['rows']; tick: (household: string, said: Said) => Promise<void> }) {
  const [said, setSaid] = useState<Said>('fine');
  const [wrong, setWrong] = useState('');
  const enter = (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const field = form.elements.namedItem('door') as HTMLInputElement;
    const typed = figures(field.value);
    const found = rows.filter((row) => typed && figures(row.door ?? '') === typed);
    // Two households behind one door: which one is chosen in the list below.
    if (found.length !== 1) return setWrong(t(found.length ? 'roll_door_two' : 'roll_door_none', { door: field.value }));
    setWrong('');
    field.value = '';
    void tick(found[0]!.household, said);
  };
  return (
    <form class="mini noprint" onSubmit={enter}>
      <div class="seg" role="group" aria-label={t('roll_sign')}>
        {(['fine', 'unwell'] as const).map((one) => (
          <button type="button" key={one} aria-pressed={said === one} onClick={() => setSaid(one)}>
            {t(one === 'fine' ? 'roll_sign_fine' : 'roll_sign_unwell')}
          </button>
        ))}
      </div>
      <div class="field">
        <label for="roll-door">{t('roll_door')}</label>
        <input id="roll-door" name="door" autocomplete="off" placeholder="10-2-301" required />
      </div>
      <button class="btn primary">{t('roll_tick')}</button>
      {wrong && <p role="alert">{wrong}</p>}
    </form>
  );
}

const tags = { present: 'tag safe', absent: 'tag over', waiting: 'tag due' };

function Row({ row, tick }: { row: RollCall['rows'][number]; tick: (household: string) => unknown }) {
  return (
    <tr>
      <td class="door">
        <a href={`/c/board?d=${row.dwelling}`}>{row.door}</a>
      </td>
      <td>{row.names}</td>
      <td>
        <span class={tags[row.state]}>{word('roll', row.state)}</span>
      </td>
      <td>
        {row.at && `${at(row.at)} ${word('channel', row.channel)}`}
        {row.with && t('roll_with', { name: row.with })}
      </td>
      <td>
        {row.state !== 'present' && (
          <button class="btn" aria-label={`${t('roll_tick')} ${row.door ?? ''}`} onClick={() => tick(row.household)}>
            {t('roll_tick')}
          </button>
        )}
      </td>
    </tr>
  );
}
