import { useEffect, useState } from 'preact/hooks';
import type { AddressProof, Page, Paper, Reach } from '../shapes';
import { deviceWords } from '../device';
import { refusal } from '../messages';
import { encodeQr } from '../qr';
import { get, post, session } from './api';
import { Failed, Show, useAct, useLoad } from './load';
import { Empty, Qr } from './parts';
import { attempt } from './toast';
import { t, word } from './words';
import './reach.css';

const modes: Reach['mode'][] = ['desk', 'local', 'public'];
const load = () => get<Reach>('/reach');
const mayEdit = () => session.value?.roles.includes('manager') ?? false;

/** Today's line, where something with the address on it is to be printed and cannot be. */
export function ReachLine() {
  const reach = useLoad('reach', load).data;
  const papers = useLoad('papers', async () => (await get<Page<Paper>>('/papers?limit=1')).rows.length).data;
  if (!reach || reach.mode === 'desk') return null;
  if (reach.declared && !reach.print_refusal && !papers) return null;
  const words = !reach.declared
    ? t('reach_undeclared')
    : reach.print_refusal
      ? refusal(reach.print_refusal)
      : t('papers_some');
  return (
    <p class="mute">
      <a href="/c/reach">{words}</a>
    </p>
  );
}

/** How people reach the house: what is declared, what works that way, the proof of the address, paper to print again. */
export function ReachPage() {
  const reach = useLoad('reach', load);
  return (
    <main class="page reach">
      <div class="head">
        <h1>{t('reach')}</h1>
      </div>
      <Show of={reach}>
        {(known) => (
          <>
            <Modes reach={known} setReach={reach.setData} />
            {known.mode !== 'desk' && <Address reach={known} reload={reach.reload} />}
            <Papers />
          </>
        )}
      </Show>
    </main>
  );
}

function Modes({ reach, setReach }: { reach: Reach; setReach: (reach: Reach) => void }) {
  const { busy, error, act } = useAct();
  const choose = (mode: string) =>
    act(async () => {
      setReach(await post<Reach>('/reach', { mode }));
      if (session.value) session.value = { ...session.value, reach: mode as Reach['mode'] };
    });
  return (
    <section class="card pad">
      <h2>{t('reach_how')}</h2>
      {!reach.declared && <p role="status">{t('reach_undeclared')}</p>}
      <fieldset class="modes" disabled={busy || !mayEdit()} aria-label={t('reach_how')}>
        {modes.map((mode) => (
          <label key={mode}>
            <input
              type="radio"
              name="mode"
              checked={reach.declared && reach.mode === mode}
              onChange={() => choose(mode)}
            />
            <span>
              <b>{word('reach_mode', mode)}</b>
              <small>{word('reach_more', mode)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {error && <Failed error={error} />}
      <h3>{t('reach_works')}</h3>
      <ul class="can">
        {reach.features.map((one) => (
          <li key={one.feature}>
            <span class="glyph" aria-hidden="true">
              {one.works ? '✓' : '–'}
            </span>
            <span>
              {word('reach_can', one.feature)}
              {!one.works && <small class="mute"> {t('reach_not', { why: refusal(one.reason ?? '') })}</small>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The desk shows a code, a second device opens it; the server says whether it is another. */
function Address({ reach, reload }: { reach: Reach; reload: () => void }) {
  const [proof, setProof] = useState<AddressProof | null>(null);
  const { busy, error, act } = useAct();
  const ask = () =>
    act(async () => {
      const made = await post<AddressProof>('/reach/proofs');
      await post('/reach/open', {
        token: made.token,
        origin: location.origin,
        device: deviceWords(),
        desk: true,
      });
      setProof(made);
    });
  useEffect(() => {
    if (!proof) return;
    if (reach.proved_at && Date.parse(reach.proved_at) > Date.parse(proof.ends_at) - 15 * 60_000) return setProof(null);
    const timer = setInterval(reload, 1500);
    return () => clearInterval(timer);
  }, [proof, reach.proved_at]);
  const provable = !reach.print_refusal || reach.print_refusal === 'address.unproved';
  return (
    <section class="card pad">
      <h2>{t('reach_address')}</h2>
      <p>
        <code class="url">{reach.url || '—'}</code>
      </p>
      <p role="status">{reach.print_refusal ? refusal(reach.print_refusal) : t('reach_proved')}</p>
      {proof && (
        <div class="proof">
          <Qr bits={encodeQr(proof.url)} label={t('reach_qr')} />
          <div>
            <p>{t('reach_scan')}</p>
            <p>
              <code class="url">{proof.url}</code>
            </p>
          </div>
        </div>
      )}
      {error && <Failed error={error} />}
      {provable && !proof && mayEdit() && (
        <button class={reach.print_refusal ? 'btn primary' : 'btn'} disabled={busy} onClick={ask}>
          {t(reach.print_refusal ? 'reach_prove' : 'reach_prove_again')}
        </button>
      )}
    </section>
  );
}

async function allPapers(): Promise<Paper[]> {
  const rows: Paper[] = [];
  let cursor = '';
  do {
    const page = await get<Page<Paper>>(`/papers?limit=500${cursor && `&cursor=${cursor}`}`);
    rows.push(...page.rows);
    cursor = page.next ?? '';
  } while (cursor);
  return rows;
}

/** By building: what was printed with another address, and how it is put right. */
function Papers() {
  const list = useLoad('papers-all', allPapers);
  const gone = async (papers: Paper[]) => {
    for (const one of papers) if (!(await attempt(() => post(`/papers/${one.id}/remove`)))) break;
    list.reload();
  };
  return (
    <section class="card pad">
      <h2>{t('papers')}</h2>
      <p class="mute">{t('papers_why')}</p>
      <Show of={list}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty text={t('papers_none')} />
          ) : (
            <ul class="lines">
              {[...new Set(rows.map((row) => row.building ?? ''))].map((building) => {
                const own = rows.filter((row) => (row.building ?? '') === building);
                return (
                  <li key={building}>
                    <b>{own[0]!.building_name}</b>{' '}
                    <span>{counted(own)}</span>{' '}
                    <span class="mute">{own[0]!.url}</span>
                    <span class="acts">
                      {own.some((row) => row.kind === 'slip') && (
                        <a class="btn" href={`/c/slips?place=${building}`}>
                          {t('papers_again')}
                        </a>
                      )}{' '}
                      <button class="btn" onClick={() => gone(own)} aria-label={`${t('papers_gone')} ${own[0]!.building_name}`}>
                        {t('papers_gone')}
                      </button>
                    </span>
                  </li>
                );
              })}
            </ul>
          )
        }
      </Show>
    </section>
  );
}

function counted(rows: Paper[]): string {
  const kinds = [...new Set(rows.map((row) => row.kind))];
  return kinds
    .map((kind) => `${word('paper', kind)} ${rows.filter((row) => row.kind === kind).length}`)
    .join(' · ');
}
