import { useState } from 'preact/hooks';
import type { AccountRow, Page, Place, TeamRow } from '../shapes';
import { get, post } from './api';
import { allPlaces } from './households';
import { Failed, Show, useAct, useLoad } from './load';
import { Empty, Field, formValues, Modal, Select } from './parts';
import { done } from './toast';
import { t, word } from './words';

/** Groups of people who take over buildings. */
export function Teams() {
  const teams = useLoad('teams', () => get<{ rows: TeamRow[] }>('/teams'));
  const accounts = useLoad('accounts', () => get<Page<AccountRow>>('/accounts?limit=1000'));
  const places = useLoad('places', allPlaces);
  const [asking, setAsking] = useState<'team' | TeamRow | null>(null);
  const finish = () => {
    setAsking(null);
    teams.reload();
  };
  return (
    <section class="card">
      <header>
        <h2>{t('tab_teams')}</h2>
        <span class="end">
          <button class="btn primary" onClick={() => setAsking('team')}>
            {t('team_add')}
          </button>
        </span>
      </header>
      <Show of={teams}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty text={t('teams_none')} />
          ) : (
            <ul class="lines">
              {rows.map((team) => (
                <li key={team.id}>
                  <b>{team.name}</b>
                  <span>
                    {t('team_leader_is', { name: team.leader.name })} ·{' '}
                    {team.members.map((member) => member.name).join(t('list_comma'))}
                  </span>
                  <span class="mute">{team.buildings.map((building) => building.name).join(t('list_comma'))}</span>
                  <button
                    class="btn"
                    onClick={() => setAsking(team)}
                    aria-label={`${t('team_take')} ${team.name}`}
                  >
                    {t('team_take')}
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Show>
      {asking === 'team' && (
        <AddTeam accounts={accounts.data?.rows ?? []} onClose={() => setAsking(null)} onDone={finish} />
      )}
      {asking && asking !== 'team' && (
        <TakeBuilding team={asking} places={places.data ?? []} onClose={() => setAsking(null)} onDone={finish} />
      )}
    </section>
  );
}

interface AskProps {
  onClose: () => void;
  onDone: () => void;
}

function AddTeam({ accounts, onClose, onDone }: AskProps & { accounts: AccountRow[] }) {
  const [members, setMembers] = useState<string[]>([]);
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { name, leader } = formValues(event);
    void act(async () => {
      await post('/teams', { name, leader, members });
      onDone();
    });
  };
  const toggle = (id: string) =>
    setMembers(members.includes(id) ? members.filter((known) => known !== id) : [...members, id]);
  return (
    <Modal title={t('team_add')} onClose={onClose}>
      <form onSubmit={submit}>
        <Field label={t('name')} name="name" hint={t('team_name_hint')} required />
        <Select label={word('role', 'leader')} name="leader" options={accounts.map(({ id, name }) => [id, name])} />
        <fieldset class="field">
          <legend>{t('team_members')}</legend>
          {accounts.map(({ id, name }) => (
            <label class="check" key={id}>
              <input type="checkbox" checked={members.includes(id)} onChange={() => toggle(id)} />
              {name}
            </label>
          ))}
        </fieldset>
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('save')}
        </button>
      </form>
    </Modal>
  );
}

function TakeBuilding({ team, places, onClose, onDone }: AskProps & { team: TeamRow; places: Place[] }) {
  const { busy, error, act } = useAct();
  const options = places
    .filter(({ kind }) => kind === 'building')
    .map(({ id, name }): [string, string] => [id, name]);
  const submit = (event: Event) => {
    const { place } = formValues(event);
    void act(async () => {
      await post(`/teams/${team.id}/buildings`, { place });
      done(t('team_took'));
      onDone();
    });
  };
  return (
    <Modal title={`${t('team_take')} · ${team.name}`} onClose={onClose}>
      <form onSubmit={submit}>
        <Select label={t('place_building')} name="place" options={options} />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('save')}
        </button>
      </form>
    </Modal>
  );
}
