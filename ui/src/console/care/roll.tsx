import type { RollCall } from '../../shapes';
import { get, post } from '../api';
import { at } from '../clock';
import { Show, useLoad } from '../load';
import { Empty } from '../parts';
import { attempt } from '../toast';
import { t, word } from '../words';

/** The roll call of the day: who is on the screen is ticked off; who prefers it is called alone. */
export function RollPage() {
  const roll = useLoad('roll', () => get<RollCall>('/roll-call'));
  const tick = async (household: string) => {
    await attempt(() => post('/check-ins', { household, wellbeing: 'fine', channel: 'video' }), t('roll_ticked'));
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
            {data.rows.length === 0 && <Empty text={t('roll_none')} />}
            <section class="card">
              <div class="scroll">
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

const tags = { present: 'tag safe', absent: 'tag over', waiting: 'tag due' };

function Row({ row, tick }: { row: RollCall['rows'][number]; tick: (household: string) => void }) {
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
