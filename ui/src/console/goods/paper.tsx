import { useState } from 'preact/hooks';
import type { Carriers, RunSheet } from '../../shapes';
import { uuid7 } from '../../uuid7';
import { post } from '../api';
import { Modal } from '../parts';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { doorReasons } from '../../reasons';
import { CarrierChoice } from './people';
import { RunPaper, type Stop } from './run_paper';

type KeyIn = (stop: Stop, body: Record<string, string>, words: string) => Promise<boolean>;

interface SheetProps {
  sheet: RunSheet;
  carriers: Carriers['rows'];
  onClose: () => void;
  reload: () => void;
}

/** The twin on paper, and where it is keyed in again as the same actions. */
export function Sheet({ sheet, carriers, onClose, reload }: SheetProps) {
  const [said, setSaid] = useState<Record<string, string>>({});
  const [told, setTold] = useState<Record<string, string[]>>({});
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const pick = (household: string) => {
    const next = new Set(picked);
    if (!next.delete(household)) next.add(household);
    setPicked(next);
  };
  const part = (carrier: string) =>
    attempt(async () => {
      const parcels = sheet.stops.filter((stop) => picked.has(stop.household)).flatMap((stop) => stop.parcels.map((one) => one.id));
      await post(`/runs/${sheet.id}/reassign`, { carrier, version: sheet.version, parcels });
      done(t('runs_given', { name: carriers.find((one) => one.account === carrier)?.name ?? '' }));
      onClose();
      reload();
    });
  const key: KeyIn = (stop, body, words) =>
    attempt(async () => {
      await post(`/runs/${sheet.id}/actions`, { key: uuid7(), household: stop.household, ...body });
      setSaid((before) => ({ ...before, [stop.household]: words }));
      reload();
    });
  const tell = (stop: Stop, words: string, write: () => Promise<unknown>) =>
    attempt(async () => {
      await write();
      setTold((before) => ({ ...before, [stop.household]: [...(before[stop.household] ?? []), words] }));
    });
  const alarm = (stop: Stop, kind: 'old_bag' | 'wrong') =>
    tell(stop, t('runs_told'), () => post(`/runs/${sheet.id}/actions`, { key: uuid7(), household: stop.household, kind }));
  const seen = (stop: Stop) =>
    tell(stop, t('runs_seen'), () =>
      post('/check-ins', { household: stop.household, wellbeing: 'fine', channel: 'visit', visit_reason: 'service' }),
    );
  const settled = (stop: Stop) => stop.parcels.every((one) => ['delivered', 'held', 'returned', 'lost'].includes(one.state));
  return (
    <Modal title={`${sheet.building}${sheet.entrance} ${sheet.carrier_name}`} onClose={onClose} wide>
      <p class="noprint acts">
        <button class="btn primary" onClick={() => print()}>
          {t('goods_print')}
        </button>
        <span>{t('runs_key_in')}</span>
        {picked.size > 0 && (
          <CarrierChoice label={t('runs_part')} carriers={carriers} except="" onChoose={(carrier) => void part(carrier)} />
        )}
      </p>
      <div class="print-only-this sheet-print">
        <RunPaper
          sheet={sheet}
          pick={(stop) =>
            !settled(stop) && (
              <input
                type="checkbox"
                class="noprint"
                aria-label={t('runs_part_pick', { door: stop.door })}
                checked={picked.has(stop.household)}
                onChange={() => pick(stop.household)}
              />
            )
          }
          answer={(stop) => (
            <div class="keyed">
              {said[stop.household] ?? (settled(stop) && word('parcel', stop.parcels[0]!.state))}
              {!said[stop.household] && !settled(stop) && <Reached stop={stop} keyIn={key} />}
              {told[stop.household]?.map((one) => (
                <span key={one} class="tag">
                  {one}
                </span>
              ))}
              <button class="btn" onClick={() => seen(stop)}>
                {t('runs_seen')}
              </button>
              {(['old_bag', 'wrong'] as const).map((kind) => (
                <button key={kind} class="btn" onClick={() => alarm(stop, kind)}>
                  {t(`runs_${kind}`)}
                </button>
              ))}
            </div>
          )}
        />
      </div>
    </Modal>
  );
}

/** Brought to the door, or why not. */
function Reached({ stop, keyIn }: { stop: Stop; keyIn: KeyIn }) {
  return (
    <>
      <button class="btn" onClick={() => void keyIn(stop, { kind: 'delivered' }, word('parcel', 'delivered'))}>
        {word('parcel', 'delivered')}
      </button>
      <select
        aria-label={t('runs_not')}
        onChange={(event) => {
          const reason = event.currentTarget.value;
          if (reason) void keyIn(stop, { kind: 'not_delivered', reason }, word('reason', reason));
        }}
      >
        <option value="">{t('runs_not')}</option>
        {doorReasons.map((reason) => (
          <option key={reason} value={reason}>
            {word('reason', reason)}
          </option>
        ))}
      </select>
    </>
  );
}
