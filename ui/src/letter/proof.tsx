import { useState } from 'preact/hooks';
import { deviceWords } from '../device';
import { say, type LetterKey } from '../messages';

const t = (key: LetterKey): string => say(key);

/** A second device says that it opened the address. By a press: what chat apps fetch ahead presses nothing. */
export function Proof() {
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    const answer = await fetch('/api/v1/reach/open', {
      method: 'POST',
      cache: 'no-store',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', 'X-Doorstep': '1' },
      body: JSON.stringify({ token: location.hash.slice(1), origin: location.origin, device: deviceWords(), desk: false }),
    })
      .then(async (response) => [response.ok, await response.json()] as const)
      .catch(() => [false, { code: 'proof_failed' }] as const);
    setSaid(answer[0] ? 'proof_done' : String(answer[1].code));
    setBusy(false);
  };
  const done = said === 'proof_done';
  return (
    <>
      <h1>{t('proof_title')}</h1>
      <p>{t('proof_lead')}</p>
      {said && (
        <p class={`verdict ${done ? 'yes' : 'no'}`} role={done ? 'status' : 'alert'}>
          {say(said)}
        </p>
      )}
      {!done && (
        <p class="do">
          <button class="btn primary" disabled={busy} onClick={press}>
            {t('proof_press')}
          </button>
        </p>
      )}
    </>
  );
}
