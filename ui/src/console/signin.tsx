import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Session, Status, TotpSetup } from '../shapes';
import { signal } from '@preact/signals';
import { late } from '../late';
import { get, post, session, type ApiError } from './api';
import { setServerNow } from './clock';
import { Failed, Show, useAct, useLoad } from './load';
import { Field, formValues, Qr } from './parts';
import { go } from './router';
import { Languages } from './shell';
import { t } from './words';

const PasskeyButton = late(() => import('./care/passkey_button').then((part) => part.PasskeyButton));
const ReachChoice = late(() => import('./reach_choice').then((part) => part.ReachChoice));

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

function Frame({ title, lead, children }: { title: string; lead: string; children: ComponentChildren }) {
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

/** The one-time token stands behind the `#`, so it never reaches a server log. */
const token = () => location.hash.slice(1);

export function Setup() {
  const [totp, setTotp] = useState<TotpSetup | null>(null);
  const { busy, error, act } = useAct();
  if (totp) return <ConfirmCode totp={totp} path="/setup/confirm" />;
  const submit = (event: Event) => {
    const values = formValues(event);
    void act(async () => setTotp(await post<TotpSetup>('/setup', { token: token(), ...values })));
  };
  return (
    <Frame title={t('setup_title')} lead={token() ? t('setup_lead') : t('setup_no_token')}>
      <form onSubmit={submit}>
        <Field label={t('setup_community')} name="community_name" required />
        <Field label={t('setup_name')} name="name" autocomplete="name" required />
        <Field label={t('login')} name="login" hint={t('setup_login_hint')} autocomplete="username" required />
        <Field
          label={t('password')}
          name="password"
          type="password"
          hint={t('setup_password_hint')}
          autocomplete="new-password"
          required
        />
        <ReachChoice />
        {error && <Failed error={error} />}
        <button class="btn primary wide" disabled={busy || !token()}>
          {t('next')}
        </button>
      </form>
    </Frame>
  );
}

export function Join() {
  const [totp, setTotp] = useState<TotpSetup | null>(null);
  const { busy, error, act } = useAct();
  if (totp) return <ConfirmCode totp={totp} path="/join/confirm" />;
  const submit = (event: Event) => {
    const { password } = formValues(event);
    void act(async () => setTotp(await post<TotpSetup>('/join', { token: token(), password })));
  };
  return (
    <Frame title={t('join_title')} lead={token() ? t('join_lead') : t('setup_no_token')}>
      <form onSubmit={submit}>
        <Field
          label={t('password')}
          name="password"
          type="password"
          hint={t('setup_password_hint')}
          autocomplete="new-password"
          required
        />
        {error && <Failed error={error} />}
        <button class="btn primary wide" disabled={busy || !token()}>
          {t('next')}
        </button>
      </form>
    </Frame>
  );
}

function ConfirmCode({ totp, path }: { totp: TotpSetup; path: string }) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { code } = formValues(event);
    void act(async () => {
      await post(path, { token: token(), code });
      await loadSession();
      go('/c/', true);
    });
  };
  return (
    <Frame title={t('totp_title')} lead={t('totp_lead')}>
      <Qr bits={totp.totp_qr} label={t('totp_qr')} />
      <p class="mute">{t('totp_manual')}</p>
      <p class="secret">{totp.totp_secret.replace(/(.{4})/g, '$1 ')}</p>
      <form onSubmit={submit}>
        <Field label={t('code')} name="code" autocomplete="one-time-code" inputMode="numeric" required />
        {error && <Failed error={error} />}
        <button class="btn primary wide" disabled={busy}>
          {t('totp_confirm')}
        </button>
      </form>
    </Frame>
  );
}
