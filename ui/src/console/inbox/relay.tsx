import { useEffect, useRef, useState } from 'preact/hooks';
import type { RelayPosted, RelayRead, RelayRow } from '../../shapes';
import { amount, cut } from '../../text_pieces';
import { post } from '../api';
import { Failed, useAct } from '../load';
import { Modal } from '../parts';
import { done } from '../toast';
import { t, word } from '../words';

const pauseMs = 400;

/** A relay as it was pasted: row by row what it says and what it changes, before anything is kept. */
export function Relay({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const [text, setText] = useState('');
  const [read, setRead] = useState<RelayRead | null>(null);
  const { busy, error, act } = useAct();
  const turn = useRef(0);
  useEffect(() => {
    const mine = ++turn.current;
    setRead(null);
    if (!text.trim()) return;
    const timer = setTimeout(() => {
      post<RelayRead>('/relays/read', { text }).then(
        (answer) => mine === turn.current && setRead(answer),
        () => undefined,
      );
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const take = () =>
    act(async () => {
      const said = await post<RelayPosted>('/relays', { text, ...(read?.relay ? { relay: read.relay } : {}) });
      const { added, changed, withdrawn, same, gone, waiting } = said;
      done(t('did_relay', { added, changed, withdrawn, same, gone, waiting }));
      onDone();
      onClose();
    });
  return (
    <Modal title={t('relay_paste')} onClose={onClose} wide>
      <div class="relay">
        <textarea
          aria-label={t('relay_text')}
          placeholder={t('relay_text')}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {read && (
          <>
            <p role="status">
              {read.relay && <b>{t('relay_again')} </b>}
              {read.unread > 0 && <span class="tag due">{t('relay_unread', { n: read.unread })}</span>}
            </p>
            <div class="scroll" tabIndex={0}>
              <table>
                <tbody>
                  {read.rows.map((row) => (
                    <Row key={row.key} row={row} />
                  ))}
                </tbody>
              </table>
            </div>
            {read.rest && (
              <p class="failed">
                {t('relay_rest')} {read.rest}
              </p>
            )}
          </>
        )}
        {error && <Failed error={error} />}
        <p class="acts">
          <button class="btn primary" disabled={busy || !read || !read.rows.length} onClick={take}>
            {t('relay_take')} {read ? read.rows.length : ''}
          </button>
        </p>
      </div>
    </Modal>
  );
}

function Row({ row }: { row: RelayRow }) {
  return (
    <tr>
      <td>
        <b>{row.key || t('inbox_no_door')}</b>
        {!row.household && <span class="tag due">{t('relay_row')}</span>}
      </td>
      <td>
        {(row.lines ?? []).map((line, i) => (
          <span key={i} class={line.qty === undefined ? 'thing open' : 'thing'}>
            {line.name} {amount(line.qty)}
            {line.unit}
          </span>
        ))}
        {(row.unread > 0 || !row.lines?.length) && (
          <span>
            {cut(row.text ?? '', row.pieces).map((piece, i) => (
              <span key={i} class={`piece ${piece.kind}`}>
                {piece.text}
              </span>
            ))}
          </span>
        )}
      </td>
      <td>
        <span class={row.change === 'same' ? 'mute' : 'tag line'}>{word('change', row.change)}</span>
      </td>
    </tr>
  );
}
