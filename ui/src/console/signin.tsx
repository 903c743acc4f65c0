import type { ComponentChildren } from 'preact';
import type { Session, Status } from '../shapes';
import { signal } from '@preact/signals';
import { late } from '../late';
import { get, post, session, type ApiError } from './api';
import { setServerNow } from './clock';
import { Failed, Show, useAct, useLoad } from './load';
import { Field, formValues } from './parts';
import { Languages } from './shell';
import { t } from './words';

const PasskeyButton = late(() => import('./care/passkey_button').then((part) => part.PasskeyButton));

/** Nobody answered when this page asked who is signed in. */
export const unreachable = signal(false);

export async function loadSession(): Promise<void> {
  try {
    const known = await get<Session>('/session');
    setServerNow(known.now);
    session.value = known;
  } catch (error) {
    unreachable.value = (error as ApiError).status === 0;
    session.value = null;
  }
}

export function Frame({ title, lead, children }: { title: string; lead: string; children: ComponentChildren }) {
  return (
    <main class="gate">
      <div class="card">
        <h1>{title}</h1>
        <p class="mute">{lead}</p>
        {children}
      </div>
      <Languages />
    </main>
  );
}

export function SignIn() {
  const status = useLoad('status', () => get<Status>('/status'));
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { login, password, code } = formValues(event);
    void act(async () => {
      await post('/session', { login, password, code, device: navigator.userAgent });
      await loadSession();
    });
  };
  return (
    <Show of={status}>
      {(known) => (
        <Frame title="doorstep" lead={known.setup_needed ? t('setup_needed') : t('sign_in_lead')}>
          {known.demo_login && <DemoLogin login={known.demo_login} act={act} busy={busy} />}
          <form onSubmit={submit}>
            <Field label={t('login')} name="login" autocomplete="username" required />
            <Field label={t('password')} name="password" type="password" autocomplete="current-password" required />
            <Field
              label={t('code')}
              name="code"
              hint={t('code_hint')}
              autocomplete="one-time-code"
              inputMode="numeric"
              required={!known.demo}
            />
            {error && <Failed error={error} />}
            <button class="btn primary wide" disabled={busy}>
              {t('sign_in')}
            </button>
          </form>
          <PasskeyButton />
        </Frame>
      )}
    </Show>
  );
}

function DemoLogin({
  login,
  act,
  busy,
}: {
  login: NonNullable<Status['demo_login']>;
  act: (work: () => Promise<void>) => Promise<void>;
  busy: boolean;
}) {
  const enter = () =>
    act(async () => {
      await post('/session', { ...login, device: navigator.userAgent });
      await loadSession();
    });
  return (
    <div class="demo">
      <p>{t('demo_note')}</p>
      <p class="mute">
        {t('login')} <b>{login.login}</b> · {t('password')} <b>{login.password}</b>
      </p>
      <button class="btn wide" disabled={busy} onClick={enter}>
        {t('demo_fill')}
      </button>
    </div>
  );
}
