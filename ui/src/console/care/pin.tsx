import { useEffect } from 'preact/hooks';
import { locked, post, remove, session } from '../api';
import { setSignedIn } from '../live';
import { Failed, useAct } from '../load';
import { Field, formValues, Select } from '../parts';
import { loadSession } from '../signin';
import { done } from '../toast';
import { t } from '../words';

/** How long this device stays awake without a touch. The server decides; this says when to ask. */
const kept = (): number => Number(localStorage.pin ?? 0);
const keep = (minutes: number): void => {
  if (minutes) localStorage.pin = String(minutes);
  else localStorage.removeItem('pin');
};

let touched = Date.now();
let told = Date.now();
let watching = false;

function sleep(): void {
  void post('/session/awake', { awake: false }).catch(() => undefined);
  locked.value = true;
  session.value = null;
  setSignedIn(false);
}

function touch(): void {
  const minutes = kept();
  if (!minutes || !session.value) return;
  const at = Date.now();
  if (at - touched > minutes * 60_000) return sleep();
  touched = at;
  if (at - told < (minutes * 60_000) / 4) return;
  told = at;
  void post('/session/awake', { awake: true }).catch(() => undefined);
}

/** From here on a touch keeps this device awake, and none puts it to sleep. What a page asks by itself does not count. */
export function watchTouches(): void {
  touched = told = Date.now();
  if (watching) return;
  watching = true;
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, touch, { passive: true, capture: true });
  const look = () => {
    const minutes = kept();
    if (minutes && session.value && Date.now() - touched > minutes * 60_000) sleep();
  };
  setInterval(look, 5_000);
  document.addEventListener('visibilitychange', look);
}

/** Where this device has a PIN from before. */
export function PinWatch() {
  useEffect(watchTouches, []);
  return null;
}

/** The PIN of this device, set where one is signed in. */
export function SetPin({ has, reload }: { has: boolean; reload: () => void }) {
  const { busy, error, act } = useAct();
  const set = (event: Event) => {
    const form = event.currentTarget as HTMLFormElement;
    const { pin, minutes } = formValues(event);
    void act(async () => {
      await post('/session/pin', { pin, minutes: Number(minutes) });
      keep(Number(minutes));
      watchTouches();
      form.reset();
      done(t('pin_set_done'));
      reload();
    });
  };
  const drop = () =>
    act(async () => {
      await post('/session/pin', {});
      keep(0);
      done(t('pin_dropped'));
      reload();
    });
  return (
    <section class="card pad">
      <h2>{t('pin')}</h2>
      <p class="mute">{t(has ? 'pin_lead_has' : 'pin_lead')}</p>
      <form onSubmit={set}>
        <Field
          label={t('pin_six')}
          name="pin"
          type="password"
          inputMode="numeric"
          pattern="[0-9]{6}"
          maxLength={6}
          autocomplete="new-password"
          required
        />
        <Select
          label={t('pin_after')}
          name="minutes"
          options={[2, 5, 15].map((n) => [String(n), t('age_minutes', { n })])}
        />
        {error && <Failed error={error} />}
        <button class="btn" disabled={busy}>
          {t(has ? 'pin_change' : 'pin_set')}
        </button>{' '}
        {has && (
          <button type="button" class="btn" disabled={busy} onClick={drop}>
            {t('pin_drop')}
          </button>
        )}
      </form>
    </section>
  );
}

/** Instead of any page, while the session sleeps. */
export function PinPage() {
  const { busy, error, act } = useAct();
  const unlock = (event: Event) => {
    const form = event.currentTarget as HTMLFormElement;
    const { pin } = formValues(event);
    void act(async () => {
      try {
        keep((await post<{ minutes: number }>('/session/unlock', { pin })).minutes);
      } finally {
        form.reset();
      }
      locked.value = false;
      watchTouches();
      await loadSession();
    });
  };
  const leave = () =>
    act(async () => {
      await remove('/session');
      locked.value = false;
    });
  return (
    <main class="gate">
      <div class="card">
        <h1>{t('pin_title')}</h1>
        <p class="mute">{t('pin_title_lead')}</p>
        <form onSubmit={unlock}>
          <Field
            label={t('pin_six')}
            name="pin"
            type="password"
            inputMode="numeric"
            pattern="[0-9]{6}"
            maxLength={6}
            autocomplete="off"
            required
          />
          {error && <Failed error={error} />}
          <button class="btn primary wide" disabled={busy}>
            {t('pin_unlock')}
          </button>
        </form>
        <p>
          <button class="btn quiet" disabled={busy} onClick={leave}>
            {t('sign_out')}
          </button>
        </p>
      </div>
    </main>
  );
}
