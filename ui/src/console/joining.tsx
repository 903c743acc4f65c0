import { useState } from 'preact/hooks';
import type { TotpSetup } from '../shapes';
import { post } from './api';
import { Failed, useAct } from './load';
import { Field, formValues, Qr } from './parts';
import { ReachChoice } from './reach_choice';
import { go } from './router';
import { Frame, loadSession } from './signin';
import { t } from './words';

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
