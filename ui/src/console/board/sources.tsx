import type { SourceRow } from '../../shapes';
import { get } from '../api';
import { at } from '../clock';
import { Show, useLoad } from '../load';
import { t, word } from '../words';

/** By which ways somebody came to be known: one person, however many lists and visits named them. */
export function Sources({ person }: { person: string }) {
  const list = useLoad(`sources ${person}`, async () => (await get<{ rows: SourceRow[] }>(`/people/${person}/sources`)).rows);
  return (
    <Show of={list}>
      {(rows) => (
        <p class="mute">
          {t('sources')} {rows.map((row) => `${word('source', row.channel)} ${row.list ?? ''} ${row.times > 1 ? `×${row.times}` : ''} ${at(row.last_at)}`).join(' · ')}
        </p>
      )}
    </Show>
  );
}
