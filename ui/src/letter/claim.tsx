import { useEffect, useState } from 'preact/hooks';
import { say, type LetterKey, type Values } from '../messages';
import { uuid7 } from '../uuid7';

const t = (key: LetterKey, values?: Values): string => say(key, values);

/**
 * The link that stands in a building's chat group. It knows nobody: only the code of a household's own slip opens that
 * household's page, and no door and no name is shown before or after.
 */
export function Claim() {
  const [code, setCode] = useState('');
  const [said, setSaid] = useState('');
  const [url, setUrl] = useState('');
  const [busy, setBusy] = useState(false);
  // The same try again, where no answer came, makes no second link.
  const [key, setKey] = useState(uuid7);
  useEffect(() => {
    document.title = t('claim_title');
  }, []);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const [ok, answer] = await fetch('/api/v1/claims', {
      method: 'POST',
      cache: 'no-store',
      credentials: 'omit',
      headers: { 'Content-Type': 'application/json', 'X-Doorstep': '1', 'Idempotency-Key': key },
      body: JSON.stringify({ token: location.hash.slice(1), code }),
    })
      .then(async (response) => [response.ok, await response.json()] as const)
      .catch(() => [false, { code: 'claim_failed' }] as const);
    setBusy(false);
    if (ok) return setUrl(new URL(answer.url, location.origin).pathname);
    if (answer.code !== 'claim_failed') setKey(uuid7());
    setSaid(String(answer.code));
  };
  if (url)
    return (
      <>
        <h1>{t('claim_done')}</h1>
        <p>{t('claim_keep')}</p>
        <p class="do">
          <a class="btn primary" href={url}>
            {t('claim_open')}
          </a>
        </p>
      </>
    );
  return (
    <form onSubmit={submit}>
      <h1>{t('claim_title')}</h1>
      <p>{t('claim_lead')}</p>
      <label for="code">{t('claim_code')}</label>
      <input
        id="code"
        name="code"
        autocomplete="off"
        autocapitalize="characters"
        maxLength={12}
        placeholder="4K7D-M2XQ"
        value={code}
        onInput={(event) => setCode(event.currentTarget.value)}
        required
      />
      {said && (
        <p class="verdict no" role="alert">
          {say(said)}
        </p>
      )}
      <p class="do">
        <button class="btn primary" disabled={busy}>
          {t('claim_press')}
        </button>
      </p>
      <p class="mute">{t('claim_other')}</p>
    </form>
  );
}
