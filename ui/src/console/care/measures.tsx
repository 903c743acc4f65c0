import { useState } from 'preact/hooks';
import type { AccountRow, Control, HouseholdDetail, Page } from '../../shapes';
import { language } from '../../messages';
import { dayWords } from '../../time';
import { get, post, session } from '../api';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty, Modal, Select, formValues } from '../parts';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { PickHousehold } from './pick';

export const lights = ['group', 'supplies', 'report', 'labels'] as const;
const kinds: Control['kind'][] = ['door_label', 'ledger_label', 'sensor'];
const professions = ['doctor', 'police', 'community_worker', 'counsellor', 'other'] as const;
const day = (iso: string): string => dayWords(iso, language(), false);

interface Props {
  household: HouseholdDetail;
  reload: () => void;
}

/** What an order brings: four lights, what hangs at the door, and who stands for them together. */
export function Measures({ household, reload }: Props) {
  const { lights: on } = household;
  return (
    <>
      {on && (
        <>
          <h3>{t('lights')}</h3>
          <ul class="tags lights">
            {lights.map((light) => (
              <li key={light} class={on[light] ? 'tag safe' : 'tag over'}>
                {word('light', light)} {t(on[light] ? 'light_on' : 'light_off')}
              </li>
            ))}
          </ul>
          {!on.group && (
            <button
              class="btn"
              onClick={async () => {
                await attempt(() => post('/group/join', { household: household.id }), t('group_joined'));
                reload();
              }}
            >
              {t('group_join_for')}
            </button>
          )}
        </>
      )}
      {(household.observation?.ordered || (household.controls ?? []).length > 0) && (
        <Controls household={household} reload={reload} />
      )}
      {household.observation?.ordered && (
        <p class="acts">
          <a class="btn" href={`/c/suspicions?h=${household.id}`}>
            {t('susp')}
          </a>
        </p>
      )}
      <Joint household={household} reload={reload} />
    </>
  );
}

function Controls({ household, reload }: Props) {
  const standing = household.controls ?? [];
  const act = async (path: string, said: string, body: object = {}) => {
    await attempt(() => post(path, body), said);
    reload();
  };
  const missing = kinds.filter((kind) => !standing.some((one) => one.kind === kind));
  return (
    <>
      <h3>{t('controls')}</h3>
      {standing.map((one) => (
        <div class="row" key={one.id}>
          <span>
            {word('control', one.kind)} <span class={one.state === 'posted' ? 'tag safe' : 'tag over'}>{word('control_state', one.state)}</span>
            <br />
            <small>
              {one.code} · {t('control_until', { day: day(one.until_on) })}
            </small>
          </span>
          <span class="acts">
            {one.state === 'printed' && (
              <button
                class="btn"
                aria-label={`${t('control_post')} ${word('control', one.kind)}`}
                onClick={() => act(`/controls/${one.id}/post`, t('control_posted'))}
              >
                {t('control_post')}
              </button>
            )}
            <button
              class="btn"
              aria-label={`${t('control_remove')} ${word('control', one.kind)}`}
              onClick={() => act(`/controls/${one.id}/remove`, t('control_removed'))}
            >
              {t('control_remove')}
            </button>
          </span>
        </div>
      ))}
      {household.observation?.ordered && missing.length > 0 && (
        <p class="acts">
          {missing.map((kind) => (
            <button
              key={kind}
              class="btn"
              onClick={() => act(`/households/${household.id}/controls`, t('saved'), { kind })}
            >
              {t('control_make', { what: word('control', kind) })}
            </button>
          ))}
        </p>
      )}
      {standing.some((one) => one.kind !== 'sensor') && (
        <p class="acts">
          <a class="btn" href={`/c/labels?h=${household.id}`}>
            {t('labels_print')}
          </a>
        </p>
      )}
    </>
  );
}

function Joint({ household, reload }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <h3>{t('joint')}</h3>
      {household.joint.map((one) => (
        <div class="row" key={one.id}>
          <span>
            {word('profession', one.profession)} <b>{one.name}</b> {one.phone}
          </span>
          <button
            class="btn"
            aria-label={`${t('joint_end')} ${one.name}`}
            onClick={async () => {
              await attempt(() => post(`/joint/${one.id}/end`), t('saved'));
              reload();
            }}
          >
            {t('joint_end')}
          </button>
        </div>
      ))}
      <p class="acts">
        <button class="btn" onClick={() => setOpen(true)}>
          {t('joint_add')}
        </button>
        <a class="btn" href={`/c/timeline?h=${household.id}`}>
          {t('timeline')}
        </a>
      </p>
      {open && (
        <JointForm
          household={household.id}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            reload();
          }}
        />
      )}
    </>
  );
}

function JointForm({ household, onClose, onDone }: { household: string; onClose: () => void; onDone: () => void }) {
  const accounts = useLoad('accounts', () => get<Page<AccountRow>>('/accounts?limit=1000'));
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { account, profession } = formValues(event);
    void act(async () => {
      await post(`/households/${household}/joint`, { account, profession });
      done(t('saved'));
      onDone();
    });
  };
  return (
    <Modal title={t('joint_add')} onClose={onClose}>
      <Show of={accounts}>
        {({ rows }) => (
          <form onSubmit={submit}>
            <p>{t('joint_lead')}</p>
            <Select label={t('joint_who')} name="account" options={rows.map(({ id, name }): [string, string] => [id, name])} />
            <Select
              label={t('joint_as')}
              name="profession"
              options={professions.map((one): [string, string] => [one, word('profession', one)])}
            />
            {error && <Failed error={error} />}
            <button class="btn primary" disabled={busy}>
              {t('save')}
            </button>
          </form>
        )}
      </Show>
    </Modal>
  );
}

/** One label to a page: at the door and in the ledger hang the same words under different codes. */
export function LabelsPage({ household }: { household: string | null }) {
  return <main class="page">{household ? <Labels household={household} /> : <PickHousehold />}</main>;
}

function Labels({ household }: { household: string }) {
  const found = useLoad(`labels ${household}`, async () => {
    const line = await get<{ door?: string; dwelling: string }>(`/households/${household}/timeline`);
    const { households } = await get<{ households: HouseholdDetail[] }>(`/dwellings/${line.dwelling}`);
    return { door: line.door ?? '', of: households.find((one) => one.id === household)! };
  });
  return (
    <>
      <div class="head noprint">
        <h1>{t('labels')}</h1>
        <p class="end">
          <button class="btn primary" onClick={() => print()}>
            {t('labels_print')}
          </button>
        </p>
      </div>
      <Show of={found}>
        {({ door, of }) => (
          <>
            {!(of.controls ?? []).some((one) => one.kind !== 'sensor') && <Empty text={t('labels_none')} />}
            {(of.controls ?? [])
              .filter((one) => one.kind !== 'sensor')
              .map((one) => (
                <article class="card pad label" key={one.id}>
                  <p class="mute">{session.value?.community.name}</p>
                  <h2>{t('label_title')}</h2>
                  <p>
                    <b>{door}</b>
                  </p>
                  <p>{t('control_until', { day: day(one.until_on) })}</p>
                  <p>{t('label_help')}</p>
                  <p>
                    <small>
                      {word('control', one.kind)} {one.code}
                    </small>
                  </p>
                </article>
              ))}
          </>
        )}
      </Show>
    </>
  );
}
