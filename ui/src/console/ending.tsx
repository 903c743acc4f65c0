import { useState } from 'preact/hooks';
import { post } from './api';
import { Failed, useAct } from './load';
import { Field, formValues, Modal, Select } from './parts';
import { done } from './toast';
import { t, word } from './words';

/** Why a place is taken out of the tree. */
export const removals = ['entered_in_error', 'merged', 'demolished'] as const;

/** A button for what ends for a reason that is kept: asks for it, and says why where it cannot be. */
export function Ending({
  title,
  label,
  path,
  reasons,
  note,
  more,
  said,
  onDone,
}: {
  title: string;
  /** Spoken, where several buttons say the same. */
  label?: string;
  path: string;
  reasons: readonly string[];
  /** Asked for in words too. */
  note?: string;
  /** What is sent along. */
  more?: Record<string, string>;
  /** What is told once it is done; of the answer, where that says more. */
  said: string | ((answer: { confirmed?: boolean }) => string);
  onDone: () => void;
}) {
  const [open, setOpen] = useState(false);
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { reason, note } = formValues(event);
    void act(async () => {
      const answer = await post<{ confirmed?: boolean }>(path, { ...more, reason, ...(note ? { note } : {}) });
      done(typeof said === 'string' ? said : said(answer));
      setOpen(false);
      onDone();
    });
  };
  return (
    <>
      <button class="btn" onClick={() => setOpen(true)} aria-label={label}>
        {title}
      </button>
      {open && (
        <Modal title={label ?? title} onClose={() => setOpen(false)}>
          <form onSubmit={submit}>
            <Select
              label={t('end_reason')}
              name="reason"
              options={reasons.map((reason) => [reason, word('reason', reason)])}
            />
            {note && <Field label={note} name="note" />}
            {error && <Failed error={error} />}
            <button class="btn primary" disabled={busy}>
              {title}
            </button>
          </form>
        </Modal>
      )}
    </>
  );
}
