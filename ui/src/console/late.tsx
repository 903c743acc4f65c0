import type { JSX } from 'preact';
import { lateWords } from '../messages';
import { Show, useLoad } from './load';

/** A page that is fetched when it is first opened: who never receives goods does not download that desk. */
export function Late({ name, load }: { name: string; load: () => Promise<{ Page: () => JSX.Element }> }) {
  const page = useLoad(`late ${name}`, async () => {
    const [module] = await Promise.all([load(), lateWords()]);
    return module;
  });
  return <Show of={page}>{({ Page }) => <Page />}</Show>;
}
