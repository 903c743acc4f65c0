import { Icon, phoneIcon } from '../icons';
import type { OutboxItem } from '../outbox';
import { at, emergencyNumber, feelUnwell, model, refused, sayFine, set, waiting } from './model';
import { t, word } from './words';

/** The screen after "I feel unwell": the report has already left, the next tap is a live call. */
export function Unwell() {
  const { home } = model;
  const contact = home && home.contact;
  const duty = home && home.duty_phone;
  return (
    <main class="st-unwell on">
      <h1 tabIndex={-1}>{t('calm')}</h1>
      <p>{t('calm_lead')}</p>
      <Call
        big
        phone={emergencyNumber()}
        name={t('emergency', { number: emergencyNumber() })}
        note={t('emergency_when')}
      />
      {contact && (
        <Call
          phone={contact.phone}
          name={`${word('role', contact.role)} ${contact.name}`}
          note={t('worker_will_call')}
        />
      )}
      {duty && !(contact && contact.phone === duty) && <Call phone={duty} name={duty} note={t('duty')} />}
      <Progress />
      <button class="text" onClick={sayFine}>
        {t('mistake')}
      </button>
      <button class="text" onClick={() => set({ view: 'home' })}>
        {t('back')}
      </button>
    </main>
  );
}

function Call({ phone, name, note, big }: { phone: string; name: string; note: string; big?: boolean }) {
  return (
    <a class={big ? 'btn call alarm big' : 'btn call'} href={`tel:${phone}`}>
      <Icon path={phoneIcon} />
      <span>
        {name}
        <span class="two">{note}</span>
      </span>
    </a>
  );
}

/** Who knows, said plainly; after a minute without a reader the emergency number is said again, loudly. */
function Progress() {
  const { home, unwellAt, trying } = model;
  const said = home && home.unwell;
  const unwell = (item: OutboxItem) => item.body.wellbeing === 'unwell';
  if (refused().some(unwell)) return <Said loud text={t('unwell_refused')} />;
  if (waiting().some(unwell)) return <Said loud={!trying} text={t(trying ? 'unwell_sending' : 'unwell_offline')} />;
  if (!said) {
    return (
      <button class="btn primary" onClick={feelUnwell}>
        {t('unwell_tell')}
      </button>
    );
  }
  if (said.seen_at) return <Said text={t('unwell_seen', { name: said.seen_by || '', time: at(said.seen_at) })} />;
  const unseen = Date.now() - (unwellAt || Date.parse(said.at)) >= 60_000;
  return unseen ? (
    <Said loud text={t('unwell_unseen', { number: emergencyNumber() })} />
  ) : (
    <Said text={t('unwell_told', { time: at(said.at) })} />
  );
}

const Said = ({ text, loud }: { text: string; loud?: boolean }) => (
  <p class={loud ? 'said loud' : 'said'} role="status">
    {text}
  </p>
);
