import { useState } from 'preact/hooks';
import type { Handout, Id, Reach } from '../shapes';
import { refusal } from '../messages';
import { get, post, session } from './api';
import { absolute } from './board/links';
import { at } from './clock';
import { copyText } from './copying';
import { useKeys } from './keys';
import { Failed, Show, useAct, useLoad } from './load';
import { Empty } from './parts';
import { query, route } from './router';
import { allPlaces } from './households';
import { done } from './toast';
import { t } from './words';
import './handout.css';

/** A building's links without paper: one for its chat group, or one message after another by one key. */
export function HandoutPage() {
  const place = route.value.query.get('place');
  const places = useLoad('places', allPlaces);
  return (
    <main class="page handout">
      <div class="head">
        <h1>{t('handout')}</h1>
        <Show of={places}>
          {(rows) => (
            <select
              class="pick"
              aria-label={t('building_choose')}
              value={place ?? ''}
              onChange={(event) => query({ place: event.currentTarget.value })}
            >
              <option value="">{t('building_choose')}</option>
              {rows
                .filter((one) => one.kind === 'building')
                .map((one) => (
                  <option key={one.id} value={one.id} selected={one.id === place}>
                    {one.name}
                  </option>
                ))}
            </select>
          )}
        </Show>
        <p class="end">
          <a class="btn" href="/c/places">
            {t('back')}
          </a>
        </p>
      </div>
      {place ? <Building key={place} place={place} /> : <Empty text={t('handout_choose')} />}
    </main>
  );
}

function Building({ place }: { place: Id }) {
  const handout = useLoad(`handout-${place}`, () => get<Handout>(`/places/${place}/handout`));
  const blocked = useLoad('reach', () => get<Reach>('/reach')).data?.print_refusal;
  if (blocked)
    return (
      <p role="status">
        {refusal(blocked)} <a href="/c/reach">{t('reach')}</a>
      </p>
    );
  return (
    <Show of={handout}>
      {(state) => (
        <>
          <Queue state={state} reload={handout.reload} />
          <Group place={place} state={state} reload={handout.reload} />
        </>
      )}
    </Show>
  );
}

interface Part {
  state: Handout;
  reload: () => void;
}

/** What was copied stays on the page: where the browser refuses to copy, it is marked by hand. */
const Message = ({ text }: { text: string }) => (
  <textarea class="message" readOnly rows={4} aria-label={t('handout_message')} value={text} onFocus={(event) => event.currentTarget.select()} />
);

function Queue({ state, reload }: Part) {
  const [text, setText] = useState('');
  const { busy, error, act } = useAct();
  const { next, last } = state;
  const send = (household: Id, door: string | undefined) =>
    act(async () => {
      const { url } = await post<{ url: string }>(`/households/${household}/handout`, { name: t('handout_link_name') });
      const message = t('handout_text', {
        community: session.value?.community.name ?? '',
        door: door ?? '',
        url: absolute(url),
      });
      setText(message);
      done(t((await copyText(message)) ? 'handout_copied' : 'handout_copy_self', { door: door ?? '' }));
      reload();
    });
  const pass = () =>
    act(async () => {
      await post(`/households/${next!.household}/handout`, { name: t('handout_link_name'), skip: true });
      reload();
    });
  useKeys({
    c: () => !busy && next && void send(next.household, next.door),
    s: () => !busy && next && void pass(),
  });
  const gone = state.opened + state.sent + state.skipped;
  return (
    <section class="card pad">
      <h2>{t('handout_queue')}</h2>
      <p class="mute">{t('handout_queue_lead')}</p>
      <progress max={gone + state.left || 1} value={gone} aria-label={t('handout_queue')} />
      <p>{t('handout_state', { opened: state.opened, sent: state.sent, skipped: state.skipped, left: state.left, phone: state.phone })}</p>
      {next ? (
        <>
          <p class="next">
            <b>{next.door}</b> {next.label} <span class="mute">{[next.names, next.phones].filter(Boolean).join(' · ')}</span>
          </p>
          <p class="do">
            <button class="btn primary" disabled={busy} onClick={() => send(next.household, next.door)}>
              {t('handout_copy')} <kbd>c</kbd>
            </button>
            <button class="btn" disabled={busy} onClick={pass}>
              {t('handout_skip')} <kbd>s</kbd>
            </button>
          </p>
        </>
      ) : (
        <p role="status">{t('handout_done')}</p>
      )}
      {error && <Failed error={error} />}
      {text && <Message text={text} />}
      {last && (
        <p class="last mute">
          {t('handout_last', { door: last.door ?? '' })}{' '}
          <button class="btn" disabled={busy} onClick={() => send(last.household, last.door)}>
            {t('handout_again')}
          </button>
        </p>
      )}
    </section>
  );
}

/** One link for everybody in the group: without the code of a slip it opens nothing. */
function Group({ place, state, reload }: Part & { place: Id }) {
  const [text, setText] = useState('');
  const { busy, error, act } = useAct();
  const make = () =>
    act(async () => {
      const { url } = await post<{ url: string }>(`/places/${place}/claim-link`, { name: t('handout_claim_name') });
      const message = t('handout_group_text', { building: state.name, url: absolute(url) });
      setText(message);
      done(t((await copyText(message)) ? 'copied' : 'handout_copy_self', { door: state.name }));
      reload();
    });
  const close = () =>
    act(async () => {
      await post(`/places/${place}/claim-link/close`);
      setText('');
      reload();
    });
  return (
    <section class="card pad">
      <h2>{t('handout_group')}</h2>
      <p class="mute">{t('handout_group_lead')}</p>
      {state.claim_link_at && <p>{t('handout_group_on', { time: at(state.claim_link_at) })}</p>}
      {error && <Failed error={error} />}
      {text && <Message text={text} />}
      <p class="do">
        <button class={state.claim_link_at ? 'btn' : 'btn primary'} disabled={busy} onClick={make}>
          {t(state.claim_link_at ? 'handout_group_new' : 'handout_group_make')}
        </button>
        {state.claim_link_at && (
          <button class="btn" disabled={busy} onClick={close}>
            {t('link_revoke')}
          </button>
        )}
      </p>
    </section>
  );
}
