import { useEffect, useRef, useState } from 'preact/hooks';
import { late } from '../../late';
import { language } from '../../messages';
import { dayOf, dayWords } from '../../time';
import { session } from '../api';
import { at, now } from '../clock';
import { onJournal } from '../live';
import { t, word } from '../words';

export type GoodsClass = 'meal' | 'fresh' | 'parcel';
export const classes: GoodsClass[] = ['meal', 'fresh', 'parcel'];

/** Says once every half second that something of the goods has changed. */
export function useGoodsLive(reload: () => void): void {
  useEffect(() => {
    let timer = 0;
    const stop = onJournal((event) => {
      if (!/^(parcel|run|shuttle|point|photo)/.test(event.kind)) return;
      timer ||= window.setTimeout(() => {
        timer = 0;
        reload();
      }, 500);
    }, reload);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [reload]);
}

/** What reads a picture is large and fetched by whoever uses a camera. */
const Camera = late(() => import('./camera').then((part) => part.default));

/**
 * A field for a scanner that types and presses Enter, for a keypad, or for the camera where the page may have one (not
 * without TLS); it takes the focus back.
 */
export function ScanField({ label, onScan }: { label: string; onScan: (text: string) => void }) {
  const [text, setText] = useState('');
  const [looking, setLooking] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <>
      <form
        class="scan"
        onSubmit={(event) => {
          event.preventDefault();
          const scanned = text.trim();
          setText('');
          field.current?.focus();
          if (scanned) onScan(scanned);
        }}
      >
        <label for="scan">{label}</label>
        <input
          id="scan"
          ref={field}
          value={text}
          autocomplete="off"
          placeholder="10-2-301"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button class="btn primary">{t('goods_enter')}</button>
        {navigator.mediaDevices && (
          <button type="button" class="btn" onClick={() => setLooking(true)}>
            {t('camera')}
          </button>
        )}
      </form>
      {looking && <Camera onScan={onScan} onClose={() => setLooking(false)} />}
    </>
  );
}

/** "10-2-301" and "10栋2单元301" are doors, anything else is a code. */
export const isDoor = (text: string): boolean => /^[^-]+-[^-]*-[^-]+$/.test(text) || /[\u3400-\u9fff]/.test(text);

export function ClassSeg({
  value,
  none,
  onChange,
  label,
}: {
  value: GoodsClass | '';
  none?: string;
  onChange: (value: GoodsClass | '') => void;
  label: string;
}) {
  return (
    <div class="seg wrap" role="group" aria-label={label}>
      {none && (
        <button type="button" aria-pressed={value === ''} onClick={() => onChange('')}>
          {none}
        </button>
      )}
      {classes.map((one) => (
        <button type="button" key={one} aria-pressed={value === one} onClick={() => onChange(one)}>
          {word('class', one)}
        </button>
      ))}
    </div>
  );
}

/** Clock time of an instant, with the day where it is not today's: 09:00 tomorrow is not 09:00. */
export function atDay(instant: string): string {
  const zone = session.value?.community.zone;
  const day = dayOf(instant, zone);
  return day === dayOf(new Date(now.value).toISOString(), zone) ? at(instant) : `${dayWords(day, language())} ${at(instant)}`;
}
