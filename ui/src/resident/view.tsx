import type { Home } from '../shapes';
import { alertIcon, checkIcon, clockIcon, Icon, phoneIcon } from '../icons';
import { lateWords, refusal, type Values } from '../messages';
import {
  at,
  drop,
  emergencyNumber,
  feelUnwell,
  hourNow,
  model,
  refused,
  report,
  sendAgain,
  set,
  waiting,
} from './model';
import { Unwell } from './unwell';
import { t, word } from './words';

export function App() {
  if (model.view === 'unwell') return <Unwell />;
  if (late && !model.revoked && late.pictured()) return <late.Pictures />;
  return (
    <>
      <main class="page">
        <Greeting />
        {model.revoked ? (
          <Plain title={t('revoked')} more={t('revoked_more', { number: emergencyNumber() })} />
        ) : (
          <Today />
        )}
        <Refused />
        {!model.revoked && <Contact />}
        {late && <late.More />}
      </main>
      <div class="foot">
        <button class="btn" onClick={feelUnwell}>
          {t('unwell')}
        </button>
      </div>
    </>
  );
}

let late: typeof import('./more') | null = null;

/** What is not needed in the first second. Without a connection it comes when there is one. */
export const loadMore = () =>
  late ||
  Promise.all([import('./more'), lateWords]).then(
    ([part]) => {
      late = part;
      set({});
    },
    () => undefined,
  );

function Greeting() {
  const { home } = model;
  const day = home && home.day;
  const hour = hourNow();
  const greeting = t(hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening');
  return (
    <>
      <h1 tabIndex={-1}>{home ? greeting : t('hello')}</h1>
      {day && (
        <div class="day">
          <span>{t(day.number ? 'day' : 'day_before', day as Values)}</span>
          <Pips number={day.number!} length={day.length} />
        </div>
      )}
      {home && home.door && <p class="mute">{home.door}</p>}
    </>
  );
}

function Pips({ number, length }: { number: number; length: number }) {
  if (length > 21) return null;
  return (
    <svg class="pips" width={length * 9 + 4} height="12" aria-hidden="true">
      {Array.from({ length }, (_, i) => (
        <circle class={i < number ? 'past' : 'left'} cx={i * 9 + 6} cy="6" r={i + 1 === number ? 5 : 3} />
      ))}
    </svg>
  );
}

function Today() {
  const { home, changing, homeFailed } = model;
  if (waiting().length) return <Waiting />;
  const state = home ? home.state : 'due';
  const until = home && at(home.window.until);
  if (state === 'none') return <Plain title={t('not_now')} more={t('not_now_more')} />;
  const unwell = home && stillUnwell(home);
  if (home && !changing && !unwell && (state === 'safe' || state === 'alarm')) return <Done home={home} />;
  return (
    <>
      {unwell && <SaidUnwell said={unwell} />}
      <button class="btn safe fine" onClick={() => report({ wellbeing: 'fine' })}>
        {t('fine')}
      </button>
      <p class="hint">
        {until ? t(state === 'overdue' ? 'overdue_hint' : 'press_hint_until', { until }) : t('press_hint')}
      </p>
      {late && <late.ForWhom />}
      {homeFailed && !home && <p class="hint">{t('no_home')}</p>}
    </>
  );
}

function Waiting() {
  const { trying } = model;
  return (
    <section class="done wait" role="status">
      <div class="head">
        <span class="ok">
          <Icon path={clockIcon} />
        </span>
        {t(trying ? 'sending' : 'waiting')}
      </div>
      {!trying && <p>{t('waiting_more')}</p>}
      {!trying && <p>{t('unsent', { n: waiting().length })}</p>}
    </section>
  );
}

/** What was said about being unwell, unless a later report took it back. */
const stillUnwell = ({ unwell, reported_at }: Home) =>
  unwell && !(reported_at && reported_at > unwell.at) ? unwell : null;

function Done({ home }: { home: Home }) {
  // Who said "unwell" is called even after taking it back.
  const callBack = model.callBack || home.state === 'alarm';
  return (
    <>
      <section class="done" role="status">
        <div class="head">
          <span class="ok">
            <Icon path={checkIcon} />
          </span>
          {t('done')}
        </div>
        {home.reported_at && <p>{t('received', { time: at(home.reported_at) })}</p>}
        <p>{callBack ? t('call_back') : t('next_time', { until: at(home.window.until) })}</p>
      </section>
      <button class="text" onClick={() => set({ changing: true })}>
        {t('change')}
      </button>
    </>
  );
}

function SaidUnwell({ said }: { said: NonNullable<Home['unwell']> }) {
  const { seen_at, seen_by } = said;
  return (
    <section class="done over" role="status">
      <div class="head">
        <span class="ok">
          <Icon path={alertIcon} />
        </span>
        {t(`after_${said.because}`, said as Values)}
      </div>
      <p>{t('after_unwell_more', { time: at(said.at) })}</p>
      {seen_at && <p>{t('unwell_seen', { name: seen_by || '', time: at(seen_at) })}</p>}
      <button class="btn" onClick={() => set({ view: 'unwell' })}>
        {t('see_calls')}
      </button>
    </section>
  );
}

const Plain = ({ title, more }: { title: string; more: string }) => (
  <section class="done plain" role="status">
    <b>{title}</b>
    <p>{more}</p>
  </section>
);

/** What the server would not take stays in sight until the resident decides; nothing is dropped silently. */
function Refused() {
  const items = refused();
  if (!items.length) return null;
  return (
    <section>
      <h2>{t('refused', { n: items.length })}</h2>
      {items.map((item) => (
        <div class="note" key={item.key}>
          <b>{t(item.body.wellbeing === 'fine' ? 'fine' : 'unwell')}</b>
          <p>{t('refused_at', { time: at(item.body.occurred_at!) })}</p>
          <p>{refusal(item.refused ?? '')}</p>
          <button class="btn" onClick={() => sendAgain(item)}>
            {t('send_again')}
          </button>
          <button class="text" onClick={() => drop(item)}>
            {t('drop')}
          </button>
        </div>
      ))}
    </section>
  );
}

function Contact() {
  const { home } = model;
  const contact = home && home.contact;
  const phone = contact ? contact.phone : home && home.duty_phone;
  if (!phone) return null;
  const name = contact ? contact.name : phone;
  return (
    <section class="box person">
      <div>
        <span class="mute">{t(contact ? 'contact' : 'duty')}</span>
        <b>{name}</b>
        {contact && <span class="mute">{word('role', contact.role)}</span>}
      </div>
      <a class="btn" href={`tel:${phone}`}>
        <Icon path={phoneIcon} />
        {t('call')}
      </a>
    </section>
  );
}

export function readSize(): number {
  try {
    return Number(localStorage.getItem('size') || 1);
  } catch {
    return 1;
  }
}

export function setSize(size: number): void {
  document.documentElement.className = `size-${size}`;
  try {
    localStorage.setItem('size', String(size));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  set({ size });
}
