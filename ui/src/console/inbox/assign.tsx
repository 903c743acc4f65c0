import type { AccountRow, Page } from '../../shapes';
import { get, post } from '../api';
import { Failed, useAct, useLoad } from '../load';
import { formValues, Modal, Select } from '../parts';
import { done } from '../toast';
import { t } from '../words';

/** Gives what is owed to somebody who is on shift. */
export function Assign({ duty, title, onClose }: { duty: string; title: string; onClose: () => void }) {
  const accounts = useLoad('accounts', async () => (await get<Page<AccountRow>>('/accounts?limit=1000')).rows);
  const { busy, error, act } = useAct();
  return (
    <Modal title={`${t('do_assign')} · ${title}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          const fields = formValues(event);
          void act(async () => {
            await post(`/duties/${duty}/assign`, fields);
            done(t('did_accept'));
            onClose();
          });
        }}
      >
        <Select
          label={t('duty_to')}
          name="account"
          options={(accounts.data ?? []).map((one) => [one.id, one.name])}
        />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('do_assign')}
        </button>
      </form>
    </Modal>
  );
}
