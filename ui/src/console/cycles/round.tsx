import { useState } from 'preact/hooks';
import type { CollectingRound } from '../../shapes';
import { get, post } from '../api';
import { at } from '../clock';
import { Show, useLoad } from '../load';
import { Empty } from '../parts';
import { attempt, done } from '../toast';
import { t, word } from '../words';

type Row = CollectingRound['rows'][number];

/** The doors without a smartphone, before the cut-off: what they want is taken down, or that they want nothing. */
export function Page() {
  const round = useLoad('round', () => get<CollectingRound>('/collecting-round'));
  return (
    <main class="page">
      <Show of={round}>
        {(data) => (
          <>
            <div class="head">
              <h1>{t('round')}</h1>
              <p>{t('round_lead', { n: data.rows.length, time: at(data.cut_off) })}</p>
              <p role="status">
                <b>{t('round_left', { n: data.unvisited })}</b>
              </p>
            </div>
            {!data.rows.length && <Empty text={t('sheet_lines_none')} />}
            {data.rows.map((row) => (
              <Door key={row.household} row={row} changed={round.reload} />
            ))}
          </>
        )}
      </Show>
    </main>
  );
}

function Door({ row, changed }: { row: Row; changed: () => void }) {
  const [text, setText] = useState('');
  const visit = async (outcome: string) => {
    const went = await attempt(async () => {
      if (outcome === 'ordered') {
        await post('/needs', { household: row.household, text, channel: 'visit', on_behalf: true });
        setText('');
      }
      await post('/collecting-round', { household: row.household, outcome });
      done(`${row.door} ${t('round_asked')}`);
    });
    if (went) changed();
  };
  return (
    <section class="card pad">
      <h2>
        {row.door} {row.outcome && <span class="tag line">{word('visited', row.outcome)}</span>}
      </h2>
      {row.access_notes && <p class="mute">{row.access_notes}</p>}
      <div class="acts">
        <input
          class="search"
          aria-label={`${t('inbox_lines')} ${row.door}`}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button class="btn primary" disabled={!text.trim()} onClick={() => visit('ordered')} aria-label={`${t('round_take')} ${row.door}`}>
          {t('round_take')}
        </button>
        <button class="btn" onClick={() => visit('nothing')} aria-label={`${t('round_nothing')} ${row.door}`}>
          {t('round_nothing')}
        </button>
        <button class="btn" onClick={() => visit('absent')} aria-label={`${t('round_absent')} ${row.door}`}>
          {t('round_absent')}
        </button>
      </div>
    </section>
  );
}
