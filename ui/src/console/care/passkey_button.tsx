import { Failed, useAct } from '../load';
import { hasPasskeys, signInWithPasskey, unlessClosed } from '../passkeys';
import { loadSession } from '../signin';
import { t } from '../words';

/** Offered where the browser has passkeys at all. */
export function PasskeyButton() {
  const { busy, error, act } = useAct();
  if (!hasPasskeys()) return null;
  const enter = () =>
    act(async () => {
      if (await unlessClosed(signInWithPasskey)) await loadSession();
    });
  return (
    <>
      {error && <Failed error={error} />}
      <p>
        <button class="btn wide" disabled={busy} onClick={enter}>
          {t('me_passkey_sign_in')}
        </button>
      </p>
    </>
  );
}
