import type { ComponentChildren } from 'preact';
import type { Closing, ClosingRow, Page } from '../shapes';
import { language } from '../messages';
import { dayWords } from '../time';
import { get, post } from './api';
import { at } from './clock';
import { Show, useLoad } from './load';
import { Empty } from './parts';
import { go, route } from './router';
import { attempt } from './toast';
import { t, word } from './words';

/** The closing sheets: the newest, or the one that the address names. */
export function ClosingPage() {
  const list = useLoad('closings', () => get<Page<ClosingRow>>('/closings?limit=60'));
  const asked = route.value.query.get('sheet');
  const make = async () => {
    await attempt(async () => {
      const { id } = await post<{ id: string }>('/closings');
      go(`/c/closing?sheet=${id}`);
      list.reload();
    }, t('closing_made'));
  };
  return (
    <main class="page closings">
      <Show of={list}>
        {({ rows }) => {
          const id = asked ?? rows[0]?.id;
          return (
            <div class="cols">
              {id ? (
                <OneSheet id={id} changed={list.reload} />
              ) : (
                <section class="card">
                  <header>
                    <h1>{t('closing')}</h1>
                  </header>
                  <Empty text={t('closing_none')} />
                </section>
              )}
              <section class="card noprint">
                <header>
                  <h2>{t('closing_history')}</h2>
                  <span class="end">
                    <button class="btn" onClick={make}>
                      {t('closing_make')}
                    </button>
                  </span>
                </header>
                <ul class="lines">
                  {rows.map((row) => (
                    <li key={row.id}>
                      <a href={`/c/closing?sheet=${row.id}`} aria-current={row.id === id ? 'true' : undefined}>
                        {dayWords(row.day, language())}
                      </a>
                      <span class="mute">
                        {row.met} / {row.due}
                        {row.supplements > 0 && ` · ${t('closing_supplements_n', { n: row.supplements })}`}
                      </span>
                      <span class={row.signed_at ? 'tag line' : 'tag due'}>
                        {row.signed_at ? row.signer : t('closing_unsigned')}
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            </div>
          );
        }}
      </Show>
    </main>
  );
}

function OneSheet({ id, changed }: { id: string; changed: () => void }) {
  const sheet = useLoad(`closing ${id}`, () => get<Closing>(`/closings/${id}`));
  const sign = async () => {
    await attempt(() => post(`/closings/${id}/sign`), t('closing_signed'));
    sheet.reload();
    changed();
  };
  return <Show of={sheet}>{(data) => <Sheet data={data} sign={sign} />}</Show>;
}

/** Those whose window is still open are counted and not listed. */
const open = ['missed', 'escalated', 'excused'];
const tags: Record<string, string> = { missed: 'alarm', escalated: 'over', waiting: 'due', excused: 'line' };

/** Of each window who was due, what became of it, and how surely; whom tomorrow asks for. */
function CareCalls({ data, care }: { data: Closing; care: NonNullable<Closing['care']> }) {
  const value = care.value_tenths === undefined ? '' : ` ${(care.value_tenths / 10).toFixed(1)} ${care.unit}`;
  return (
    <section>
      <h2>{t('closing_care', { pack: care.pack, level: `${data.care_level}${value}` })}</h2>
      {care.windows.map((one) => (
        <div key={one.name}>
          <p>
            <b>
              {t('closing_care_due', {
                name: `${at(one.from)}–${at(one.until)}`,
                before: one.before,
                entered: one.entered,
                left: one.left,
                due: one.due,
              })}
            </b>
          </p>
          <p>
            {t('closing_care_state', {
              met: one.met,
              late: one.late,
              excused: one.excused,
              escalated: one.escalated,
              waiting: one.waiting,
              missed: one.missed,
            })}
            {one.reasons.map(({ word: reason, count }) => ` · ${word('reason', reason)} ${count}`)}
          </p>
          <Bar
            parts={one.assurance.map((kind, i) => ({
              css: `mix${i}`,
              n: kind.count,
              words: word('assurance', kind.word),
            }))}
          />
        </div>
      ))}
      <p class="mute">
        {t('closing_care_tomorrow', {
          level: data.care_tomorrow,
          list: care.tomorrow.map((one) => one.count).join(' / '),
        })}
      </p>
    </section>
  );
}

function Sheet({ data, sign }: { data: Closing; sign: () => void }) {
  const { due } = data;
  const { people } = due;
  const accounted = data.met + data.escalated + data.waiting + data.missed;
  const rest = [...data.lines]
    .filter((line) => open.includes(line.state))
    .sort((a, b) => open.indexOf(a.state) - open.indexOf(b.state));
  return (
    <article class="card a4">
      <header>
        <h1>{t('closing')}</h1>
        <p>
          <b>{data.community}</b>
          <br />
          {dayWords(data.day, language())}
        </p>
        <p class="end">{t('closing_made_at', { time: at(data.made_at) })}</p>
      </header>
      {data.care && <CareCalls data={data} care={data.care} />}
      <h2>{t('closing_due')}</h2>
      <dl class="sum">
        <Term n={due.yesterday} words={t('closing_yesterday')} />
        <Term sign="+" n={due.entered} words={t('closing_entered')} />
        <Term sign="−" n={due.left} words={t('closing_left')} />
        <Term sign="=" n={due.today} words={t('closing_today', { persons: people.today })} />
      </dl>
      <p class="mute">
        {t('closing_people', { yesterday: people.yesterday, entered: people.entered, left: people.left, today: people.today })}
        {people.reasons.map(({ word: reason, count }) => ` · ${word('reason', reason)} ${count}`)}
      </p>
      <h2>{t('closing_where', { n: due.today })}</h2>
      <Bar
        parts={[
          { css: 'f-safe', n: data.met, words: t('closing_met') },
          { css: 'f-over', n: data.escalated, words: t('closing_escalated') },
          { css: 'f-due', n: data.waiting, words: t('closing_waiting') },
          { css: 'f-ink', n: data.missed, words: t('closing_missed') },
        ]}
      />
      <p class={accounted === due.today ? 'mute' : 'ask'}>
        {t(accounted === due.today ? 'closing_adds_up' : 'closing_does_not_add_up', { n: accounted, total: due.today })}
      </p>
      {rest.length > 0 && (
        <Lines>
          {rest.map((line) => (
            <tr key={line.household}>
              <td class="door">
                <a href={`/c/board?d=${line.dwelling}`}>{line.door}</a>
              </td>
              <td>
                <span class={`tag ${tags[line.state]}`}>{word('closing', line.state)}</span>
              </td>
              <td>{line.reason ? word('reason', line.reason) : line.level ? word('level', line.level) : ''}</td>
              <td>{line.owner_name}</td>
            </tr>
          ))}
        </Lines>
      )}
      <h2>{t('closing_how_sure', { n: data.met })}</h2>
      <Bar
        parts={data.assurance.map((one, i) => ({ css: `mix${i}`, n: one.count, words: word('assurance', one.word) }))}
      />
      <Table title={t('closing_channels')} rows={data.channels.map((one) => [word('channel', one.word), one.count])} />
      {data.owners.length > 0 && (
        <Table title={t('closing_owners')} rows={data.owners.map((one) => [one.name || t('nobody'), one.open])} />
      )}
      <Goods data={data} />
      <section class="limits">
        <h2>{t('closing_limits')}</h2>
        <ul>
          <li>{t('closing_limit_self', { n: by(data, 'self') + by(data, 'head') })}</li>
          <li>{t('closing_limit_unproved', { n: data.unproved })}</li>
        </ul>
      </section>
      {data.supplements.length > 0 && (
        <section>
          <h2>{t('closing_supplements')}</h2>
          <ul>
            {data.supplements.map((one) => (
              <li key={one.id}>{t('closing_supplement', { time: at(one.made_at), n: one.reached })}</li>
            ))}
          </ul>
        </section>
      )}
      <footer>
        {data.signed_at ? (
          <p class="signed">
            <b>{data.signer}</b>
            <span>{t('closing_signed_at', { time: at(data.signed_at) })}</span>
          </p>
        ) : (
          <p class="signed">
            <button class="btn primary noprint" onClick={sign}>
              {t('closing_sign')}
            </button>
            <span>{t('closing_unsigned')}</span>
          </p>
        )}
        <p class="hash">
          <code>{data.hash.slice(0, 32).replace(/(.{8})(?=.)/g, '$1 ')}</code>
          <small>{t('closing_verify')}</small>
        </p>
      </footer>
      <div class="acts noprint">
        <a class="btn" href={`/api/v1/closings/${data.id}/sheet`} download={`closing-${data.day}.json`}>
          {t('closing_download')}
        </a>
        <button class="btn" onClick={() => window.print()}>
          {t('print')}
        </button>
      </div>
    </article>
  );
}

/** What came, what was handed over, and what is still owed, each with who has it or why it waits. */
function Goods({ data: { goods, owed } }: { data: Closing }) {
  if (!goods.ever.came && !goods.ever.asked) return null;
  const sum = goods.delivered + goods.returned + goods.lost + goods.open;
  const adds = goods.before + goods.came === sum;
  return (
    <>
      <h2>{t('closing_goods')}</h2>
      <dl class="sum">
        <Term n={goods.before} words={t('closing_goods_before')} />
        <Term sign="+" n={goods.came} words={t('closing_goods_came')} />
        <Term sign="−" n={goods.delivered} words={t('closing_goods_delivered')} />
        <Term sign="−" n={goods.returned} words={t('closing_goods_returned')} />
        <Term sign="−" n={goods.lost} words={t('closing_goods_lost')} />
        <Term sign="=" n={goods.open} words={t('closing_goods_open')} />
      </dl>
      <p class={adds ? 'mute' : 'ask'}>
        {t(adds ? 'closing_goods_adds_up' : 'closing_goods_wrong', { before: goods.before, came: goods.came, sum })}
      </p>
      <p>{t('closing_needs', { asked: goods.asked, unanswered: goods.unanswered, ordered: goods.ordered })}</p>
      {goods.unowned > 0 && <p class="ask">{t('closing_unowned', { n: goods.unowned })}</p>}
      {owed.length > 0 && (
        <Lines>
          {owed.map((line) => (
            <tr key={line.subject}>
              <td class="door">{line.door}</td>
              <td>
                {t(line.kind === 'need' ? 'closing_owed_need' : 'closing_owed_parcel')} ·{' '}
                {word(line.kind === 'need' ? 'owed' : 'parcel', line.state)}
              </td>
              <td>{line.reason ? word('reason', line.reason) : ''}</td>
              <td>{line.owner_name}</td>
            </tr>
          ))}
        </Lines>
      )}
    </>
  );
}

/** Who is owed something, how it stands, why, and whose it is. */
const Lines = ({ children }: { children: ComponentChildren }) => (
  <div class="scroll" tabIndex={0}>
    <table class="rows">
      <thead>
        <tr>
          <th>{t('door')}</th>
          <th>{t('closing_state')}</th>
          <th>{t('closing_reason')}</th>
          <th>{t('closing_owner')}</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);

const by = (data: Closing, kind: string): number => data.assurance.find((one) => one.word === kind)?.count ?? 0;

const Term = ({ n, words, sign }: { n: number; words: string; sign?: string }) => (
  <div class={sign === '=' ? 'whole' : undefined}>
    <dt>{words}</dt>
    <dd>
      {sign && <i aria-hidden="true">{sign}</i>}
      <b>{n}</b>
    </dd>
  </div>
);

/** Parts of a whole, each with its colour, word and number. */
function Bar({ parts }: { parts: { css: string; n: number; words: string }[] }) {
  const total = parts.reduce((sum, part) => sum + part.n, 0);
  let x = 0;
  return (
    <>
      <svg class="bar" viewBox="0 0 600 24" preserveAspectRatio="none" aria-hidden="true">
        <rect class="f-line" width="600" height="24" />
        {parts.map((part) => {
          const width = total ? (600 * part.n) / total : 0;
          x += width;
          return <rect key={part.words} class={part.css} x={x - width} width={width} height="24" />;
        })}
      </svg>
      <ul class="parts">
        {parts.map((part) => (
          <li key={part.words}>
            <svg width="10" height="10" aria-hidden="true">
              <rect class={part.css} width="10" height="10" rx="2" />
            </svg>
            {part.words} <b>{part.n}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

const Table = ({ title, rows }: { title: string; rows: [string, number][] }) => (
  <>
    <h2>{title}</h2>
    <ul class="parts">
      {rows.map(([words, n]) => (
        <li key={words}>
          {words} <b>{n}</b>
        </li>
      ))}
    </ul>
  </>
);
