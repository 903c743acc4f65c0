import { useState } from 'preact/hooks';
import type { Guides, Lessons, MenuDays, MenuWeighed, Programmes } from '../../shapes';
import { get, post } from '../api';
import { at } from '../clock';
import { Show, useLoad } from '../load';
import { Empty, Field } from '../parts';
import { t, word } from '../words';
import { Ask } from './ask';
import { LessonForm, ProgrammeForm } from './lesson';

/** Menus with what is to be said of them, guides and lessons in ordering online, and programmes. */
export function Learn() {
  const menus = useLoad('menus', () => get<MenuDays>('/menus'));
  const guides = useLoad('guides', () => get<Guides>('/guides'));
  const lessons = useLoad('lessons', () => get<Lessons>('/lessons'));
  const programmes = useLoad('programmes', () => get<Programmes>('/programmes'));
  const [asking, setAsking] = useState<'menu' | 'guide' | 'lesson' | 'programme' | ''>('');
  const [editing, setEditing] = useState<Programmes['rows'][number] | null>(null);
  const [said, setSaid] = useState<MenuWeighed | null>(null);
  const close = () => {
    setAsking('');
    setEditing(null);
    menus.reload();
    guides.reload();
    lessons.reload();
    programmes.reload();
  };
  const repeated = (said?.dishes ?? []).filter((one) => one.served);
  return (
    <>
      <p class="acts">
        {(['menu', 'guide', 'lesson', 'programme'] as const).map((what) => (
          <button key={what} class="btn" onClick={() => setAsking(what)}>
            {t(`${what}_add`)}
          </button>
        ))}
      </p>
      {said && (repeated.length > 0 || said.lacking.length > 0) && (
        <p class="failed" role="status">
          {repeated.map((one) => t('menu_repeat', { dish: one.dish, day: one.served! })).join('；')}{' '}
          {said.lacking.map((one) => t('menu_lacking', { kind: word('food', one) })).join('；')}
        </p>
      )}
      <Show of={menus}>
        {(data) => (
          <section class="card pad">
            <h2>{t('menu')}</h2>
            {!data.days.length && <Empty text={t('menu_none')} />}
            <ul class="lines">
              {data.days.map((one) => (
                <li key={one.day}>
                  <b>{one.day}</b> {one.dishes.join('、')}
                </li>
              ))}
            </ul>
          </section>
        )}
      </Show>
      <Show of={guides}>
        {(data) => (
          <section class="card pad">
            <h2>{t('guide')}</h2>
            <ul class="lines">
              {data.rows.map((one) => (
                <li key={one.id}>
                  <b>{one.app}</b> <span class="mute">{t('guide_reads', { n: one.reads })}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </Show>
      <Show of={lessons}>
        {(data) => (
          <section class="card pad">
            <h2>{t('lesson')}</h2>
            <p>{t('lesson_ways', { proxy: data.proxy, relay: data.relay, self: data.self, unknown: data.unknown })}</p>
            <ul class="lines">
              {data.rows.map((one) => (
                <li key={one.id}>
                  <span class="mute">{at(one.at)}</span> <b>{one.topic}</b> {t('lesson_came', { n: one.attended, shops: one.shops })}
                </li>
              ))}
            </ul>
          </section>
        )}
      </Show>
      <Show of={programmes}>
        {({ rows }) => (
          <section class="card pad">
            <h2>{t('programme')}</h2>
            <ul class="lines">
              {rows.map((one) => (
                <li key={one.id}>
                  <b>{one.name}</b> {one.owner}{' '}
                  <span class="mute">{t('programme_figures', { helpers: one.helpers.length, ordered: one.ordered, today: one.today, delivered: one.delivered })}</span>{' '}
                  <button class="btn small" onClick={() => setEditing(one)} aria-label={`${t('sheet_change')} ${one.name}`}>
                    {t('sheet_change')}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </Show>
      {asking === 'menu' && (
        <Ask
          title={t('menu_add')}
          onClose={close}
          send={async ({ day, dishes }) => setSaid(await post<MenuWeighed>('/menus', { day, dishes: (dishes ?? '').split(/[\s,，、]+/).filter(Boolean) }))}
        >
          <Field label={t('menu_day')} name="day" type="date" required />
          <Field label={t('menu_dishes')} name="dishes" required />
        </Ask>
      )}
      {asking === 'guide' && (
        <Ask title={t('guide_add')} onClose={close} send={({ app, steps }) => post('/guides', { app, steps })}>
          <Field label={t('guide_app')} name="app" required />
          <Field label={t('guide_steps')} name="steps" required />
        </Ask>
      )}
      {asking === 'lesson' && <LessonForm onClose={close} />}
      {(asking === 'programme' || editing) && (
        <ProgrammeForm of={editing} baskets={programmes.data?.baskets ?? []} onClose={close} />
      )}
    </>
  );
}
