import { useState } from 'preact/hooks';
import type { GroupQueue, GroupRow, LoanRow, Stock, SupplyLevels } from '../../shapes';
import { get, post } from '../api';
import { at } from '../clock';
import { Show, useLoad } from '../load';
import { Empty, Field, Select } from '../parts';
import { route, query } from '../router';
import { attempt } from '../toast';
import { t, word } from '../words';
import { Ask } from './ask';
import { Learn } from './learn';
import { Shops } from './shops';
import { Vocabulary } from './vocabulary';

const views = ['groups', 'food', 'loans', 'shops', 'learn', 'words'] as const;
type View = (typeof views)[number];

/** What surrounds an order: the four groups, food at home and kits, loans, shops, menus and learning to order, and its own words. */
export function Page() {
  const view: View = views.find((one) => one === route.value.query.get('view')) ?? 'groups';
  return (
    <main class="page">
      <div class="head">
        <h1>{t('help')}</h1>
        <div class="seg wrap" role="group" aria-label={t('help')}>
          {views.map((one) => (
            <button key={one} aria-pressed={one === view} onClick={() => query({ view: one, group: null })}>
              {t(`help_${one}`)}
            </button>
          ))}
        </div>
      </div>
      {view === 'groups' && <Groups />}
      {view === 'food' && <Food />}
      {view === 'loans' && <Loans />}
      {view === 'shops' && <Shops />}
      {view === 'learn' && <Learn />}
      {view === 'words' && <Vocabulary />}
    </main>
  );
}

function Groups() {
  const list = useLoad('groups', async () => (await get<{ rows: GroupRow[] }>('/groups')).rows);
  const people = useLoad('accounts', async () => (await get<{ rows: { id: string; name: string }[] }>('/accounts?limit=1000')).rows);
  const [naming, setNaming] = useState<GroupRow | null>(null);
  const chosen = route.value.query.get('group');
  return (
    <>
      <Show of={list}>
        {(rows) => (
          <div class="tiles">
            {rows.map((row) => (
              <section key={row.key} class="card pad">
                <h2>{row.label}</h2>
                <p>
                  {row.gap ? <span class="tag alarm">{t('help_no_lead')}</span> : <b>{row.lead_name}</b>}{' '}
                  <button class="btn small" onClick={() => setNaming(row)} aria-label={`${t('help_lead')} ${row.label}`}>
                    {t('help_lead')}
                  </button>
                </p>
                <p>
                  <button class="btn" aria-pressed={row.key === chosen} onClick={() => query({ group: row.key })}>
                    {t('help_queue', { n: row.open })}
                  </button>{' '}
                  {row.late > 0 && <span class="tag due">{t('help_late', { n: row.late })}</span>}
                </p>
              </section>
            ))}
          </div>
        )}
      </Show>
      {chosen && <Queue key={chosen} group={chosen} />}
      {naming && (
        <Ask
          title={`${t('help_lead')} · ${naming.label}`}
          onClose={() => {
            setNaming(null);
            list.reload();
          }}
          send={({ account }) => post(`/groups/${naming.key}/lead`, { account })}
        >
          <Select label={t('help_who')} name="account" options={(people.data ?? []).map((one) => [one.id, one.name])} />
        </Ask>
      )}
    </>
  );
}

function Queue({ group }: { group: string }) {
  const queue = useLoad(`queue ${group}`, () => get<GroupQueue>(`/groups/${group}/queue`));
  return (
    <Show of={queue}>
      {(data) =>
        data.rows.length ? (
          <section class="card" aria-label={data.label}>
            <ul class="lines">
              {data.rows.map((row) => (
                <li key={row.duty}>
                  <span class="mute">{at(row.due)}</span> <b>{row.door || word('kind', row.kind)}</b>{' '}
                  {row.service && <span class="tag line">{word('service', row.service)}</span>} <span>{row.owner_name}</span>{' '}
                  {row.kind === 'need' && (
                    <a class="btn small" href={`/c/inbox?n=${row.subject}`}>
                      {t('help_open')}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ) : (
          <Empty text={t('help_queue_none')} />
        )
      }
    </Show>
  );
}

function Food() {
  const levels = useLoad('supplies', () => get<SupplyLevels>('/supplies'));
  const stock = useLoad('stock', () => get<Stock>('/stock'));
  const [asking, setAsking] = useState<'stock' | 'kit' | ''>('');
  const reload = () => {
    levels.reload();
    stock.reload();
  };
  const issue = (household: string, door: string, kit: string) =>
    attempt(() => post(`/kits/${kit}/issue`, { household }), `${door} ${t('food_issued')}`).then((went) => went && reload());
  const kits = stock.data?.kits ?? [];
  return (
    <>
      <Show of={levels}>
        {(data) => (
          <section class="card pad">
            <h2>{t('food_low', { n: data.days })}</h2>
            <p class="mute">{t('food_never', { n: data.never_asked })}</p>
            {!data.rows.length && <Empty text={t('food_none')} />}
            <ul class="lines">
              {data.rows.map((row) => (
                <li key={row.household}>
                  <b>{row.door}</b> <span class={row.food_days < 2 ? 'tag alarm' : 'tag due'}>{t('food_left_days', { n: row.food_days })}</span>{' '}
                  {row.task && <span>{row.owner_name}</span>}{' '}
                  {kits.map((kit) => (
                    <button key={kit.id} class="btn small" onClick={() => issue(row.household, row.door ?? '', kit.id)} aria-label={`${t('food_issue', { kit: kit.name })} ${row.door}`}>
                      {t('food_issue', { kit: kit.name })}
                    </button>
                  ))}
                </li>
              ))}
            </ul>
          </section>
        )}
      </Show>
      <Show of={stock}>
        {(data) => (
          <section class="card pad">
            <div class="head">
              <h2>{t('food_stock')}</h2>
              <p class="end acts">
                <button class="btn" onClick={() => setAsking('stock')}>
                  {t('food_receive')}
                </button>
                <button class="btn" onClick={() => setAsking('kit')}>
                  {t('food_kit')}
                </button>
              </p>
            </div>
            <ul class="lines">
              {data.items.map((one) => (
                <li key={one.item}>
                  <b>{one.item}</b> {one.in_store} <span class="mute">{t('food_given', { n: one.issued })}</span>
                </li>
              ))}
              {data.kits.map((kit) => (
                <li key={kit.id}>
                  <b>{kit.name}</b> <span class="mute">{kit.parts.join('、')}</span> {t('food_possible', { n: kit.possible })}
                </li>
              ))}
            </ul>
          </section>
        )}
      </Show>
      {asking === 'stock' && (
        <Ask
          title={t('food_receive')}
          onClose={() => {
            setAsking('');
            reload();
          }}
          send={({ item, qty }) => post('/stock', { item, qty: Number(qty) })}
        >
          <Field label={t('food_item')} name="item" required />
          <Field label={t('food_pieces')} name="qty" inputMode="numeric" required />
        </Ask>
      )}
      {asking === 'kit' && (
        <Ask
          title={t('food_kit')}
          onClose={() => {
            setAsking('');
            reload();
          }}
          send={({ name, parts }) => post('/kits', { name, parts: partsOf(parts ?? '') })}
        >
          <Field label={t('food_kit_name')} name="name" required />
          <Field label={t('food_parts')} name="parts" hint={t('food_parts_hint')} required />
        </Ask>
      )}
    </>
  );
}

/** "油1 米1 方便面2": a name and how many. */
const partsOf = (text: string): { item: string; qty: number }[] =>
  text
    .split(/[\s,，、]+/)
    .filter(Boolean)
    .map((one) => {
      const [, item, qty] = /^(.*?)(\d*)$/.exec(one)!;
      return { item: item!.trim(), qty: qty ? Number(qty) : 1 };
    });

function Loans() {
  const list = useLoad('loans', async () => (await get<{ rows: LoanRow[] }>('/loans')).rows);
  const end = (loan: string, lost: boolean) =>
    attempt(() => post(`/loans/${loan}/end`, { lost }), t('help_saved')).then((went) => went && list.reload());
  return (
    <Show of={list}>
      {(rows) =>
        rows.length ? (
          <section class="card">
            <ul class="lines">
              {rows.map((row) => (
                <li key={row.id}>
                  <b>{row.thing}</b> {row.lender} → {row.door} <span class={row.state === 'lent' ? 'tag due' : 'tag line'}>{word('loan', row.state)}</span>{' '}
                  {row.state === 'lent' && (
                    <>
                      <button class="btn small" onClick={() => end(row.id, false)} aria-label={`${t('loan_back')} ${row.thing}`}>
                        {t('loan_back')}
                      </button>{' '}
                      <button class="btn small quiet" onClick={() => end(row.id, true)} aria-label={`${t('loan_lost')} ${row.thing}`}>
                        {t('loan_lost')}
                      </button>
                    </>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ) : (
          <Empty text={t('loan_none')} />
        )
      }
    </Show>
  );
}
