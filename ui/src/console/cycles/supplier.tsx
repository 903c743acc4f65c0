import { useState } from 'preact/hooks';
import type { SupplierSheet } from '../../shapes';
import { amount, yuan } from '../../text_pieces';
import { clock } from '../../time';
import { post } from '../api';
import { Show, useLoad } from '../load';
import { Empty } from '../parts';
import { attempt } from '../toast';
import { Toasts } from '../toast';
import { t, word } from '../words';

const token = (): string => location.hash.slice(1);
type Line = SupplierSheet['sheets'][number]['lines'][number];

/** The supplier's own page: its lines, each answered with a press. It knows of no household. */
export function Page() {
  const sheet = useLoad('supplier', () => post<SupplierSheet>('/supplier/sheet', { token: token() }));
  if (sheet.error?.status === 401) return <Empty text={t('mine_bad')} />;
  return (
    <main class="page">
      <h1>{t('mine_title')}</h1>
      <Show of={sheet}>
        {(data) => (
          <>
            <p class="mute">{t('mine_lead', { supplier: data.supplier, community: data.community })}</p>
            {data.sheets.length > 0 && (
              <p class="acts noprint">
                <button class="btn" onClick={() => print()}>
                  {t('sheet_print')}
                </button>
              </p>
            )}
            {!data.sheets.length && <Empty text={t('mine_none')} />}
            {data.sheets.map((one) => (
              <section class="card pad" key={one.cycle}>
                <h2>{t('mine_drop', { from: clock(one.drop_from, data.zone), until: clock(one.drop_until, data.zone) })}</h2>
                <ul class="lines">
                  {one.lines.map((line) => (
                    <SupplierLine key={line.id} line={line} changed={sheet.reload} />
                  ))}
                </ul>
              </section>
            ))}
          </>
        )}
      </Show>
      <Toasts />
    </main>
  );
}

function SupplierLine({ line, changed }: { line: Line; changed: () => void }) {
  const [some, setSome] = useState('');
  const [instead, setInstead] = useState('');
  const say = async (answer: string) => {
    const went = await attempt(
      () =>
        post('/supplier/answer', {
          token: token(),
          line: line.id,
          answer,
          ...(answer !== 'out_of_stock' && some ? { supplied: Math.round(Number(some) * 1000) } : {}),
          ...(answer === 'replaced' ? { instead } : {}),
        }),
      t('mine_saved'),
    );
    if (went) changed();
  };
  return (
    <li>
      <div class="what">
        <b>
          {line.good} {amount(line.qty)} {line.unit}
        </b>
        {line.price_fen !== undefined && <span class="mute">¥{yuan(line.price_fen)}</span>}
        <span class={line.answer === 'open' ? 'tag due' : 'tag line'}>
          {word('answer', line.answer)}
          {line.supplied !== undefined && line.supplied < line.qty && ` ${amount(line.supplied)} ${line.unit}`}
          {line.instead && ` ${line.instead}`}
        </span>
      </div>
      <div class="acts noprint">
        <button class="btn primary" onClick={() => say('accepted')} aria-label={`${word('answer', 'accepted')} ${line.good}`}>
          {word('answer', 'accepted')}
        </button>
        <button class="btn" onClick={() => say('out_of_stock')} aria-label={`${word('answer', 'out_of_stock')} ${line.good}`}>
          {word('answer', 'out_of_stock')}
        </button>
        <input
          class="search"
          inputMode="decimal"
          aria-label={`${t('mine_some')} ${line.good}`}
          placeholder={t('mine_some')}
          value={some}
          onInput={(event) => setSome(event.currentTarget.value)}
        />
        <input
          class="search"
          aria-label={`${t('answer_instead')} ${line.good}`}
          placeholder={t('answer_instead')}
          value={instead}
          onInput={(event) => setInstead(event.currentTarget.value)}
        />
        <button class="btn" disabled={!instead.trim()} onClick={() => say('replaced')}>
          {word('answer', 'replaced')}
        </button>
      </div>
    </li>
  );
}
