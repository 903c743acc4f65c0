import { useState } from 'preact/hooks';
import type { AccountRow, Language } from '../../shapes';
import { post } from '../api';
import { Failed, useAct } from '../load';
import { Modal } from '../parts';
import { t, word } from '../words';
import { languages } from './access';

/** What a colleague speaks besides Mandarin. */
export function Languages({ account, reload }: { account: AccountRow; reload: () => void }) {
  const [open, setOpen] = useState(false);
  const { busy, error, act } = useAct();
  const save = (event: Event) => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget as HTMLFormElement).getAll('language') as Language[];
    void act(async () => {
      await post(`/accounts/${account.id}/languages`, { languages: chosen });
      setOpen(false);
      reload();
    });
  };
  return (
    <p>
      {account.languages.map((one) => word('lang', one)).join(t('list_comma')) || t('languages_none')}{' '}
      <button class="btn small" onClick={() => setOpen(true)} aria-label={`${t('languages')} ${account.name}`}>
        {t('languages')}
      </button>
      {open && (
        <Modal title={`${t('languages')} · ${account.name}`} onClose={() => setOpen(false)}>
          <form onSubmit={save}>
            {languages
              .filter((one) => one !== 'cmn')
              .map((one) => (
                <label key={one} class="check">
                  <input type="checkbox" name="language" value={one} checked={account.languages.includes(one)} />
                  {word('lang', one)}
                </label>
              ))}
            {error && <Failed error={error} />}
            <button class="btn primary" disabled={busy}>
              {t('save')}
            </button>
          </form>
        </Modal>
      )}
    </p>
  );
}
