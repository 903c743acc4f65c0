import type { Bulletin } from '../../shapes';
import { language } from '../../messages';
import { dayOf, dayWords } from '../../time';
import { get, session } from '../api';
import { at } from '../clock';
import { Show, useLoad } from '../load';
import { Empty } from '../parts';
import { t } from '../words';

const columns = ['collected', 'observed', 'released', 'left', 'persons'] as const;

/** The numbers of the day as they may go into a group or on a wall: small ones are hidden, and what would give them away. */
export function BulletinPage() {
  const loaded = useLoad('bulletin', () => get<Bulletin>('/bulletin'));
  return (
    <main class="page">
      <div class="head">
        <h1>{t('bulletin')}</h1>
        <p class="end noprint">
          <a class="btn" href="/c/progress">
            {t('progress')}
          </a>{' '}
          <button class="btn primary" onClick={() => print()}>
            {t('print')}
          </button>
        </p>
      </div>
      <section class="card pad">
        <Show of={loaded}>
          {(data) => (
            <>
              <p class="mute">
                {session.value?.community.name} · {t('bulletin_at', { at: `${dayWords(dayOf(data.as_of, session.value?.community.zone), language(), false)} ${at(data.as_of)}` })}
              </p>
              {data.rows.length === 0 ? (
                <Empty text={t('bulletin_none')} />
              ) : (
                <div class="scroll" tabIndex={0}>
                  <table class="rows bulletin">
                    <thead>
                      <tr>
                        <th>{t('bulletin_area')}</th>
                        {columns.map((column) => (
                          <th key={column} class="num">
                            {t(`bulletin_${column}`)}
                          </th>
                        ))}
                      </tr>
                    </thead>
                    <tbody>
                      {data.rows.map((row) => (
                        <Line key={row.place ?? ''} name={row.name || t('bulletin_elsewhere')} row={row} />
                      ))}
                      <Line name={t('bulletin_sum')} row={data.sums} sum />
                    </tbody>
                  </table>
                </div>
              )}
              <p class="mute">{t('bulletin_how', { n: data.minimum })}</p>
            </>
          )}
        </Show>
      </section>
    </main>
  );
}

function Line({ name, row, sum }: { name: string; row: Bulletin['sums']; sum?: boolean }) {
  return (
    <tr class={sum ? 'grand' : undefined}>
      <th scope="row">{name}</th>
      {columns.map((column) => (
        <td key={column} class="num">
          {row[column] ?? <span aria-label={t('bulletin_hidden')}>—</span>}
        </td>
      ))}
    </tr>
  );
}
