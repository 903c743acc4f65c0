import type { ComponentChildren, ComponentType, FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { lateWords } from './messages';

/**
 * The part may be gone because the server was upgraded: then this page is fetched anew, once, where the server answers and
 * nothing is being typed.
 */
async function renew(): Promise<void> {
  const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')];
  if (Date.now() - Number(sessionStorage.renewed ?? 0) < 60_000 || fields.some((field) => field.value !== field.defaultValue)) return;
  if (!(await fetch(location.href, { cache: 'no-store' })).ok) return;
  sessionStorage.renewed = Date.now();
  location.reload();
}

/**
 * A part of a page that is fetched after the page stands, with its words. Until it is here `waiting` is shown;
 * without a connection it is tried again when there is one.
 */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ComponentChildren = null,
): FunctionComponent<Props> {
  let part: ComponentType<Props> | null = null;
  return (props: Props) => {
    const [, turn] = useState(0);
    useEffect(() => {
      if (part) return;
      const fetchPart = () =>
        void Promise.all([load(), lateWords]).then(
          ([found]) => {
            part = found;
            turn((n) => n + 1);
          },
          () => renew().catch(() => undefined),
        );
      fetchPart();
      addEventListener('online', fetchPart);
      return () => removeEventListener('online', fetchPart);
    }, []);
    const Part = part;
    return Part ? <Part {...props} /> : <>{waiting}</>;
  };
}
