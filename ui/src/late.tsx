import type { ComponentChildren, ComponentType, FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { lateWords } from './messages';

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
          () => undefined,
        );
      fetchPart();
      addEventListener('online', fetchPart);
      return () => removeEventListener('online', fetchPart);
    }, []);
    const Part = part;
    return Part ? <Part {...props} /> : <>{waiting}</>;
  };
}
