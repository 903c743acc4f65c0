import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Found } from '../../shapes';
import { post } from '../api';
import { Failed, useAct } from '../load';
import { Empty, Field, formValues } from '../parts';
import { t } from '../words';

interface Props {
  label: string;
  fits: (row: Found) => boolean;
  /** What may be pressed for somebody who was found. */
  children: (row: Found) => ComponentChildren;
}

/** Looks for somebody by name. The name goes in the body of a POST. */
export function FindPerson({ label, fits, children }: Props) {
  const { busy, error, act } = useAct();
  const [found, setFound] = useState<Found[] | null>(null);
  const look = (event: Event) => {
    const { name } = formValues(event);
    void act(async () => setFound((await post<{ rows: Found[] }>('/search', { text: name })).rows.filter(fits)));
  };
  return (
    <>
      <form onSubmit={look}>
        <Field label={label} name="name" required autocomplete="off" />
        <button class="btn" disabled={busy}>
          {t('search_title')}
        </button>
      </form>
      {found?.length === 0 && <Empty text={t('search_empty')} />}
      <ul class="lines">
        {found?.map((row) => (
          <li key={row.id}>
            <b>{row.title}</b> <span>{row.subtitle}</span>
            <span class="end">{children(row)}</span>
          </li>
        ))}
      </ul>
      {error && <Failed error={error} />}
    </>
  );
}
