import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from './api';
import { t } from './words';

export interface Loaded<T> {
  data: T | null;
  error: ApiError | null;
  reload: () => void;
  /** Replaces what is shown without asking again, after a write whose answer says enough. */
  setData: (data: T) => void;
}

/** Loads when `key` changes; while it reloads, what was there stays. A late answer to an old key is dropped. */
export function useLoad<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string; data: T | null; error: ApiError | null }>({
    key,
    data: null,
    error: null,
  });
  const turn = useRef(0);
  // Whoever kept `reload` from an earlier key asks for what is shown now.
  const latest = useRef({ key, load });
  latest.current = { key, load };
  const reload = useCallback(() => {
    const mine = ++turn.current;
    const { key, load } = latest.current;
    load().then(
      (data) => mine === turn.current && setState({ key, data, error: null }),
      (error: ApiError) =>
        mine === turn.current && setState((old) => ({ key, data: old.key === key ? old.data : null, error })),
    );
  }, []);
  useEffect(reload, [key]);
  const setData = useCallback((data: T) => {
    if (latest.current.key === key) setState({ key, data, error: null });
  }, [key]);
  const fresh = state.key === key;
  return { data: fresh ? state.data : null, error: fresh ? state.error : null, reload, setData };
}

/** The four designed states of anything loaded: waiting, failed, and what the caller draws for the rest. */
export function Show<T>({ of, children }: { of: Loaded<T>; children: (data: T) => ComponentChildren }) {
  if (of.data) {
    return (
      <>
        {of.error && <Failed error={of.error} retry={of.reload} />}
        {children(of.data)}
      </>
    );
  }
  if (of.error) return <Failed error={of.error} retry={of.reload} />;
  return (
    <div class="skel" role="status" aria-label={t('loading')}>
      <i />
      <i />
      <i />
    </div>
  );
}

export function Failed({ error, retry }: { error: ApiError; retry?: () => void }) {
  return (
    <div class="failed" role="alert">
      <p>
        <b>{error.words}</b> {error.code === 'network' && t('network_kept')}
      </p>
      {retry && (
        <button class="btn" onClick={retry}>
          {t('retry')}
        </button>
      )}
    </div>
  );
}

/** Runs a write from a form: says what went wrong beside the button and keeps what was typed. */
export function useAct(): { busy: boolean; error: ApiError | null; act: (work: () => Promise<void>) => Promise<void> } {
  const [state, setState] = useState<{ busy: boolean; error: ApiError | null }>({ busy: false, error: null });
  const act = async (work: () => Promise<void>) => {
    setState({ busy: true, error: null });
    try {
      await work();
      setState({ busy: false, error: null });
    } catch (error) {
      setState({ busy: false, error: error instanceof ApiError ? error : new ApiError(0, 'page.error') });
    }
  };
  return { ...state, act };
}
