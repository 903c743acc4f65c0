import type { ComponentChildren } from 'preact';
import type { RunSheet } from '../../shapes';
import { at } from '../clock';
import { t, word } from '../words';
import './paper.css';

export type Stop = RunSheet['stops'][number];

interface RunPaperProps {
  sheet: RunSheet;
  /** What stands before a door and in its last column on screen; on paper there are boxes to tick. */
  pick?: (stop: Stop) => ComponentChildren;
  answer?: (stop: Stop) => ComponentChildren;
  /** Begins a sheet of paper. */
  first?: boolean;
}

/** A run on paper, from the top floor down: large enough for dark stairs, with the answers the phone has. */
export function RunPaper({ sheet, pick, answer, first }: RunPaperProps) {
  const stops = [...sheet.stops].sort((a, b) => b.floor - a.floor);
  return (
    <section class={first ? 'paper new' : 'paper'}>
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
          {stops.map((stop) => (
            <tr key={stop.household}>
              <th class="door">
                {pick?.(stop)} {stop.door}
              </th>
              <td class="short">
                {stop.parcels.map((one) => (
                  <div key={one.id}>
                    {word('class', one.class)} <b class="code">{one.code}</b>
                  </div>
                ))}
              </td>
              <td>{stop.notes}</td>
              <td>
                <Boxes of={[word('parcel', 'delivered'), t('runs_seen'), t('runs_old_bag'), t('runs_wrong'), t('runs_why')]} />
                {answer && <div class="noprint">{answer(stop)}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="only-print">{t('runs_sign')}</p>
    </section>
  );
}

/** Things to tick by pen, each whole on its line. */
export const Boxes = ({ of }: { of: string[] }) => (
  <p class="boxes only-print">
    {of.map((one) => (
      <span key={one}>□ {one}</span>
    ))}
  </p>
);
