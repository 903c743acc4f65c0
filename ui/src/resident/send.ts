import { useState } from 'preact/hooks';
import type { Problem } from '../shapes';
import { uuid7 } from '../uuid7';
import { ask } from './model';

/** What was not taken, and why; `network` where no answer came. */
export type Failure = Pick<Problem, 'code' | 'hint'>;

/** Sends once however often it is pressed: the key stays until an answer has come. */
export function useSend(): [boolean, Failure | null, (path: string, body: object) => Promise<unknown>] {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Failure | null>(null);
  const [key, setKey] = useState(uuid7);
  const send = async (path: string, body: object) => {
    setBusy(true);
    setFailed(null);
    try {
      const answer = await ask(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: JSON.stringify(body),
      });
      setKey(uuid7());
      return answer;
    } catch (thrown) {
      const problem = thrown as Problem | null;
      if (problem && problem.status < 500) setKey(uuid7());
      setFailed(problem && problem.code ? problem : { code: 'network' });
      return null;
    } finally {
      setBusy(false);
    }
  };
  return [busy, failed, send];
}
