import { useState } from 'preact/hooks';
import type { Carriers, RunSheet } from '../../shapes';
import { uuid7 } from '../../uuid7';
import { post } from '../api';
import { at } from '../clock';
import { Modal } from '../parts';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { CarrierChoice } from './people';

type Stop = RunSheet['stops'][number];
const reasons = ['no_answer', 'refused', 'missing', 'wrong_door', 'other'] as const;

interface SheetProps {
  sheet: RunSheet;
  carriers: Carriers['rows'];
  onClose: () => void;
  reload: () => void;
}

/** The twin on paper, and where it is keyed in again as the same actions. */
export function Sheet({ sheet, carriers, onClose, reload }: SheetProps) {
  const [said, setSaid] = useState<Record<string, string>>({});
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
  const key = (stop: Stop, body: Record<string, string>, words: string) =>
    attempt(async () => {
      await post(`/runs/${sheet.id}/actions`, { key: uuid7(), household: stop.household, ...body });
      setSaid((before) => ({ ...before, [stop.household]: words }));
      reload();
    });
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
        <h2>
          {sheet.building}
          {sheet.entrance} · {sheet.carrier_name} · {t('goods_until', { time: at(sheet.due) })}
        </h2>
        <table class="counts">
          <thead>
            <tr>
              <th>{t('runs_door')}</th>
              <th>{t('runs_goods')}</th>
              <th>{t('runs_notes')}</th>
              <th>{t('runs_tick')}</th>
            </tr>
          </thead>
          <tbody>
            {[...sheet.stops]
              .sort((a, b) => b.floor - a.floor)
              .map((stop) => (
                <tr key={stop.household}>
                  <th>
                    {!settled(stop) && (
                      <input
                        type="checkbox"
                        class="noprint"
                        aria-label={t('runs_part_pick', { door: stop.door })}
                        checked={picked.has(stop.household)}
                        onChange={() => pick(stop.household)}
                      />
                    )}{' '}
                    {stop.door}
                  </th>
                  <td>
                    {stop.parcels.map((one) => (
                      <span key={one.id}>
                        {word('class', one.class)} {one.code}{' '}
                      </span>
                    ))}
                  </td>
                  <td>{stop.notes}</td>
                  <td>
                    <span class="print-box">{t('runs_boxes')}</span>
                    <span class="noprint acts">
                      {said[stop.household] ??
                        (settled(stop) ? (
                          word('parcel', stop.parcels[0]!.state)
                        ) : (
                          <>
                            <button
                              class="btn"
                              onClick={() => key(stop, { kind: 'delivered' }, word('parcel', 'delivered'))}
                            >
                              {word('parcel', 'delivered')}
                            </button>
                            <select
                              aria-label={t('runs_not')}
                              value=""
                              onChange={(event) => {
                                const reason = event.currentTarget.value;
                                if (reason) void key(stop, { kind: 'not_delivered', reason }, word('reason', reason));
                              }}
                            >
                              <option value="">{t('runs_not')}</option>
                              {reasons.map((reason) => (
                                <option key={reason} value={reason}>
                                  {word('reason', reason)}
                                </option>
                              ))}
                            </select>
                            <button class="btn" onClick={() => key(stop, { kind: 'old_bag' }, t('runs_told'))}>
                              {t('runs_old_bag')}
                            </button>
                          </>
                        ))}
                    </span>
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </Modal>
  );
}
