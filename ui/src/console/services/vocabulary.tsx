import type { WordRow } from '../../shapes';
import { get, post } from '../api';
import { Show, useLoad } from '../load';
import { Empty } from '../parts';
import { attempt } from '../toast';
import { t, word } from '../words';

/** The community's own words: a correction in the inbox proposes one, and here somebody says how it is read. */
export function Vocabulary() {
  const list = useLoad('words', async () => (await get<{ rows: WordRow[] }>('/words')).rows);
  const decide = (row: WordRow, approve: boolean) =>
    attempt(() => post(`/words/${row.id}/decide`, { approve }), t('help_saved')).then((went) => went && list.reload());
  return (
    <Show of={list}>
      {(rows) =>
        rows.length ? (
          <section class="card">
            <ul class="lines">
              {rows.map((row) => (
                <li key={row.id}>
                  <b>{row.alias}</b> = <b>{row.canonical}</b>{' '}
                  <span class={row.state === 'proposed' ? 'tag due' : 'tag line'}>{word('vocabulary', row.state)}</span>{' '}
                  <span class="mute">{t('vocabulary_times', { n: row.times, who: row.proposed_by })}</span>{' '}
                  {row.state !== 'approved' && (
                    <button class="btn small" onClick={() => decide(row, true)} aria-label={`${t('vocabulary_yes')} ${row.alias}`}>
                      {t('vocabulary_yes')}
                    </button>
                  )}{' '}
                  {row.state !== 'refused' && (
                    <button class="btn small quiet" onClick={() => decide(row, false)} aria-label={`${t('vocabulary_no')} ${row.alias}`}>
                      {t('vocabulary_no')}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ) : (
          <Empty text={t('vocabulary_none')} />
        )
      }
    </Show>
  );
}
