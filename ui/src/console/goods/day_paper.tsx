import type { ComponentChildren } from 'preact';
import type { CollectingRound, DutyRow, HouseholdRow, Page as Rest, RunRow, RunSheet } from '../../shapes';
import { dayWords, dayOf } from '../../time';
import { language } from '../../messages';
import { get, session, type ApiError } from '../api';
import { at, now } from '../clock';
import { Show, useLoad } from '../load';
import { Empty } from '../parts';
import { t, word } from '../words';
import { atDay } from './parts';
import { Boxes, RunPaper } from './run_paper';

interface Day {
  calls: HouseholdRow[];
  duties: DutyRow[];
  round: CollectingRound['rows'];
  runs: RunSheet[];
}

/** What this account may not read is left out of its paper; a lost answer is no empty list. */
const allowed = async <T,>(rows: Promise<T[]>): Promise<T[]> =>
  rows.catch((error: ApiError) => {
    // The rules of this community name no cycles, so nobody goes round.
    if (error.status === 403 || error.code === 'rules.missing') return [];
    throw error;
  });

async function all<T>(path: string): Promise<T[]> {
  const rows: T[] = [];
  for (let cursor = ''; ;) {
    const page = await get<Rest<T>>(`${path}&limit=1000${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    rows.push(...page.rows);
    if (!page.next) return rows;
    cursor = page.next;
  }
}

async function runSheets(): Promise<RunSheet[]> {
  const open = (await all<RunRow>('/runs?')).filter((run) => run.state === 'planned' || run.state === 'out');
  const sheets: RunSheet[] = [];
  // Who carries several runs takes them along together.
  open.sort((one, other) => one.carrier_name.localeCompare(other.carrier_name) || one.due.localeCompare(other.due));
  for (const run of open) sheets.push(await get<RunSheet>(`/runs/${run.id}`));
  return sheets;
}

async function load(): Promise<Day> {
  const states = ['alarm', 'overdue', 'due'];
  const calls = await Promise.all(states.map((state) => allowed(all<HouseholdRow>(`/households?filter=observed&state=${state}`))));
  const [duties, round, runs] = await Promise.all([
    allowed(all<DutyRow>('/duties?filter=pressing')),
    allowed(
      get<CollectingRound>('/collecting-round').then(({ rows }) => rows.filter((row) => !row.outcome || row.outcome === 'absent')),
    ),
    allowed(runSheets()),
  ]);
  return { calls: calls.flat(), duties, round, runs };
}

/** Everything that is still owed today, in one print: calls, duties, the collecting round, each run on a page of its own. */
export function DayPaper() {
  const day = useLoad('day paper', load);
  return (
    <>
      <div class="head noprint">
        <h1>{t('paper_day')}</h1>
        <p>
          {t('paper_lead')} <a href="/c/calls">{t('calls')}</a>、<a href="/c/duties">{t('duties')}</a>、
          <a href="/c/round">{t('round')}</a>、<a href="/c/goods/runs">{t('goods_runs')}</a>
        </p>
        <p class="end">
          <button class="btn primary" disabled={!day.data} onClick={() => print()}>
            {t('goods_print')}
          </button>
        </p>
      </div>
      <Show of={day}>{(data) => <Sheets day={data} />}</Show>
    </>
  );
}

function Sheets({ day }: { day: Day }) {
  const { calls, duties, round, runs } = day;
  const zone = session.value?.community.zone;
  const instant = new Date(now.value).toISOString();
  const printed = t('paper_at', { day: dayWords(dayOf(instant, zone), language()), time: at(instant) });
  if (!calls.length && !duties.length && !round.length && !runs.length) return <Empty text={t('paper_none')} />;
  return (
    <>
      {calls.length > 0 && (
        <List title={t('paper_calls', { n: calls.length })} printed={printed} heads={[t('runs_door'), t('paper_phone'), t('paper_who'), t('paper_came')]}>
          {calls.map((row) => (
            <tr key={row.id}>
              <th class="door">{row.door}</th>
              <td class="short">
                {row.phones?.split('、').map((phone) => (
                  <div key={phone}>{phone}</div>
                ))}
              </td>
              <td class="short">{row.worker}</td>
              <td class="wide">
                <Boxes of={[t('paper_reached'), t('paper_fine'), t('paper_unwell'), t('paper_heat')]} />
              </td>
            </tr>
          ))}
        </List>
      )}
      {duties.length > 0 && (
        <List title={t('paper_duties', { n: duties.length })} printed={printed} heads={[t('runs_door'), t('paper_what'), t('paper_who'), t('paper_by'), t('paper_came')]}>
          {duties.map((row) => (
            <tr key={row.id}>
              <th class="door">{row.door}</th>
              <td>{word('duty', row.kind)}</td>
              <td class="short">{row.owner_name}</td>
              <td class="short">{atDay(row.due)}</td>
              <td class="wide" />
            </tr>
          ))}
        </List>
      )}
      {round.length > 0 && (
        <List title={t('paper_round', { n: round.length })} printed={printed} heads={[t('runs_door'), t('runs_notes'), t('paper_came')]}>
          {round.map((row) => (
            <tr key={row.household}>
              <th class="door">{row.door}</th>
              <td>{row.access_notes}</td>
              <td class="wide">
                <Boxes of={[t('paper_nothing'), t('paper_absent'), t('paper_wants')]} />
              </td>
            </tr>
          ))}
        </List>
      )}
      {runs.map((sheet, i) => (
        <RunPaper key={sheet.id} sheet={sheet} first={sheet.carrier_name !== runs[i - 1]?.carrier_name} />
      ))}
    </>
  );
}

interface ListProps {
  title: string;
  printed: string;
  heads: string[];
  children: ComponentChildren;
}

function List({ title, printed, heads, children }: ListProps) {
  return (
    <section class="paper new">
      <h2>
        {title} · {printed}
      </h2>
      <table class="counts">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head}>{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
