import { signal } from '@preact/signals';
import { ApiError } from './api';
import { t } from './words';

interface Toast {
  id: number;
  text: string;
  error?: boolean;
  label?: string;
  run?: () => void;
}

const toasts = signal<Toast[]>([]);
let next = 1;
const seconds = 6;

const dismiss = (id: number) => (toasts.value = toasts.value.filter((toast) => toast.id !== id));

function push(toast: Omit<Toast, 'id'>): void {
  const id = next++;
  toasts.value = [...toasts.value.slice(-2), { ...toast, id }];
  // An error stays until it is read: six seconds are too short to find out what was not saved.
  if (!toast.error) setTimeout(() => dismiss(id), seconds * 1000);
}

/** Says that something was done, with a way back for six seconds where the server knows one. */
export const done = (text: string, undo?: () => Promise<unknown>): void =>
  push({ text, ...(undo ? { label: t('undo'), run: () => void attempt(undo, t('undone')) } : {}) });

/** Runs a write; a failure stays on screen with a button that tries the very same write again. */
export async function attempt(work: () => Promise<unknown>, said?: string): Promise<boolean> {
  try {
    await work();
    if (said) done(said);
    return true;
  } catch (thrown) {
    const error = thrown instanceof ApiError ? thrown : new ApiError(0, 'page.error');
    const again = error.status === 0 || error.status >= 500 || error.status === 429;
    push({
      text: error.words,
      error: true,
      label: again ? t('retry') : t('close'),
      run: again ? () => void attempt(work, said) : () => undefined,
    });
    return false;
  }
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <div key={toast.id} class={toast.error ? 'toast error' : 'toast'}>
          <span>{toast.text}</span>
          {toast.label && (
            <button
              class="btn"
              onClick={() => {
                dismiss(toast.id);
                toast.run?.();
              }}
            >
              {toast.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
