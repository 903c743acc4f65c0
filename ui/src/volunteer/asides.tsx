import { useEffect, useState } from 'preact/hooks';
import type { RunStop } from '../shapes';
import { language, languageNames, languages } from '../messages';
import { doorReasons } from '../reasons';
import { clock } from '../time';
import { delivered, dismiss, doorOf, model, moved, notDelivered, refused, set, waiting } from './model';
import { refusal, t, word } from './words';

export function Reasons({ stop }: { stop: RunStop }) {
  return (
    <section class="pick">
      <h2>{t('v_why', { door: stop.door })}</h2>
      {doorReasons.map((reason) => (
        <button class="btn" key={reason} onClick={() => notDelivered(stop, reason)}>
          {word('reason', reason)}
        </button>
      ))}
      <button class="link" onClick={() => set({ view: 'run' })}>
        {t('back')}
      </button>
    </section>
  );
}

const clean = (text: string): string => text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');

/**
 * Whether a typed code may be this door's: the phone holds 8 bits of its digest and not the code. A browser that
 * computes none (a page without TLS) lets the server decide alone.
 */
async function mayBe(stop: RunStop, typed: string): Promise<boolean> {
  if (!crypto.subtle || typed.length !== 4 || !stop.door_check) return typed.length === 4;
  const text = new TextEncoder().encode(`door check 1\n${stop.household}\n${typed}`);
  const [first] = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  return first!.toString(16).padStart(2, '0') === stop.door_check;
}

/** A code off a bag says whose it is, one off the door proves who was there; both without signal. */
export function Code({ stop }: { stop: RunStop }) {
  const [text, setText] = useState('');
  const typed = clean(text);
  const whole = typed.length === 4 || typed.length === 13;
  const owner = model.sheet!.stops.find((one) =>
    one.parcels.some((parcel) => parcel.code === typed || parcel.id === typed),
  );
  const bag = owner?.parcels.find((parcel) => parcel.code === typed || parcel.id === typed);
  const [atDoor, setAtDoor] = useState(false);
  useEffect(() => {
    let asked = true;
    setAtDoor(false);
    void mayBe(stop, typed).then((is) => asked && setAtDoor(is));
    return () => {
      asked = false;
    };
  }, [typed, stop]);
  return (
    <section class="pick">
      <h2>{t('v_code_title', { door: stop.door })}</h2>
      <p>{t('v_code_lead')}</p>
      <input
        class="code"
        aria-label={t('v_code_label')}
        autocomplete="off"
        autocapitalize="characters"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {whole && (
        <div role="status">
          {atDoor && !owner ? (
            <button class="btn safe" onClick={() => delivered(stop, typed)}>
              {t('v_code_proves', { door: stop.door })}
            </button>
          ) : !owner ? (
            <p class="note bad">{t('v_code_none')}</p>
          ) : owner === stop ? (
            <p class="note">{t('v_code_right', { door: stop.door })}</p>
          ) : (
            <>
              <div class="two">
                <p>
                  {t('v_here')} <b>{stop.door}</b>
                </p>
                <p>
                  {t('v_belongs')} <b>{owner.door}</b>
                </p>
              </div>
              <button class="btn safe" onClick={() => moved(stop, bag!.id)}>
                {t('v_moved', { door: owner.door })}
              </button>
              <button class="btn" onClick={() => set({ view: 'run', chosen: owner.household })}>
                {t('v_go_to', { door: owner.door })}
              </button>
            </>
          )}
        </div>
      )}
      <button class="link" onClick={() => set({ view: 'run' })}>
        {t('back')}
      </button>
    </section>
  );
}

export function Outbox() {
  const waits = waiting();
  const no = refused();
  return (
    <section class="pick">
      <h2>{waits.length ? t('v_waiting', { n: waits.length }) : t('v_all_sent')}</h2>
      {waits.length > 0 && <p>{t('v_keep_open')}</p>}
      <ul class="list">
        {no.map((action) => (
          <li class="refused" key={action.key}>
            <b>{doorOf(action.body.household)}</b>
            <span>
              {word('v_said', action.to === 'action' ? action.body.kind : action.to)} ·{' '}
              {clock(new Date(action.at).toISOString(), model.sheet?.zone)}
              <br />
              {refusal(action.code ?? '')}
            </span>
            <button class="link" onClick={() => dismiss(action)}>
              {t('v_told')}
            </button>
          </li>
        ))}
        {waits.map((action) => (
          <li key={action.key}>
            <b>{doorOf(action.body.household)}</b>
            <span>
              {word('v_said', action.to === 'action' ? action.body.kind : action.to)} ·{' '}
              {clock(new Date(action.at).toISOString(), model.sheet?.zone)}
            </span>
            <span class="st">{t('v_pending')}</span>
          </li>
        ))}
      </ul>
      {model.sheet && (
        <>
          <p>
            <a class="btn" href={`tel:${model.sheet.duty_phone}`}>
              {t('v_call_desk', { number: model.sheet.duty_phone })}
            </a>
          </p>
          <button class="link" onClick={() => set({ view: 'run' })}>
            {t('back')}
          </button>
        </>
      )}
      <Languages />
    </section>
  );
}

const Languages = () => (
  <nav class="langs" aria-label={t('language')}>
    {languages.map((lang) => (
      <a key={lang} href={`?lang=${lang}`} lang={lang} aria-current={lang === language() ? 'true' : undefined}>
        {languageNames[lang]}
      </a>
    ))}
  </nav>
);
