import { useEffect, useState } from 'preact/hooks';
import type { AudioNotice } from '../shapes';
import { alertIcon, checkIcon, clockIcon, Icon, phoneIcon } from '../icons';
import { ask, feelUnwell, model, report, set, waiting } from './model';
import { useSend } from './send';
import { t } from './words';

const smile = 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zM9 9.6v.1M15 9.6v.1M8 14c1 1.6 2.4 2.4 4 2.4s3-.8 4-2.4';
const frown = 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zM9 9.6v.1M15 9.6v.1M8 16.4c1-1.6 2.4-2.4 4-2.4s3 .8 4 2.4';
const bowl = 'M3.5 12h17a8.5 8.5 0 0 1-5 7.6h-7A8.5 8.5 0 0 1 3.5 12zM9 8.5c-1-1.4 1-2.4 0-4M13.5 8.5c-1-1.4 1-2.4 0-4';
const pill = 'M10.5 20.2l9.7-9.7a4.7 4.7 0 0 0-6.7-6.7l-9.7 9.7a4.7 4.7 0 0 0 6.7 6.7zM8.6 8.7l6.7 6.7';
const speaker = 'M4 9.5v5h3.5l5 4v-13l-5 4zM16 9a4.2 4.2 0 0 1 0 6M18.5 6.5a7.8 7.8 0 0 1 0 11';

/** The choice of this phone, else what the community knows: somebody here cannot read. */
export function pictured(): boolean {
  try {
    if (localStorage.pictures) return localStorage.pictures === '1';
  } catch {
    // Without storage it is as the community knows.
  }
  return Boolean(model.home?.pictures);
}

export function showPictures(on: boolean): void {
  try {
    localStorage.pictures = on ? '1' : '0';
  } catch {
    // It lasts as long as the page.
  }
  set({});
  scrollTo(0, 0);
}

/** The page for who cannot read: each thing is a picture and a colour, and what was done is a large tick. */
export function Pictures() {
  const { home } = model;
  const phone = home?.contact?.phone || home?.duty_phone;
  const sending = waiting().length > 0;
  const done = !sending && (home?.state === 'safe' || home?.state === 'none');
  return (
    <main class="page pics">
      <h1 tabIndex={-1} class={done ? 'yes' : ''}>
        <Icon path={sending ? clockIcon : done ? checkIcon : smile} />
        <small role="status">{t(sending ? 'sending' : done ? 'done' : 'hello')}</small>
      </h1>
      <div class="pictures">
        <button class="btn safe" onClick={() => report({ wellbeing: 'fine' })}>
          <Icon path={smile} />
          {t('fine')}
        </button>
        <button class="btn alarm" onClick={feelUnwell}>
          <Icon path={frown} />
          {t('pic_unwell')}
        </button>
        {phone && (
          <a class="btn" href={`tel:${phone}`}>
            <Icon path={phoneIcon} />
            {t('call')}
          </a>
        )}
        <Want icon={bowl} word="pic_food" text="pic_food_text" />
        <Want icon={pill} word="pic_medicine" text="pic_medicine_text" />
      </div>
      <Notices />
      <button class="text" onClick={() => showPictures(false)}>
        {t('pic_words')}
      </button>
    </main>
  );
}

/** One press; somebody calls and asks the rest. */
function Want({ icon, word, text }: { icon: string; word: 'pic_food' | 'pic_medicine'; text: 'pic_food_text' | 'pic_medicine_text' }) {
  const [asked, setAsked] = useState(false);
  const [busy, failed, send] = useSend();
  const press = async () => {
    if (await send('/needs', { text: t(text) })) setAsked(true);
  };
  return (
    <button class={asked ? 'btn asked' : 'btn'} disabled={busy || asked} onClick={press}>
      <Icon path={asked ? checkIcon : failed ? alertIcon : icon} />
      {t(failed ? 'more_failed' : word)}
    </button>
  );
}

/** Recorded by the community: heard with one press, without reading. */
export function Notices() {
  const [rows, setRows] = useState<AudioNotice[]>([]);
  useEffect(() => void ask<{ rows: AudioNotice[] }>('/audio-notices').then((answer) => setRows(answer.rows), () => undefined), []);
  if (!rows.length) return null;
  return (
    <section>
      <h2>{t('pic_notices')}</h2>
      {rows.map((row) => (
        <Play key={row.id} notice={row} />
      ))}
    </section>
  );
}

let stop: () => void = () => undefined;

/** Decoded here and not given to an element: an element could not send the link along. */
async function sound(id: string, context: AudioContext): Promise<AudioBufferSourceNode> {
  const answer = await fetch(`/api/v1/audio-notices/${id}/sound`, {
    credentials: 'omit',
    headers: { Authorization: `Link ${model.token}` },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const bytes = await answer.arrayBuffer();
  // Older engines answer by callback alone.
  const heard = await new Promise<AudioBuffer>((yes, no) => void context.decodeAudioData(bytes, yes, no));
  const source = context.createBufferSource();
  source.buffer = heard;
  source.connect(context.destination);
  return source;
}

function Play({ notice }: { notice: AudioNotice }) {
  const [state, setState] = useState<'' | 'on' | 'bad'>('');
  const press = async () => {
    stop();
    if (state === 'on') return;
    setState('on');
    const context = new AudioContext();
    const end = () => {
      stop = () => undefined;
      setState('');
      void context.close();
    };
    stop = end;
    try {
      const source = await sound(notice.id, context);
      source.onended = () => stop === end && end();
      source.start();
    } catch {
      end();
      setState('bad');
    }
  };
  return (
    <button class="btn heard" aria-pressed={state === 'on'} onClick={press}>
      <Icon path={state === 'bad' ? alertIcon : speaker} />
      {notice.title} {state === 'bad' && <small role="alert">{t('pic_no_sound')}</small>}
    </button>
  );
}
