import type { CallRound, OnCall } from '../../shapes';
import { get, post, session } from '../api';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty, Modal } from '../parts';
import { done } from '../toast';
import { t, word } from '../words';

interface Props {
  owners: CallRound['owners'];
  onClose: () => void;
  onDone: () => void;
}

/** My calls that are left, split among who is on duty: each gets a run of neighbouring doors. */
export function ShareCalls({ owners, onClose, onDone }: Props) {
  const onCall = useLoad('on-call', () => get<{ rows: OnCall[] }>('/on-call'));
  const { busy, error, act } = useAct();
  const me = session.value!.account;
  const left = (account: string) => owners.find((owner) => owner.account === account)?.left ?? 0;
  const submit = (event: Event) => {
    event.preventDefault();
    const accounts = new FormData(event.currentTarget as HTMLFormElement).getAll('account');
    void act(async () => {
      const { given } = await post<{ given: { calls: number }[] }>('/call-round/share', { accounts });
      done(t('calls_shared', { n: given.reduce((sum, one) => sum + one.calls, 0) }));
      onDone();
    });
  };
  return (
    <Modal title={t('calls_share')} onClose={onClose}>
      <p class="mute">{t('calls_share_lead', { n: left(me.id) })}</p>
      <Show of={onCall}>
        {({ rows }) => {
          const people = rows.filter((row, i) => rows.findIndex((one) => one.account === row.account) === i);
          const others = people.filter((row) => row.account !== me.id);
          return others.length === 0 ? (
            <Empty text={t('on_call_none')} />
          ) : (
            <form onSubmit={submit}>
              <Person id={me.id} name={me.name} left={left(me.id)} />
              {others.map((row) => (
                <Person
                  key={row.account}
                  id={row.account}
                  name={`${row.name} · ${word('role', row.role)}`}
                  left={left(row.account)}
                />
              ))}
              {error && <Failed error={error} />}
              <button class="btn primary" disabled={busy}>
                {t('calls_share')}
              </button>
            </form>
          );
        }}
      </Show>
    </Modal>
  );
}

const Person = ({ id, name, left }: { id: string; name: string; left: number }) => (
  <label class="check">
    <input type="checkbox" name="account" value={id} defaultChecked />
    {name} <span class="mute">{t('left_n', { n: left })}</span>
  </label>
);
