import { useState } from 'preact/hooks';
import { post } from './api';
import { Failed, useAct } from './load';
import { formValues, Modal, Select } from './parts';
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
  said,
  onDone,
}: {
  title: string;
  /** Spoken, where several buttons say the same. */
  label?: string;
  path: string;
  reasons: readonly string[];
  said: string;
  onDone: () => void;
}) {
  const [open, setOpen] = useState(false);
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { reason } = formValues(event);
    void act(async () => {
      await post(path, { reason });
      done(said);
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
