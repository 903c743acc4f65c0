import { useState } from 'preact/hooks';
import type { OwnSignIn } from '../../shapes';
import { get, post, session } from '../api';
import { at } from '../clock';
import { Failed, Show, useAct, useLoad } from '../load';
import { Field, formValues } from '../parts';
import { addPasskey, hasPasskeys, unlessClosed } from '../passkeys';
import { attempt, done } from '../toast';
import { AddPhone } from './phone';
import { SetPin } from './pin';
import { language } from '../../messages';
import { dayOf, dayWords } from '../../time';
import { t, word } from '../words';

const when = (instant: string): string =>
  `${dayWords(dayOf(instant, session.value?.community.zone), language(), false)} ${at(instant)}`;

/** How one signs in: where one is signed in, passkeys, and codes for the day the authenticator is lost. */
export function MePage() {
  const own = useLoad('sign-in', () => get<OwnSignIn>('/sessions'));
  return (
    <main class="page">
      <div class="head">
        <h1>{t('me')}</h1>
        <p>{session.value?.account.name}</p>
      </div>
      <Show of={own}>
        {(known) => (
          <>
            <Sessions known={known} reload={own.reload} />
            {session.value?.reach !== 'desk' && <AddPhone reload={own.reload} />}
            <SetPin has={known.rows.some((row) => row.current && row.pin)} reload={own.reload} />
            <Passkeys known={known} reload={own.reload} />
            <Recovery left={known.recovery_left} reload={own.reload} />
          </>
        )}
      </Show>
    </main>
  );
}

interface Part {
  known: OwnSignIn;
  reload: () => void;
}

function Sessions({ known, reload }: Part) {
  const end = async (id?: string) => {
    if (await attempt(() => post('/sessions/end', id ? { id } : {}), t('me_ended'))) reload();
  };
  return (
    <section class="card">
      <header>
        <h2>{t('me_sessions')}</h2>
        {known.rows.length > 1 && (
          <span class="end">
            <button class="btn" onClick={() => end()}>
              {t('me_end_others')}
            </button>
          </span>
        )}
      </header>
      <ul class="places">
        {known.rows.map((row) => (
          <li key={row.id}>
            <b>{row.device || t('me_device_unknown')}</b>
            <span class="mute">
              {word('me_way', row.way)} {row.pin && `· ${t('pin')} `}· {when(row.created_at)} · {t('until', { time: when(row.expires_at) })}
            </span>
            <span class="acts">
              {row.current ? (
                <span class="tag line">{t('me_this')}</span>
              ) : (
                <button class="btn" onClick={() => end(row.id)} aria-label={`${t('me_end')} ${row.device} ${when(row.created_at)}`}>
                  {t('me_end')}
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Passkeys({ known, reload }: Part) {
  const { busy, error, act } = useAct();
  const add = () =>
    act(async () => {
      if (!(await unlessClosed(addPasskey))) return;
      done(t('me_passkey_added'));
      reload();
    });
  const drop = async (id: string) => {
    if (await attempt(() => post(`/passkeys/${id}/remove`), t('me_passkey_removed'))) reload();
  };
  const works = known.passkeys_work && hasPasskeys();
  return (
    <section class="card pad">
      <h2>{t('me_passkeys')}</h2>
      <p class="mute">{t(works ? 'me_passkeys_lead' : 'me_passkeys_not')}</p>
      <ul class="places">
        {known.passkeys.map((row) => (
          <li key={row.id}>
            <b>{row.device || t('me_device_unknown')}</b>
            <span class="mute">
              {when(row.created_at)}
              {row.last_used_at && ` · ${t('link_used_at', { time: when(row.last_used_at) })}`}
            </span>
            <span class="acts">
              <button class="btn" onClick={() => drop(row.id)} aria-label={`${t('place_remove')} ${row.device}`}>
                {t('place_remove')}
              </button>
            </span>
          </li>
        ))}
      </ul>
      {error && <Failed error={error} />}
      {works && (
        <button class="btn primary" disabled={busy} onClick={add}>
          {t('me_passkey_add')}
        </button>
      )}
    </section>
  );
}

function Recovery({ left, reload }: { left: number; reload: () => void }) {
  const [codes, setCodes] = useState<string[]>([]);
  const { busy, error, act } = useAct();
  const make = (event: Event) => {
    const { password } = formValues(event);
    void act(async () => {
      setCodes((await post<{ codes: string[] }>('/recovery-codes', { password })).codes);
      reload();
    });
  };
  return (
    <section class="card pad">
      <h2>{t('me_recovery')}</h2>
      <p class="mute">{t('me_recovery_lead', { n: left })}</p>
      {codes.length > 0 ? (
        <>
          <p role="status">{t('me_recovery_once')}</p>
          <ol class="codes">
            {codes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ol>
          <button class="btn" onClick={() => print()}>
            {t('print')}
          </button>
        </>
      ) : (
        <form onSubmit={make}>
          <Field label={t('password')} name="password" type="password" autocomplete="current-password" required />
          {error && <Failed error={error} />}
          <button class="btn primary" disabled={busy}>
            {t('me_recovery_make')}
          </button>
        </form>
      )}
    </section>
  );
}
