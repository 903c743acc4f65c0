import { useState } from 'preact/hooks';
import type { Thread as ThreadData } from '../../shapes';
import { language } from '../../messages';
import { dayOf, dayWords } from '../../time';
import { get, post, session } from '../api';
import { at } from '../clock';
import { Failed, Show, useAct, useLoad } from '../load';
import { t } from '../words';

/** What the household and its worker wrote to each other; an answer ends the waiting. */
export function Thread({ household }: { household: string }) {
  const thread = useLoad(`thread ${household}`, () => get<ThreadData>(`/messages?household=${household}`));
  const [body, setBody] = useState('');
  const { busy, error, act } = useAct();
  const send = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      await post('/messages', { household, body });
      setBody('');
      thread.reload();
    });
  };
  return (
    <>
      <h3>{t('thread')}</h3>
      <Show of={thread}>
        {(data) => (
          <>
            {data.waiting_since && (
              <p class="tag over" role="status">
                {t('thread_waiting', { time: when(data.waiting_since) })}
              </p>
            )}
            {data.rows.length === 0 && <p class="mute">{t('thread_empty')}</p>}
            <ol class="line">
              {data.rows.map((row) => (
                <li key={row.id} class={row.from_household ? '' : 'good'}>
                  <time>{when(row.sent_at)}</time>
                  <div class="c">
                    {row.body}
                    <br />
                    <small>{row.from_household ? t('thread_household', { name: row.author ?? '' }) : row.author}</small>
                  </div>
                </li>
              ))}
            </ol>
          </>
        )}
      </Show>
      <form class="mini" onSubmit={send}>
        <div class="field">
          <label for="thread-body">{t('thread_body')}</label>
          <textarea
            id="thread-body"
            rows={2}
            maxLength={1000}
            value={body}
            onInput={(event) => setBody(event.currentTarget.value)}
          />
        </div>
        {error && <Failed error={error} />}
        <button class="btn" disabled={busy || !body.trim()}>
          {t('thread_send')}
        </button>
      </form>
    </>
  );
}

function when(instant: string): string {
  const zone = session.value?.community.zone;
  const day = dayOf(instant, zone);
  return day === session.value?.today ? at(instant) : `${dayWords(day, language(), false)} ${at(instant)}`;
}
