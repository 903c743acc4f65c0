import { useEffect, useState } from 'preact/hooks';
import type { Guides, MenuDays, SuppliesSaid } from '../shapes';
import { dayWords } from '../time';
import { language } from '../messages';
import { uuid7 } from '../uuid7';
import { ask } from './model';
import { t } from './words';

const write = <T,>(path: string, body: object): Promise<T> =>
  ask<T>(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': uuid7() },
    body: JSON.stringify(body),
  });

/** What there is to eat, for how long it lasts here, and how to order oneself. */
export function Table() {
  const [menus, setMenus] = useState<MenuDays['days']>([]);
  const [guides, setGuides] = useState<Guides['rows']>([]);
  useEffect(() => {
    ask<MenuDays>('/menus').then((answer) => setMenus(answer.days), () => undefined);
    ask<Guides>('/guides').then((answer) => setGuides(answer.rows), () => undefined);
  }, []);
  return (
    <>
      <Food />
      {menus.length > 0 && (
        <section>
          <h2>{t('eat_menu')}</h2>
          {menus.map((one) => (
            <p key={one.day}>
              <b>{dayWords(one.day, language())}</b> {one.dishes.join('、')}
            </p>
          ))}
        </section>
      )}
      {guides.length > 0 && (
        <section>
          <h2>{t('eat_guides')}</h2>
          {guides.map((one) => (
            <details
              key={one.id}
              onToggle={(event) => event.currentTarget.open && void write(`/guides/${one.id}/read`, {}).catch(() => undefined)}
            >
              <summary class="btn">{one.app}</summary>
              {one.steps.split('\n').map((step, i) => (
                <p key={i}>{step}</p>
              ))}
            </details>
          ))}
        </section>
      )}
    </>
  );
}

const days = [0, 1, 2, 3, 7];

function Food() {
  const [said, setSaid] = useState('');
  const tell = (food_days: number) =>
    write<SuppliesSaid>('/supplies', { food_days }).then(
      (answer) => setSaid(t(answer.task ? 'food_task' : 'food_told')),
      () => setSaid(t('ask_not_sent')),
    );
  return (
    <section>
      <h2>{t('food_left')}</h2>
      <div class="chips">
        {days.map((n) => (
          <button class="btn" key={n} onClick={() => tell(n)} aria-label={`${t('food_left')} ${t('food_n', { n })}`}>
            {t('food_n', { n })}
          </button>
        ))}
      </div>
      {said && <p role="status">{said}</p>}
    </section>
  );
}
