import { useState } from 'preact/hooks';
import type { Carriers, GoodsFigures, Page, RunDraft, RunLink, RunRow, RunSheet } from '../../shapes';
import { ApiError, get, post, session } from '../api';
import { absolute } from '../board/links';
import { at } from '../clock';
import { useKeys } from '../keys';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty, Modal, Qr } from '../parts';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { encodeQr } from '../../qr';
import { CarrierCard, CareCard, CarrierChoice } from './people';
import { Sheet } from './paper';
import { Story } from './story';
import { atDay, useGoodsLive } from './parts';

/** Who carries what: drafted, looked at, sent out; given to somebody else in one action. */
export function RunsPage() {
  const runs = useLoad('runs', () => get<Page<RunRow>>('/runs?limit=500'));
  const carriers = useLoad('carriers', () => get<Carriers>('/carriers'));
  const [draft, setDraft] = useState<RunDraft | null>(null);
  const { busy, error, act } = useAct();
  const reload = () => {
    runs.reload();
    carriers.reload();
  };
  useGoodsLive(reload);
  const make = () => act(async () => setDraft(await post<RunDraft>('/runs/draft')));
  const send = () =>
    act(async () => {
      const body = draft!.runs.map((run) => ({
        carrier: run.carrier,
        leave: run.leave,
        flights: run.flights,
        helpers: run.helpers,
        ...(run.helper ? { helper: run.helper } : {}),
        parcels: run.stops.flatMap((stop) => stop.parcels),
      }));
      await post('/runs', { runs: body });
      setDraft(null);
      done(t('runs_sent', { n: body.length }));
      reload();
    });
  useKeys({ d: () => void make() });
  return (
    <>
      <div class="head noprint">
        <h1>{t('goods_runs')}</h1>
        <p class="end acts">
          <a class="btn" href="/c/goods/paper">
            {t('paper_day')}
          </a>
          <button class="btn" disabled={busy} onClick={make}>
            {t('runs_draft')} <kbd class="kbd">D</kbd>
          </button>
          {draft && draft.runs.length > 0 && (
            <button class="btn primary" disabled={busy} onClick={send}>
              {t('runs_send', { n: draft.runs.length })}
            </button>
          )}
        </p>
      </div>
      {error && <Failed error={error} retry={draft ? send : make} />}
      {carriers.data && carriers.data.gaps.length > 0 && (
        <p class="failed" role="alert">
          <b>{t('runs_gaps')}</b>{' '}
          {carriers.data.gaps.map((gap) => `${gap.name} ${t('goods_n', { n: gap.parcels })}`).join('、')}
        </p>
      )}
      {draft && <Draft draft={draft} onClose={() => setDraft(null)} />}
      <Show of={runs}>
        {(page) => <Runs rows={page.rows} carriers={carriers.data?.rows ?? []} reload={reload} />}
      </Show>
      {carriers.data && <CarrierCard rows={carriers.data.rows} reload={carriers.reload} />}
      <CareCard />
      <Figures />
    </>
  );
}

function Draft({ draft, onClose }: { draft: RunDraft; onClose: () => void }) {
  if (!draft.parcels)
    return (
      <section class="card pad noprint">
        <Empty text={t('runs_nothing')} />
      </section>
    );
  return (
    <section class="card pad noprint">
      <div class="head">
        <h2>
          {t('runs_draft_title')} {draft.idle && <span class="tag line">{t('runs_idle')}</span>}
        </h2>
        <button class="btn quiet end" onClick={onClose}>
          {t('close')}
        </button>
      </div>
      <dl class="sum">
        <div>
          <dd>{draft.runs.length}</dd>
          <dt>{t('runs_count', { n: new Set(draft.runs.map((run) => run.carrier)).size })}</dt>
        </div>
        <div>
          <dd>{draft.runs.reduce((sum, run) => sum + run.stops.reduce((all, stop) => all + stop.parcels.length, 0), 0)}</dd>
          <dt>{t('runs_of', { n: draft.parcels })}</dt>
        </div>
        <div>
          <dd>{draft.flights}</dd>
          <dt>
            {t('runs_flights', { n: draft.arrival_order_flights })}
            {draft.flights < draft.arrival_order_flights && (
              <>
                <br />
                {t('runs_less', { n: Math.round(100 - (100 * draft.flights) / draft.arrival_order_flights) })}
              </>
            )}
          </dt>
        </div>
        <div>
          <dd>{draft.left_out.length}</dd>
          <dt>{t('runs_left_out')}</dt>
        </div>
      </dl>
      <ul class="rows">
        {draft.runs.map((run) => (
          <li key={`${run.carrier}${run.building}${run.entrance}${run.leave}`}>
            <b>
              {run.building}
              {run.entrance}
            </b>
            <span>{run.carrier_name}</span>
            <span>
              {at(run.leave)}–{at(run.until)}
            </span>
            <span>{t('runs_doors', { n: run.stops.length })}</span>
            <span>{t('runs_kg', { n: (run.weight_g / 1000).toFixed(1) })}</span>
            {run.helpers > 0 && (
              <span class={run.helper ? 'tag due' : 'tag over'}>
                {t('runs_helpers')} {run.helper ? t('runs_with', { name: run.helper_name }) : t('runs_no_second')}
              </span>
            )}
            <span class="mute">{run.stops.map((stop) => stop.door).join(' ')}</span>
          </li>
        ))}
        {draft.left_out.map(({ reason, stop }) => (
          <li key={stop.household + reason}>
            <b>{stop.door}</b>
            <span class="tag over">{word('left_out', reason)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface RunsProps {
  rows: RunRow[];
  carriers: Carriers['rows'];
  reload: () => void;
}

function Runs({ rows, carriers, reload }: RunsProps) {
  const [link, setLink] = useState<{ run: RunRow; made: RunLink } | null>(null);
  const [sheet, setSheet] = useState<RunSheet | null>(null);
  const [story, setStory] = useState<RunRow | null>(null);
  if (!rows.length) return <Empty text={t('runs_none')} />;
  const open = (run: RunRow) => attempt(async () => setSheet(await get<RunSheet>(`/runs/${run.id}`)));
  const makeLink = (run: RunRow) =>
    attempt(async () => setLink({ run, made: await post<RunLink>(`/runs/${run.id}/link`) }));
  const cancel = (run: RunRow) =>
    attempt(async () => {
      await post(`/runs/${run.id}/cancel`, { version: run.version });
      reload();
    });
  // What was taken back is history: it stands below what somebody has to carry.
  const sorted = [...rows.filter((run) => run.state !== 'cancelled'), ...rows.filter((run) => run.state === 'cancelled')];
  // The sheet of a run is printed: it stands outside of what is not.
  return (
    <>
      <section class="card noprint">
        <ul class="rows runs">
          {sorted.map((run) => (
            <li key={run.id}>
              <b>
                {run.building}
                {run.entrance}
              </b>
              <span class={run.state === 'done' ? 'tag safe' : run.state === 'out' ? 'tag bring' : 'tag'}>
                {word('run', run.state)}
              </span>
              <span>
                {run.carrier_name} {run.helper_name && t('runs_with', { name: run.helper_name })} {run.absent && run.state !== 'done' && <span class="tag over">{t('runs_absent')}</span>}
              </span>
              <span>
                {t('runs_progress', { done: run.done, all: run.parcels })}
                {run.held > 0 && ` · ${t('runs_held', { n: run.held })}`}
              </span>
              <span class="mute">{t('goods_until', { time: at(run.due) })}</span>
              {(run.state === 'planned' || run.state === 'out') && (
                <span class="acts give">
                  <Reassign run={run} carriers={carriers} reload={reload} />
                  {session.value?.reach !== 'desk' && (
                    <button class="btn" onClick={() => makeLink(run)}>
                      {t('runs_link')}
                    </button>
                  )}
                  {run.state === 'planned' && (
                    <button class="btn quiet" onClick={() => cancel(run)}>
                      {t('runs_cancel')}
                    </button>
                  )}
                </span>
              )}
              <span class="acts">
                <button class="btn" onClick={() => open(run)}>
                  {t('runs_sheet')}
                </button>
                <button class="btn quiet" onClick={() => setStory(run)}>
                  {t('runs_timeline')}
                </button>
              </span>
            </li>
          ))}
        </ul>
      </section>
      {link && (
        <Modal title={t('runs_link_title', { name: link.run.carrier_name })} onClose={() => setLink(null)}>
          <Qr bits={encodeQr(absolute(link.made.url))} label={t('runs_link')} />
          <p>
            <code class="url">{absolute(link.made.url)}</code>
          </p>
          <p>{t('runs_link_lead', { time: atDay(link.made.expires_at) })}</p>
        </Modal>
      )}
      {sheet && <Sheet sheet={sheet} carriers={carriers} onClose={() => setSheet(null)} reload={reload} />}
      {story && <Story run={story} onClose={() => setStory(null)} />}
    </>
  );
}

function Reassign({ run, carriers, reload }: { run: RunRow; carriers: Carriers['rows']; reload: () => void }) {
  const give = (carrier: string) =>
    attempt(async () => {
      try {
        await post(`/runs/${run.id}/reassign`, { carrier, version: run.version });
        done(t('runs_given', { name: carriers.find((one) => one.account === carrier)?.name ?? '' }));
      } catch (error) {
        // Somebody was first: their carrier is shown before anything else is tried.
        if (error instanceof ApiError && error.code === 'run.changed') reload();
        throw error;
      }
      reload();
    });
  return (
    <CarrierChoice
      label={t('runs_reassign')}
      carriers={carriers}
      except={run.carrier}
      onChoose={(carrier) => void give(carrier)}
    />
  );
}


function Figures() {
  const figures = useLoad('figures', () => get<GoodsFigures>('/goods/figures'));
  useGoodsLive(figures.reload);
  if (!figures.data || !figures.data.parcels) return null;
  const { data } = figures;
  return (
    <section class="card pad noprint">
      <h2>{t('fig_title')}</h2>
      <dl class="sum">
        <div>
          <dd>{data.services}</dd>
          <dt>{t('fig_services')}</dt>
        </div>
        <div>
          <dd>{data.parcels}</dd>
          <dt>{t('fig_parcels')}</dt>
        </div>
        <div>
          <dd>{data.photo + data.code + data.tap}</dd>
          <dt>{t('fig_proved', { photo: data.photo, code: data.code, tap: data.tap })}</dt>
        </div>
        <div>
          <dd>{data.unproved}</dd>
          <dt>
            <a href="/c/goods/?list=unproved">{t('fig_unproved')}</a>
          </dt>
        </div>
      </dl>
      <p class="mute">{t('fig_services_what')}</p>
      <table class="counts">
        <thead>
          <tr>
            <th>{t('fig_metre')}</th>
            <th class="num">{t('fig_n')}</th>
            <th class="num">{t('fig_median')}</th>
            <th class="num">{t('fig_p95')}</th>
          </tr>
        </thead>
        <tbody>
          {[...data.classes.map((one) => ({ ...one, word: word('class', one.word) })), ...data.buildings].map((one) => (
            <tr key={one.word}>
              <th>{one.word}</th>
              <td class="num">{one.parcels}</td>
              <td class="num">{t('fig_minutes', { n: one.median })}</td>
              <td class="num">{t('fig_minutes', { n: one.p95 })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
