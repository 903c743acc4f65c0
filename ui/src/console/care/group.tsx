import { useState } from 'preact/hooks';
import type { Group } from '../../shapes';
import { get, post } from '../api';
import { at } from '../clock';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty, Field, Modal, formValues } from '../parts';
import { done } from '../toast';
import { t } from '../words';

/** The board of the households under observation, as those see it who keep it. */
export function GroupPage() {
  const group = useLoad('group', () => get<Group>('/group'));
  const [body, setBody] = useState('');
  const [hiding, setHiding] = useState<string | null>(null);
  const { busy, error, act } = useAct();
  const send = (event: Event) => {
    event.preventDefault();
    void act(async () => {
      await post('/group', { body });
      setBody('');
      group.reload();
    });
  };
  const hide = (event: Event) => {
    const { reason } = formValues(event);
    void act(async () => {
      await post(`/group/${hiding}/hide`, { reason });
      done(t('saved'));
      setHiding(null);
      group.reload();
    });
  };
  return (
    <main class="page">
      <div class="head">
        <h1>{t('group')}</h1>
        <p class="end">
          <a class="btn" href="/c/households?off=group">
            {t('group_who_not')}
          </a>
        </p>
      </div>
      <Show of={group}>
        {(data) => (
          <section class="card pad">
            <p role="status">{t('group_n', { joined: data.joined, all: data.households })}</p>
            {data.rows.length === 0 && <Empty text={t('group_empty')} />}
            <ol class="line group">
              {data.rows.map((row) => (
                <li key={row.id} class={row.staff ? 'good' : ''}>
                  <time>{at(row.at)}</time>
                  <div class="c">
                    {row.body}
                    <br />
                    <small>{row.staff ? row.author : `${t('group_number', { n: row.number ?? 0 })} ${row.door ?? ''}`}</small>{' '}
                    <button class="btn quiet" onClick={() => setHiding(row.id)} aria-label={`${t('group_hide')} ${row.body ?? ''}`}>
                      {t('group_hide')}
                    </button>
                  </div>
                </li>
              ))}
            </ol>
            <form class="mini" onSubmit={send}>
              <div class="field">
                <label for="group-body">{t('group_body')}</label>
                <textarea id="group-body" rows={3} maxLength={1000} value={body} onInput={(event) => setBody(event.currentTarget.value)} />
              </div>
              {error && !hiding && <Failed error={error} />}
              <button class="btn primary" disabled={busy || !body.trim()}>
                {t('thread_send')}
              </button>
            </form>
          </section>
        )}
      </Show>
      {hiding && (
        <Modal title={t('group_hide')} onClose={() => setHiding(null)}>
          <form onSubmit={hide}>
            <Field label={t('ground_reason')} name="reason" required />
            {error && <Failed error={error} />}
            <button class="btn primary" disabled={busy}>
              {t('save')}
            </button>
          </form>
        </Modal>
      )}
    </main>
  );
}
