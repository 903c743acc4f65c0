import type { RunStop } from '../shapes';
import { checkIcon, doorIcon, eyeIcon, Icon, questionIcon } from '../icons';
import { language } from '../messages';
import { Code, Outbox, Reasons } from './asides';
import {
  aimAt,
  alarm,
  current,
  delivered,
  model,
  openStops,
  pendingOf,
  photograph,
  photoOf,
  refused,
  seen,
  set,
  stateOf,
  stopsFromTop,
  take,
  undo,
  waiting,
} from './model';
import { refusal, t, word } from './words';

const bagIcon = 'M5.8 8.5h12.4l1 11.5H4.8zM8.8 11V7.2a3.2 3.2 0 0 1 6.4 0V11';
const cameraIcon = 'M3.8 8h3.7L9 5.5h6L16.5 8h3.7v11H3.8zM12 9.8a3.4 3.4 0 1 0 0 6.8a3.4 3.4 0 0 0 0-6.8z';
const crossIcon = 'M5.5 5.5l13 13M18.5 5.5l-13 13';
const offIcon = 'M4 4l16 16M7.5 9.2A4.4 4.4 0 0 0 7 18h10M10 6.2A5.6 5.6 0 0 1 17.6 11a3.6 3.6 0 0 1 2.6 5.6';

export function App() {
  const { sheet } = model;
  if (!sheet) return <Nothing />;
  const stop = current();
  return (
    <>
      <Bar />
      <main>
        <Notices />
        {model.view === 'outbox' ? (
          <Outbox />
        ) : model.view === 'reasons' && stop ? (
          <Reasons stop={stop} />
        ) : model.view === 'code' && stop ? (
          <Code stop={stop} />
        ) : (
          <Run stop={stop} />
        )}
      </main>
      {model.view === 'run' && <Dock stop={stop} />}
    </>
  );
}

function Nothing() {
  const text = model.ended ? refusal(model.ended) : model.failed || !model.online ? t('v_no_run') : t('v_loading');
  return (
    <main class="none">
      <h1>{t('v_title')}</h1>
      <p role="status">{text}</p>
      {waiting().length + refused().length > 0 && <Outbox />}
    </main>
  );
}

function Bar() {
  const sheet = model.sheet!;
  const done = sheet.stops.length - openStops().length;
  const waits = waiting().length;
  return (
    <header class="bar">
      <h1>
        {sheet.building}
        {sheet.entrance}
        <span>{t('v_doors', { done, all: sheet.stops.length })}</span>
      </h1>
      <button class="sync" aria-live="polite" onClick={() => set({ view: model.view === 'outbox' ? 'run' : 'outbox' })}>
        {!model.online && <Icon path={offIcon} />}
        {!model.online && <span class="w">{t('v_offline')} · </span>}
        {waits || !model.online ? t('v_waiting', { n: waits }) : t('v_all_sent')}
      </button>
    </header>
  );
}

function Notices() {
  const no = refused().length;
  return (
    <>
      {model.ended && (
        <p class="note bad" role="alert">
          <b>{refusal(model.ended)}</b> {waiting().length + no > 0 && t('v_tell_desk')}
        </p>
      )}
      {no > 0 && model.view !== 'outbox' && (
        <button class="note bad" onClick={() => set({ view: 'outbox' })}>
          {t('v_refused_n', { n: no })}
        </button>
      )}
      {model.unkept && (
        <p class="note bad" role="alert">
          {t('v_unkept')}
        </p>
      )}
    </>
  );
}

/** "蔬菜 2 袋，约 4 公斤": classes with their counts. */
function bags(stop: RunStop): string {
  const counts = new Map<string, number>();
  for (const parcel of stop.parcels) counts.set(parcel.class, (counts.get(parcel.class) ?? 0) + 1);
  return [...counts].map(([kind, n]) => `${word('class', kind)} ${n}`).join(language() === 'en' ? ', ' : '、');
}

const weight = (stop: RunStop): string => {
  const grams = stop.parcels.reduce((sum, parcel) => sum + parcel.weight_g, 0);
  return grams ? t('v_weight', { n: Math.max(1, Math.round(grams / 1000)) }) : '';
};

function Run({ stop }: { stop: RunStop | undefined }) {
  const sheet = model.sheet!;
  if (!stop || !openStops().length) return <End />;
  const others = stopsFromTop().filter((one) => one !== stop);
  const open = others.filter((one) => stateOf(one) === 'open');
  return (
    <>
      {sheet.state === 'planned' && !model.actions.length && (
        <section class="start">
          <p>
            {t('v_from', { point: sheet.from || sheet.community, n: sheet.stops.length })}{' '}
            {sheet.helpers > 0 && <b>{t('v_helpers', { n: sheet.helpers })}</b>}
          </p>
          <button class="btn" onClick={take}>
            {t('v_take')}
          </button>
        </section>
      )}
      <Now stop={stop} />
      <div class="side" role="group" aria-label={t('v_saw')}>
        <button class="btn" onClick={() => seen(stop)}>
          <Icon path={eyeIcon} />
          {t('v_seen')}
        </button>
        <button class="btn" onClick={() => alarm(stop, 'old_bag')}>
          <Icon path={bagIcon} />
          {t('v_old_bag')}
        </button>
        <button class="btn" onClick={() => alarm(stop, 'wrong')}>
          <Icon path={questionIcon} />
          {t('v_wrong')}
        </button>
      </div>
      <ul class="list">
        {open.map((one, at) => (
          <Row key={one.household} stop={one} next={at === 0 && stateOf(stop) === 'open'} />
        ))}
        {others
          .filter((one) => stateOf(one) !== 'open')
          .map((one) => (
            <Row key={one.household} stop={one} />
          ))}
      </ul>
    </>
  );
}

function Now({ stop }: { stop: RunStop }) {
  const floors = [...new Set(stopsFromTop().map((one) => one.floor))];
  const state = stateOf(stop);
  return (
    <section class="now" aria-label={t('v_this_door')}>
      <div>
        <div class="fl">{t('v_floor', { n: stop.floor })}</div>
        <div class={stop.door.length > 4 ? 'no long' : 'no'}>{stop.door}</div>
        <div class="what">
          {bags(stop)} <span>{weight(stop)}</span>
        </div>
        {state !== 'open' && <p class={`was ${state}`}>{word('v_state', state)}</p>}
      </div>
      <ol class="lad" aria-hidden="true">
        {floors.map((floor) => {
          const past = !openStops().some((one) => one.floor === floor);
          return <li class={floor === stop.floor ? 'cur' : past ? 'past' : ''}>{past ? `${floor} ✓` : floor}</li>;
        })}
      </ol>
      <ul class="notes">
        {stop.notes && (
          <li>
            <Icon path={doorIcon} />
            {stop.notes}
          </li>
        )}
        {accessWords(stop).map((words) => (
          <li key={words}>
            <Icon path={doorIcon} />
            {words}
          </li>
        ))}
        <li>
          <button class="link" onClick={() => set({ view: 'code', chosen: stop.household })}>
            {t('v_codes')} {stop.parcels.map((parcel) => parcel.code).join(' ')}
          </button>
        </li>
      </ul>
    </section>
  );
}

const cannots = ['cannot_read', 'cannot_hear', 'cannot_see'] as const;

/** What to mind where somebody does not hear, see, read or speak Mandarin. */
function accessWords({ access }: RunStop): string[] {
  if (!access) return [];
  const lines = cannots.filter((one) => access[one]).map((one) => t(`v_${one}`));
  if (access.language === 'csl') lines.push(t('v_signs'));
  else if (access.language && access.language !== 'cmn' && access.language !== 'other') {
    lines.push(t('v_speaks', { language: languageName(access.language) }));
  }
  return lines;
}

/** By the browser's own words: the phone fetches none for it. */
function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([language()], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

function Row({ stop, next }: { stop: RunStop; next?: boolean }) {
  const state = stateOf(stop);
  return (
    <li class={state === 'open' ? '' : 'gone'}>
      <button onClick={() => set({ chosen: stop.household })}>
        <b>{stop.door}</b>
        <span>{bags(stop)}</span>
        <span class="st">
          {state === 'delivered' && <Icon path={checkIcon} />}
          {state === 'open' ? next && t('v_next') : word('v_state', state)}
          {pendingOf(stop) && ` · ${t('v_pending')}`}
        </span>
      </button>
    </li>
  );
}

function Dock({ stop }: { stop: RunStop | undefined }) {
  const bar = model.undo;
  const over = !stop || !openStops().length;
  if (over && !bar) return null;
  return (
    <footer class="dock">
      {bar && (
        <div class="toast" role="status">
          <span>
            <b>{bar.door}</b>
            {word('v_said', bar.kind)}
          </span>
          <button onClick={undo}>
            {t('v_undo')} <i>{Math.max(0, Math.ceil((bar.until - Date.now()) / 1000))}</i>
          </button>
        </div>
      )}
      {!over && stop && (
        <div class="acts">
          <button class="btn" onClick={() => set({ view: 'reasons', chosen: stop.household })}>
            <Icon path={crossIcon} />
            {t('v_not')}
          </button>
          <label class={photoOf(stop) ? 'btn has' : 'btn'} onClick={() => aimAt(stop)}>
            <Icon path={photoOf(stop) ? checkIcon : cameraIcon} />
            {t('v_photo')}
            <input
              type="file"
              accept="image/*"
              capture="environment"
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                if (file) void photograph(file);
                event.currentTarget.value = '';
              }}
            />
          </label>
          <button class="btn safe big" disabled={stateOf(stop) !== 'open'} onClick={() => delivered(stop)}>
            {t('v_delivered')}
          </button>
        </div>
      )}
    </footer>
  );
}

function End() {
  const waits = waiting().length;
  return (
    <section class="end">
      <h2>{t('v_done', { n: model.sheet!.stops.length })}</h2>
      <p role="status" class={waits ? 'note' : 'note good'}>
        {waits ? t('v_end_waiting', { n: waits }) : t('v_end_sent')}
      </p>
      <ul class="list">
        {stopsFromTop().map((stop) => (
          <Row key={stop.household} stop={stop} />
        ))}
      </ul>
    </section>
  );
}
