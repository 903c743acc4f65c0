import { useEffect, useState } from 'preact/hooks';
import type { Decision, NeedDetail, NeedLine, NeedRow } from '../../shapes';
import { amount, cut } from '../../text_pieces';
import { get, post } from '../api';
import { at } from '../clock';
import { homeOf } from '../doors';
import { Show, useLoad } from '../load';
import { Empty, formValues } from '../parts';
import { attempt, done } from '../toast';
import { t, word } from '../words';

/** What was corrected before deciding; nothing of it is sent until a decision is. */
export interface Draft {
  lines: NeedLine[] | null;
  /** What the worker put in the place of which words: proposed as words of the community. */
  corrections: { written: string; meant: string }[];
  answer: string;
  household: string | null;
  version: number;
}

interface CardProps {
  row: NeedRow | null;
  draft: { current: Draft };
  decide: (decision: Decision, service?: string) => void;
  assign: () => void;
}

/** One need: the words as they came, what was read of them, and the decisions. */
export function Card({ row, draft, decide, assign }: CardProps) {
  const need = useLoad(row ? `need ${row.id} ${row.version}` : '', async () =>
    row ? get<NeedDetail>(`/needs/${row.id}`) : null,
  );
  draft.current = { lines: null, corrections: [], answer: '', household: null, version: need.data?.row.version ?? row?.version ?? 0 };
  if (!row) return <Empty text={t('inbox_pick')} />;
  return (
    <div class="right-side">
      <div class="work">
        <h1>{row.door || row.asked_for || t('inbox_no_door')}</h1>
        <p class="who">
          {[
            at(row.asked_at),
            row.channel === 'relay' ? t('inbox_by_relay') : word('service', row.service),
            word('class', row.class),
            row.state === 'waiting' ? t('inbox_due', { time: at(row.due) }) : word('state_of', row.state),
            row.need_by ? t('inbox_needed_by', { time: at(row.need_by) }) : '',
            row.owner_name,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <Show of={need}>
          {(data) => data && <Detail key={data.row.version} data={data} draft={draft} reload={need.reload} />}
        </Show>
      </div>
      <div class="do" role="group" aria-label={t('inbox')}>
        {(row.gone ? gone : row.only_me ? privately : buttons).map(([decision, key, label, service]) => (
          <button
            key={label}
            class={decision === 'order' ? 'btn primary' : 'btn'}
            onClick={() => decide(decision, service)}
          >
            {t(label)} <kbd class="kbd">{key}</kbd>
          </button>
        ))}
        {!row.gone && !row.only_me && row.household && <Helpers row={row} />}
        {row.duty && (
          <button class="btn" onClick={assign}>
            {t('do_assign')} <kbd class="kbd">g</kbd>
          </button>
        )}
      </div>
    </div>
  );
}

/** Asks whoever is nearest, or says that somebody lends or gives it. */
function Helpers({ row }: { row: NeedRow }) {
  const offer = () =>
    attempt(async () => {
      const { asked } = await post<{ asked: number }>(`/needs/${row.id}/offer`);
      done(t('did_offer', { n: asked }));
    });
  const lend = () => {
    const [thing, lender_name] = (prompt(t('lend_what')) ?? '').split(/[,，、\s]+/);
    if (thing) void attempt(() => post(`/needs/${row.id}/loan`, { thing, gift: false, ...(lender_name ? { lender_name } : {}) }), t('did_lend'));
  };
  return (
    <>
      <button class="btn" onClick={offer}>
        {t('do_offer')}
      </button>
      <button class="btn" onClick={lend}>
        {t('do_lend')}
      </button>
    </>
  );
}

type Label = 'do_order' | 'do_medicine' | 'do_accept' | 'do_ask_back' | 'do_done' | 'do_decline' | 'do_emergency' | 'do_keep';
const buttons: [Decision, string, Label, string?][] = [
  ['order', 'a', 'do_order'],
  ['accept', 'm', 'do_medicine', 'medicine'],
  ['accept', 's', 'do_accept'],
  ['ask_back', 'b', 'do_ask_back'],
  ['done', 'd', 'do_done'],
  ['decline', 'x', 'do_decline'],
  ['emergency', 'e', 'do_emergency'],
];
/** Everybody of the household reads its order. */
const privately = buttons.filter(([decision]) => decision !== 'order');
const gone: [Decision, string, Label, string?][] = [
  ['decline', 'x', 'do_decline'],
  ['keep', '', 'do_keep'],
];

function Detail({ data, draft, reload }: { data: NeedDetail; draft: { current: Draft }; reload: () => void }) {
  const { row } = data;
  return (
    <>
      {data.sender_door && <p class="who">{t('inbox_from_home', { door: data.sender_door })}</p>}
      {row.only_me && <p class="failed">{t('inbox_only_me_how')}</p>}
      {row.gone && <p class="failed">{t('inbox_gone')}</p>}
      <section class="card said" aria-label={t('inbox_said')}>
        {cut(data.text ?? '', data.pieces).map((piece, i) => (
          <span key={i} class={`piece ${piece.kind}`}>
            {piece.text}
          </span>
        ))}
      </section>
      {data.note && <Note data={data} reload={reload} />}
      {!row.household && <FindDoor data={data} draft={draft} />}
      <Lines data={data} draft={draft} />
      <Answer data={data} draft={draft} />
      <div class="two">
        <History title={t('inbox_similar')} rows={data.similar ?? []} />
        <History title={t('inbox_before')} rows={data.before ?? []} />
      </div>
      {(data.order || row.state !== 'waiting') && (
        <p class="who">
          <a href={data.order ? `/c/story?order=${data.order}` : `/c/story?need=${row.id}`}>{t('story')}</a>
        </p>
      )}
      {data.access_notes && (
        <p class="who">
          {t('inbox_know')}：{data.access_notes}
        </p>
      )}
    </>
  );
}

function Note({ data, reload }: { data: NeedDetail; reload: () => void }) {
  const [text, setText] = useState('');
  const source = `/api/v1/needs/${data.row.id}/note`;
  const send = async () => {
    if (await attempt(() => post(`/needs/${data.row.id}/type`, { version: data.row.version, text }))) reload();
  };
  return (
    <section class="card pad">
      {data.row.media?.startsWith('audio/') ? (
        <audio controls src={source} />
      ) : (
        <img class="note-photo" src={source} alt={t('inbox_note_photo')} />
      )}
      {!data.text && (
        <div class="reply">
          <input
            aria-label={t('inbox_type')}
            placeholder={t('inbox_type')}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <button class="btn" disabled={!text.trim()} onClick={send}>
            {t('inbox_type_send')}
          </button>
        </div>
      )}
    </section>
  );
}

function FindDoor({ data, draft }: { data: NeedDetail; draft: { current: Draft } }) {
  const [said, setSaid] = useState('');
  const find = (event: Event) => {
    const { door } = formValues(event);
    void attempt(async () => {
      const found = await homeOf(door ?? '');
      if (typeof found === 'string') return setSaid(t(`inbox_door_${found}`));
      draft.current.household = found.household;
      setSaid(t('relay_known'));
    });
  };
  return (
    <form class="reply" onSubmit={find}>
      <input name="door" aria-label={t('inbox_find_door')} placeholder={t('inbox_find_door')} value={data.row.asked_for} />
      <button class="btn">{t('inbox_find')}</button>
      <p role="status">{said}</p>
    </form>
  );
}

/** A line with the words of the message that it was read from. */
type Edited = NeedLine & { written: string };

/** Each line can be put right before it is bought; an amount that was not said is asked for. */
function Lines({ data, draft }: { data: NeedDetail; draft: { current: Draft } }) {
  const [lines, setLines] = useState<Edited[]>((data.lines ?? []).map((line) => ({ ...line, written: line.name })));
  const [touched, setTouched] = useState(false);
  const change = (next: Edited[]) => {
    setLines(next);
    setTouched(true);
  };
  useEffect(() => {
    if (!touched) return;
    draft.current.lines = lines.map(({ written: _, ...line }) => line);
    draft.current.corrections = lines
      .filter((line) => line.written && line.name && line.name !== line.written)
      .map((line) => ({ written: line.written, meant: line.name }));
  });
  const edit = (at: number, patch: Partial<NeedLine>) =>
    change(lines.map((line, i) => (i === at ? { ...line, ...patch, state: 'read' } : line)));
  const unread = cut(data.text ?? '', data.pieces)
    .filter((piece) => piece.kind === 'unread')
    .map((piece) => piece.text.trim())
    .filter((text) => text && !lines.some((line) => line.written === text));
  return (
    <section class="card" aria-label={t('inbox_lines')}>
      {lines.map((line, i) => (
        <div key={i} class={line.state === 'read' ? 'need-line' : 'need-line open'}>
          <input
            aria-label={t('inbox_line_name')}
            value={line.name}
            onInput={(event) => edit(i, { name: event.currentTarget.value, canonical: event.currentTarget.value })}
          />
          <input
            aria-label={t('inbox_line_qty')}
            inputMode="decimal"
            value={amount(line.qty)}
            onChange={(event) => {
              const number = Math.round(Number(event.currentTarget.value) * 1000);
              edit(i, Number.isFinite(number) && number > 0 ? { qty: number } : {});
            }}
          />
          <input
            aria-label={t('inbox_line_unit')}
            value={line.unit}
            onInput={(event) => edit(i, { unit: event.currentTarget.value })}
          />
          <button
            class="btn quiet"
            aria-label={t('inbox_line_drop', { name: line.name })}
            onClick={() => change(lines.filter((_, other) => other !== i))}
          >
            ×
          </button>
        </div>
      ))}
      <p class="more">
        <button
          class="btn small"
          onClick={() => change([...lines, { name: '', canonical: '', unit: '', state: 'ask_back', written: '' }])}
        >
          {t('inbox_add_line')}
        </button>
        {unread.map((text) => (
          <button
            key={text}
            class="btn small quiet"
            onClick={() => change([...lines, { name: text, canonical: text, unit: '', state: 'ask_back', written: text }])}
          >
            + {text}
          </button>
        ))}
      </p>
    </section>
  );
}

/** What is asked back is written already where an amount is missing. */
function Answer({ data, draft }: { data: NeedDetail; draft: { current: Draft } }) {
  const vague = (data.lines ?? []).filter((line) => line.qty === undefined).map((line) => line.name);
  const [answer, setAnswer] = useState('');
  const suggestion = vague.length ? t('ask_how_much', { names: vague.join('、') }) : '';
  useEffect(() => {
    draft.current.answer = answer;
  });
  return (
    <div class="reply">
      <input
        id="answer"
        aria-label={t('inbox_answer')}
        placeholder={data.answer || t('inbox_answer')}
        value={answer}
        onInput={(event) => setAnswer(event.currentTarget.value)}
      />
      {suggestion && !answer && (
        <button class="btn" onClick={() => setAnswer(suggestion)}>
          {suggestion}
        </button>
      )}
    </div>
  );
}

function History({ title, rows }: { title: string; rows: { id: string; at: string; text?: string; state: string }[] }) {
  if (!rows.length) return null;
  return (
    <section class="card">
      <header>
        <h2>{title}</h2>
      </header>
      <ul class="lines">
        {rows.map((one) => (
          <li key={one.id}>
            <span class="mute">{at(one.at)}</span> <span>{one.text}</span>{' '}
            <span class="tag line">{word('state_of', one.state)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
