import { useEffect, useState } from 'preact/hooks';
import { encodeQr } from '../../qr';
import { post, type ApiError } from '../api';
import { now } from '../clock';
import { Failed, useAct } from '../load';
import { Field, formValues, Qr } from '../parts';
import { go } from '../router';
import { loadSession } from '../signin';
import { t } from '../words';
import './phone.css';

interface Begun {
  token: string;
  url: string;
  ends_at: string;
}
interface Watched {
  state: 'waiting' | 'claimed' | 'confirmed' | 'over';
  device: string;
  entered: boolean;
}

/** Asks until `work` says that it is enough, or the part is gone. */
function usePolling(work: () => Promise<boolean>, every: number, on: unknown): void {
  useEffect(() => {
    if (!on) return;
    let timer = 0;
    let over = false;
    const turn = async () => {
      if (await work().catch(() => false)) return;
      if (!over) timer = window.setTimeout(turn, every);
    };
    timer = window.setTimeout(turn, every);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [on]);
}

/** At the desk: a code for one's own phone, and the number that the phone then shows. */
export function AddPhone({ reload }: { reload: () => void }) {
  const [begun, setBegun] = useState<Begun | null>(null);
  const [seen, setSeen] = useState<Watched>({ state: 'waiting', device: '', entered: false });
  const { busy, error, act } = useAct();
  const begin = () =>
    act(async () => {
      setSeen({ state: 'waiting', device: '', entered: false });
      setBegun(await post<Begun>('/session/phone'));
    });
  usePolling(
    async () => {
      const next = await post<Watched>('/session/phone/watch', { token: begun!.token });
      setSeen(next);
      // The phone asks in its own time whether it may enter: until then it stands in no list.
      if (next.entered) reload();
      return next.entered || next.state === 'over';
    },
    1500,
    begun,
  );
  const confirm = (event: Event) => {
    const { number } = formValues(event);
    void act(async () => {
      await post('/session/phone/confirm', { token: begun!.token, number: Number(number) });
      setSeen({ ...seen, state: 'confirmed' });
    });
  };
  const left = begun ? Math.max(0, Math.ceil((Date.parse(begun.ends_at) - now.value) / 1000)) : 0;
  const shows = begun && seen.state !== 'confirmed' && seen.state !== 'over' && left > 0;
  return (
    <section class="card pad">
      <h2>{t('me_phone')}</h2>
      <p class="mute">{t('me_phone_lead')}</p>
      {shows && seen.state === 'waiting' && (
        <>
          <Qr bits={encodeQr(begun.url)} label={t('me_phone_qr')} />
          <p role="status">{t('me_phone_left', { n: left })}</p>
        </>
      )}
      {shows && seen.state === 'claimed' && (
        <form onSubmit={confirm}>
          <p role="status">{t('me_phone_claimed', { device: seen.device || t('me_device_unknown') })}</p>
          <Field
            label={t('me_phone_number')}
            name="number"
            hint={t('me_phone_number_hint')}
            inputMode="numeric"
            pattern="[0-9]{3}"
            maxLength={3}
            autocomplete="off"
            required
          />
          <button class="btn primary" disabled={busy}>
            {t('me_phone_confirm')}
          </button>
        </form>
      )}
      {begun && seen.state === 'confirmed' && <p role="status">{t('me_phone_done')}</p>}
      {begun && !shows && seen.state !== 'confirmed' && <p role="status">{t('me_phone_over')}</p>}
      {error && <Failed error={error} />}
      {!shows && (
        <button class="btn" disabled={busy} onClick={begin}>
          {t('me_phone_begin')}
        </button>
      )}
    </section>
  );
}

/** On the phone: the number to be typed at the desk, until the desk has. The code stands behind the `#` and is used up. */
export function PhonePage() {
  const [number, setNumber] = useState(0);
  const [claim, setClaim] = useState('');
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    const token = location.hash.slice(1);
    // Nobody who looks at this phone later finds the code in its history.
    history.replaceState(null, '', location.pathname);
    post<{ claim: string; number: number }>('/session/phone/claim', { token, device: navigator.userAgent }).then(
      (made) => {
        setNumber(made.number);
        setClaim(made.claim);
      },
      setError,
    );
  }, []);
  usePolling(
    async () => {
      try {
        if (!(await post<{ ok: boolean }>('/session/phone/enter', { claim })).ok) return false;
      } catch (thrown) {
        const refused = thrown as ApiError;
        if (refused.status === 0 || refused.status >= 429) return false;
        setError(refused);
        return true;
      }
      await loadSession();
      go('/c/', true);
      return true;
    },
    1500,
    claim,
  );
  return (
    <main class="gate">
      <div class="card">
        <h1>{t('phone_title')}</h1>
        {error ? (
          <>
            <Failed error={error} />
            <p class="mute">{t('phone_again')}</p>
          </>
        ) : (
          <>
            <p class="mute">{t('phone_lead')}</p>
            <p class="secret big" role="status">
              {number || ''}
            </p>
          </>
        )}
      </div>
    </main>
  );
}
