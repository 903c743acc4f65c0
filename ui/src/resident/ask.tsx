import { useEffect, useRef, useState } from 'preact/hooks';
import type { AskReceipt, NeedsHome, Problem, TextRead } from '../shapes';
import { refusal } from '../messages';
import { amount, cut, yuan } from '../text_pieces';
import { uuid7 } from '../uuid7';
import { ask, at, emergencyNumber, model } from './model';
import { base64, shrunk } from './photo';
import { when } from './when';
import { t, word } from './words';

interface Draft {
  text: string;
  /** Of the request that is on its way: sent again it counts once. */
  key: string;
}

/** What was typed outlives the page until the community has it. */
const kept = `ask-${model.token.slice(0, 6)}`;
function readDraft(): Draft {
  try {
    return JSON.parse(localStorage.getItem(kept) ?? '') as Draft;
  } catch {
    return { text: '', key: uuid7() };
  }
}
function keepDraft(draft: Draft): void {
  try {
    localStorage.setItem(kept, JSON.stringify(draft));
  } catch {
    // Without storage it lasts as long as the page.
  }
}

const pauseMs = 350;

/** One box takes everything; what was understood stands under it while it is typed. */
export function Ask({ home, changed }: { home: NeedsHome | null; changed: () => Promise<void> }) {
  const [draft, setDraft] = useState(readDraft);
  const [read, setRead] = useState<TextRead | null>(null);
  const [state, setState] = useState<'' | 'busy' | 'kept'>('');
  const [error, setError] = useState('');
  const [receipt, setReceipt] = useState<AskReceipt | null>(null);
  const [onlyMe, setOnlyMe] = useState(false);
  const turn = useRef(0);
  const mine = onlyMe ? { only_me: true } : {};
  const write = (text: string) => {
    const next = { text, key: uuid7() };
    setDraft(next);
    keepDraft(next);
    setReceipt(null);
    setError('');
  };
  const only = (me: boolean) => {
    setOnlyMe(me);
    write(draft.text); // Another request than the one that may be on its way.
  };
  useEffect(() => {
    const current = ++turn.current;
    if (!draft.text.trim()) return setRead(null);
    const timer = setTimeout(() => {
      ask<TextRead>('/needs/read', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ text: draft.text }),
      }).then((answer) => current === turn.current && setRead(answer), () => undefined);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [draft.text]);

  const send = async (body: object, key: string): Promise<boolean> => {
    setState('busy');
    setError('');
    try {
      const answer = await ask<AskReceipt>('/needs', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: JSON.stringify(body),
      });
      setReceipt(answer);
      setState('');
    } catch (thrown) {
      const problem = thrown as Problem | null;
      const refused = problem?.status !== undefined && problem.status >= 400 && problem.status < 500;
      setError(refused ? `${refusal(problem.code)} ${problem.hint ?? ''}` : t('ask_not_sent'));
      setState(refused ? '' : 'kept');
      return false;
    }
    // It is there, whether the list can be read again or not.
    changed().catch(() => undefined);
    return true;
  };
  const tell = async () => {
    if (!(await send({ text: draft.text, ...mine }, draft.key))) return;
    const next = { text: '', key: uuid7() };
    setDraft(next);
    keepDraft(next);
    setOnlyMe(false);
  };
  const file = async (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const chosen = input.files?.[0];
    input.value = '';
    if (!chosen) return;
    const bytes = chosen.type.startsWith('image/') ? await shrunk(chosen) : chosen;
    await send({ note: await base64(bytes), ...(draft.text.trim() ? { text: draft.text } : {}), ...mine }, uuid7());
  };
  return (
    <section id="ask">
      <h2>{t('need_what')}</h2>
      <p class="lead">{t('need_lead')}</p>
      <textarea
        aria-label={t('need_what')}
        rows={3}
        value={draft.text}
        onInput={(event) => write(event.currentTarget.value)}
      />
      {read && <Understood text={draft.text} read={read} />}
      <label class="check">
        <input type="checkbox" checked={onlyMe} onChange={(event) => only(event.currentTarget.checked)} />
        {t('only_me')}
      </label>
      <button class="btn primary" disabled={!draft.text.trim() || state === 'busy'} onClick={tell}>
        {t(state === 'busy' ? 'sending' : state === 'kept' ? 'send_again' : 'tell_community')}
      </button>
      {error && (
        <p class="note" role="alert">
          {error}
        </p>
      )}
      {receipt && <Received receipt={receipt} />}
      {home && !receipt && <p class="hint">{t('change_until', { when: when(home.cut_off, model.home) })}</p>}
      <div class="chips">
        <label class="btn">
          {t('add_photo')}
          <input type="file" accept="image/*" capture="environment" onChange={file} hidden />
        </label>
        <label class="btn">
          {t('add_voice')}
          <input type="file" accept="audio/*" capture="user" onChange={file} hidden />
        </label>
      </div>
      {home && home.baskets.length > 0 && (
        <>
          <h2>{t('baskets')}</h2>
          {home.baskets.map((basket) => (
            <div class="box need" key={basket.id}>
              <b>
                {basket.name} ¥{yuan(basket.price_fen)}
              </b>
              <p>{basket.lines.map((line) => `${line.name} ${amount(line.qty)}${line.unit}`).join('、')}</p>
              <button class="btn" disabled={state === 'busy'} onClick={() => send({ basket: basket.id }, uuid7())}>
                {t('order_basket')}
              </button>
            </div>
          ))}
        </>
      )}
      {home?.line && (
        <a class="btn call" href={`tel:${home.line}`}>
          {t('own_line', { number: home.line })}
        </a>
      )}
      <h2>{t('other_things')}</h2>
      <div class="chips">
        {(home?.services ?? [])
          .filter(({ key }) => shownServices.includes(key) || !knownServices.includes(key))
          .map(({ key, label }) => (
            <button class="btn" key={key} disabled={state === 'busy'} onClick={() => send({ service: key }, uuid7())}>
              {word('service', key) === key ? label : word('service', key)}
            </button>
          ))}
      </div>
    </section>
  );
}

/** What is offered as one tap; a service that the community added is offered as well. */
const shownServices = ['rubbish', 'repair', 'print', 'protective', 'medicine', 'talk'];
const knownServices = [...shownServices, 'goods', 'medical', 'errand', 'question', 'complaint', 'safety', 'offer', 'other'];

/** Each thing with its amount; what nobody has read is marked, and a person will. */
function Understood({ text, read }: { text: string; read: TextRead }) {
  if (read.urgency === 'emergency') {
    return (
      <a class="btn call alarm" href={`tel:${emergencyNumber()}`}>
        {t('sounds_urgent', { number: emergencyNumber() })}
      </a>
    );
  }
  const unread = cut(text, read.pieces).filter((piece) => piece.kind === 'unread');
  return (
    <div class="understood" role="status">
      {read.lines.map((line, i) => (
        <span key={i} class={line.qty === undefined ? 'chip ask' : 'chip'}>
          {line.name} <b>{line.qty === undefined ? t('how_much') : amount(line.qty) + line.unit}</b>
        </span>
      ))}
      <Strengths of={read.strengths} />
      {unread.map((piece, i) => (
        <span key={`u${i}`} class="chip ask">
          {t('not_read', { text: piece.text })}
        </span>
      ))}
    </div>
  );
}

/** A medicine of several strengths, of which the words name none. */
function Strengths({ of }: { of: TextRead['strengths'] }) {
  return (
    <>
      {of.map(({ drug, choices }) => (
        <span key={drug} class="chip ask">
          {t('which_strength', { drug, choices: choices.join('、') })}
        </span>
      ))}
    </>
  );
}

function Received({ receipt }: { receipt: AskReceipt }) {
  const { drop_from, drop_until, late_for } = receipt;
  return (
    <div class="done" role="status">
      <b>{t('got_it')}</b>
      {late_for && drop_from && (
        <p>{t('came_late', { cut_off: at(late_for), when: when(drop_from, model.home) })}</p>
      )}
      <p>
        {drop_from && drop_until
          ? t('comes_at', { when: when(drop_from, model.home), until: at(drop_until) })
          : t('answer_by', { when: when(receipt.due, model.home) })}
      </p>
      {receipt.urgency === 'emergency' && <p>{t('sounds_urgent', { number: receipt.emergency_phone })}</p>}
      <Strengths of={receipt.strengths} />
      {!receipt.door_known && <p>{t('door_unknown')}</p>}
    </div>
  );
}
