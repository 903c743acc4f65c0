import { useState } from 'preact/hooks';
import type { AccountRow, Gaps, Page } from '../shapes';
import { checkIcon, Icon, warnIcon } from '../icons';
import { language } from '../messages';
import { encodeQr } from '../qr';
import { dayOf, dayWords } from '../time';
import { get, post, session } from './api';
import { absolute } from './board/links';
import { languageOptions } from './care/access';
import { Languages } from './care/languages';
import { allPlaces, placeOptions } from './households';
import { Failed, Show, useAct, useLoad } from './load';
import { Empty, Field, formValues, Modal, Qr, Select } from './parts';
import { query, route } from './router';
import { Shifts } from './shifts';
import { Teams } from './teams';
import { Transfers } from './transfers';
import { attempt, done } from './toast';
import { t, word } from './words';
import { zonedInstant } from './zoned';
import './people.css';

export const roles = [
  'worker',
  'deputy',
  'cadre',
  'grid_head',
  'captain',
  'leader',
  'volunteer',
  'social_worker',
  'property',
  'street',
  'manager',
];
export const roleOptions = (): [string, string][] => roles.map((role) => [role, word('role', role)]);

const tabs = ['accounts', 'shifts', 'teams', 'gaps', 'transfers'] as const;

export function PeoplePage() {
  const tab = tabs.find((name) => name === route.value.query.get('tab')) ?? 'accounts';
  return (
    <main class="page">
      <div class="head">
        <h1>{t('nav_people')}</h1>
        <div class="seg wrap" role="group" aria-label={t('nav_people')}>
          {tabs.map((name) => (
            <button key={name} aria-pressed={tab === name} onClick={() => query({ tab: name })}>
              {t(`tab_${name}`)}
            </button>
          ))}
        </div>
        <p class="end">
          <a class="btn" href="/c/rights">
            {t('rights')}
          </a>
        </p>
      </div>
      {tab === 'accounts' && <Accounts />}
      {tab === 'shifts' && <Shifts />}
      {tab === 'teams' && <Teams />}
      {tab === 'gaps' && <GapLists />}
      {tab === 'transfers' && <Transfers />}
    </main>
  );
}

type Asking = { what: 'invite' } | { what: 'grant' | 'end'; account: AccountRow } | null;
type Grants = AccountRow['grants'];

/** Those of the same role and the same days stand in one line. */
function byRole(grants: Grants): Grants[] {
  const lines = new Map<string, Grants>();
  for (const grant of grants) {
    const key = `${grant.role} ${grant.from.slice(0, 10)} ${grant.until ?? ''}`;
    lines.set(key, [...(lines.get(key) ?? []), grant]);
  }
  return [...lines.values()];
}

function Accounts() {
  const [spoken, setSpoken] = useState('');
  const accounts = useLoad(`accounts-${spoken}`, () =>
    get<Page<AccountRow>>(`/accounts?limit=1000${spoken && `&language=${spoken}`}`),
  );
  const places = useLoad('places', allPlaces);
  const [asking, setAsking] = useState<Asking>(null);
  const options = placeOptions(places.data ?? []);
  const dayIn = (instant: string) => dayWords(dayOf(instant, session.value?.community.zone), language(), false);
  const days = (grant: Grants[number]) =>
    grant.until ? t('from_until', { from: dayIn(grant.from), until: dayIn(grant.until) }) : t('from_on', { from: dayIn(grant.from) });
  const end = async (account: AccountRow, grant: Grants[number]) => {
    if (!(await attempt(() => post(`/grants/${grant.id}/end`)))) return;
    setAsking(null);
    accounts.reload();
    const again = {
      account: account.id,
      role: grant.role,
      ...(grant.place ? { place: grant.place } : {}),
      ...(grant.until ? { until: grant.until } : {}),
    };
    done(t('grant_ended'), () => post('/grants', again).then(accounts.reload));
  };
  return (
    <section class="card">
      <header>
        <h2>{t('tab_accounts')}</h2>
        <span class="end">
          <select class="pick" aria-label={t('languages_filter')} onChange={(event) => setSpoken(event.currentTarget.value)}>
            {languageOptions().map(([key, text]) => (
              <option key={key} value={key === 'cmn' ? '' : key}>
                {key === 'cmn' ? t('languages_filter') : text}
              </option>
            ))}
          </select>{' '}
          <button class="btn primary" onClick={() => setAsking({ what: 'invite' })}>
            {t('invite')}
          </button>
        </span>
      </header>
      <Show of={accounts}>
        {({ rows }) => (
          <ul class="accounts">
            {rows.map((account) => (
              <li key={account.id}>
                <span class="face" aria-hidden="true">
                  {account.name.slice(0, 1)}
                </span>
                <div>
                  <b>{account.name}</b> {account.phone && <a href={`tel:${account.phone}`}>{account.phone}</a>}{' '}
                  {!account.joined && <span class="tag line">{t('account_invited')}</span>}
                  {byRole(account.grants).map((grants) => (
                    <p key={grants[0]!.id}>
                      {word('role', grants[0]!.role)} · {grants.map((grant) => grant.place_name).join(t('list_comma'))} ·{' '}
                      {days(grants[0]!)}
                    </p>
                  ))}
                  <Languages account={account} reload={accounts.reload} />
                </div>
                <span class="acts">
                  <button class="btn" onClick={() => setAsking({ what: 'grant', account })} aria-label={`${t('grant_add')} ${account.name}`}>
                    {t('grant_add')}
                  </button>{' '}
                  {account.grants.length > 0 && (
                    <button class="btn" onClick={() => setAsking({ what: 'end', account })} aria-label={`${t('grant_end')} ${account.name}`}>
                      {t('grant_end')}
                    </button>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Show>
      {asking?.what === 'invite' && <Invite options={options} onClose={() => (setAsking(null), accounts.reload())} />}
      {asking?.what === 'end' && (
        <Modal title={`${t('grant_end')} · ${asking.account.name}`} onClose={() => setAsking(null)}>
          <ul class="lines">
            {asking.account.grants.map((grant) => (
              <li key={grant.id}>
                <span>
                  <b>{word('role', grant.role)}</b> {grant.place_name} <small class="mute">{days(grant)}</small>
                </span>
                <button
                  class="btn end"
                  onClick={() => end(asking.account, grant)}
                  aria-label={`${t('grant_end')} ${word('role', grant.role)} ${grant.place_name}`}
                >
                  {t('grant_end')}
                </button>
              </li>
            ))}
          </ul>
        </Modal>
      )}
      {asking?.what === 'grant' && (
        <Grant
          account={asking.account}
          options={options}
          onClose={() => setAsking(null)}
          onDone={() => {
            setAsking(null);
            accounts.reload();
          }}
        />
      )}
    </section>
  );
}

function Invite({ options, onClose }: { options: [string, string][]; onClose: () => void }) {
  const [url, setUrl] = useState<string | null>(null);
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { name, login, phone, role, place } = formValues(event);
    const asked = { name, login, role, ...(phone ? { phone } : {}), ...(place ? { place } : {}) };
    void act(async () => setUrl(absolute((await post<{ url: string }>('/invitations', asked)).url)));
  };
  return (
    <Modal title={t('invite')} onClose={onClose}>
      {url ? (
        <div class="newlink">
          {session.value?.reach === 'desk' ? (
            <p>{t('invite_here')}</p>
          ) : (
            <>
              <p>{t('invite_scan')}</p>
              <Qr bits={encodeQr(url)} label={t('invite_qr')} />
            </>
          )}
          <input class="pick" readOnly value={url} aria-label={t('link_address')} />
        </div>
      ) : (
        <form onSubmit={submit}>
          <Field label={t('name')} name="name" required />
          <Field label={t('login')} name="login" hint={t('setup_login_hint')} required />
          <Field label={t('phone')} name="phone" type="tel" inputMode="tel" />
          <Select label={t('role')} name="role" value="worker" options={roleOptions()} />
          <Select label={t('place')} name="place" options={options} />
          {error && <Failed error={error} />}
          <button class="btn primary" disabled={busy}>
            {t('invite_make')}
          </button>
        </form>
      )}
    </Modal>
  );
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

function Grant({
  account,
  options,
  onClose,
  onDone,
}: {
  account: AccountRow;
  options: [string, string][];
  onClose: () => void;
  onDone: () => void;
}) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { role, place, from, until } = formValues(event);
    void act(async () => {
      const { zone } = session.value!.community;
      const midnight = (day: string) => zonedInstant(day, '00:00', zone);
      await post('/grants', {
        account: account.id,
        role,
        ...(place ? { place } : {}),
        // A role that begins today begins now, not at a midnight that is over.
        ...(from && from > session.value!.today ? { from: midnight(from) } : {}),
        // Until a day means: that day is the last one.
        ...(until ? { until: midnight(dayAfter(until)) } : {}),
      });
      onDone();
    });
  };
  return (
    <Modal title={`${t('grant_add')} · ${account.name}`} onClose={onClose}>
      <form onSubmit={submit}>
        <Select label={t('role')} name="role" value="worker" options={roleOptions()} />
        <Select label={t('place')} name="place" options={options} />
        <Field label={t('from')} name="from" type="date" value={session.value?.today ?? ''} required />
        <Field label={t('until_day')} name="until" type="date" hint={t('until_hint')} />
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('save')}
        </button>
      </form>
    </Modal>
  );
}

/** What is missing, with the way to mend it beside each line. */
function GapLists() {
  const gaps = useLoad('gaps', () => get<Gaps>('/gaps'));
  return (
    <Show of={gaps}>
      {(data) => (
        <div class="two">
          <section class="card">
            <header>
              <h2>{t('staffing')}</h2>
              <span class="end">{t('staffing_rule')}</span>
            </header>
            <ul class="lines">
              {data.grids.map((grid) => (
                <li key={grid.id}>
                  <b>{grid.name}</b>
                  <span>{t('staffing_line', { head: grid.head, cadres: grid.cadres, members: grid.members })}</span>
                  <span class={grid.state === 'red' ? 'tag over' : 'tag safe'}>
                    <Icon path={grid.state === 'red' ? warnIcon : checkIcon} />
                    {t(grid.state === 'red' ? 'short_of_staff' : 'staffed')}
                  </span>
                </li>
              ))}
            </ul>
          </section>
          <section class="card">
            <header>
              <h2>{t('gap_buildings')}</h2>
              <span class="end">{t('buildings_n', { n: data.buildings_in_no_grid.length })}</span>
            </header>
            {data.buildings_in_no_grid.length === 0 && <Empty text={t('gap_buildings_none')} />}
            <ul class="lines">
              {data.buildings_in_no_grid.map((building) => (
                <li key={building.id}>
                  <b>{building.name}</b>
                  <a class="btn" href="/c/places" aria-label={`${t('assign')} ${building.name}`}>
                    {t('assign')}
                  </a>
                </li>
              ))}
            </ul>
          </section>
          <section class="card">
            <header>
              <h2>{t('gap_teams')}</h2>
              <span class="end">{t('buildings_n', { n: data.buildings_without_team.length })}</span>
            </header>
            {data.buildings_without_team.length === 0 ? (
              <Empty text={t('gap_teams_none')} />
            ) : (
              <p class="pad">
                {data.buildings_without_team.map((building) => building.name).join(t('list_comma'))}{' '}
                <a class="btn" href="/c/people?tab=teams">
                  {t('assign')}
                </a>
              </p>
            )}
          </section>
          <section class="card">
            <header>
              <h2>{t('gap_workers')}</h2>
              <span class="end">{t('households_n', { n: data.without_worker })}</span>
            </header>
            {data.households_without_worker.length === 0 && <Empty text={t('gap_workers_none')} />}
            <ul class="lines">
              {data.households_without_worker.slice(0, 100).map((household) => (
                <li key={household.id}>
                  <b>{household.door}</b>
                  <a
                    class="btn"
                    href={`/c/board?d=${household.dwelling}`}
                    aria-label={`${t('open_door')} ${household.door}`}
                  >
                    {t('open_door')}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        </div>
      )}
    </Show>
  );
}
