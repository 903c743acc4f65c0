import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { CellState } from '../shapes';
import { alertIcon, checkIcon, clockIcon, Icon } from '../icons';
import { t, word } from './words';

/** A window over the page: keeps the focus inside, closes with Esc, gives the focus back. */
export function Modal({
  title,
  onClose,
  children,
  wide,
}: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  wide?: boolean;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    (box.current?.querySelector<HTMLElement>('input, select, textarea') ?? box.current)?.focus();
    return () => before?.focus?.();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    }
    if (event.key !== 'Tab' || !box.current) return;
    const stops = [
      ...box.current.querySelectorAll<HTMLElement>('a[href], button:not(:disabled), input, select, textarea'),
    ];
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement === edge || document.activeElement === box.current) {
      if (document.activeElement === box.current && !event.shiftKey) return;
      event.preventDefault();
      (event.shiftKey ? stops[stops.length - 1] : stops[0])?.focus();
    }
  };
  return (
    <div class="veil" onMouseDown={(event) => event.target === event.currentTarget && onClose()}>
      <div
        class={wide ? 'modal wide' : 'modal'}
        role="dialog"
        aria-modal="true"
        aria-label={title}
        ref={box}
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        <div class="title">
          <h2>{title}</h2>
          <button class="btn quiet" onClick={onClose}>
            {t('close')}
          </button>
        </div>
        {children}
      </div>
    </div>
  );
}

interface FieldProps {
  label: string;
  name: string;
  type?: 'text' | 'password' | 'date' | 'time' | 'tel';
  value?: string;
  hint?: string | undefined;
  required?: boolean;
  autocomplete?: string;
  inputMode?: 'numeric' | 'decimal' | 'tel' | 'text';
  pattern?: string;
  min?: string;
  maxLength?: number;
}

/** The value is what it begins with: drawn again, for an error or a list that came, it keeps what was typed. */
export function Field({ label, hint, name, value, ...input }: FieldProps) {
  const id = `field-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        defaultValue={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        {...(input as InputHTMLAttributes<HTMLInputElement>)}
      />
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

/** Without `onChange` the value is what it begins with, as a field's: drawn again, it keeps what was chosen. */
export function Select({
  label,
  name,
  value,
  options,
  onChange,
}: {
  label: string;
  name: string;
  value?: string;
  options: [string, string][];
  onChange?: (value: string) => void;
}) {
  const id = `field-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} name={name} value={onChange && value} onChange={(event) => onChange?.(event.currentTarget.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key} selected={key === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The text fields of a submitted form, by name. */
export const formValues = (event: Event): Record<string, string> => {
  event.preventDefault();
  const data = new FormData(event.currentTarget as HTMLFormElement);
  return Object.fromEntries([...data.entries()].map(([name, value]) => [name, String(value).trim()]));
};

/** Bits to one SVG path: a run of dark modules is one rectangle. */
export function Qr({ bits, label }: { bits: string[]; label: string }) {
  let path = '';
  bits.forEach((row, y) => {
    for (const run of row.matchAll(/1+/g)) path += `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`;
  });
  const size = bits.length + 8;
  return (
    <svg class="qr" viewBox={`-4 -4 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path class="qr-bg" d={`M-4-4h${size}v${size}h-${size}z`} />
      <path class="qr-fg" d={path} />
    </svg>
  );
}

/** Colour, glyph and word of a state: never the colour alone. */
export function StateTag({ state }: { state: CellState }) {
  const looks: Record<string, [string, string | null]> = {
    safe: ['safe', checkIcon],
    due: ['due', null],
    overdue: ['over', clockIcon],
    alarm: ['alarm', alertIcon],
    released: ['free', null],
  };
  const [css, icon] = looks[state] ?? ['', null];
  const glyph: Record<string, string> = { due: '?', released: '○', none: '·' };
  return (
    <span class={`tag ${css}`}>
      {icon ? (
        <Icon path={icon} />
      ) : glyph[state] ? (
        <span class="glyph" aria-hidden="true">
          {glyph[state]}
        </span>
      ) : null}
      {word('state', state)}
    </span>
  );
}

export const Empty = ({ text, children }: { text: string; children?: ComponentChildren }) => (
  <div class="empty">
    <p>{text}</p>
    {children}
  </div>
);

/** How long ago, in the largest whole unit. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return t('age_seconds', { n: seconds });
  if (seconds < 3600) return t('age_minutes', { n: Math.floor(seconds / 60) });
  return t('age_hours', { n: Math.floor(seconds / 3600) });
}
