import type { ComponentChildren } from 'preact';
import { Failed, useAct } from '../load';
import { formValues, Modal } from '../parts';
import { done } from '../toast';
import { t } from '../words';

interface AskProps {
  title: string;
  children: ComponentChildren;
  send: (values: Record<string, string>) => Promise<unknown>;
  onClose: () => void;
}

/** A form that says what went wrong beside its button and keeps what was typed. */
export function Ask({ title, children, send, onClose }: AskProps) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const values = formValues(event);
    void act(async () => {
      await send(values);
      done(t('help_saved'));
      onClose();
    });
  };
  return (
    <Modal title={title} onClose={onClose}>
      <form onSubmit={submit}>
        {children}
        {error && <Failed error={error} />}
        <button class="btn primary" disabled={busy}>
          {t('help_save')}
        </button>
      </form>
    </Modal>
  );
}

