import { language } from '../../messages';
import type { ErasureShown } from '../../shapes';
import { dayOf, dayWords } from '../../time';
import { get, session } from '../api';
import { at } from '../clock';
import { Show, useLoad } from '../load';
import { Modal } from '../parts';
import { t, word } from '../words';

const when = (iso: string): string =>
  `${dayWords(dayOf(iso, session.value?.community.zone), language(), false)} ${at(iso)}`;

/** To be printed and handed out. */
export function Certificate({ id, onClose }: { id: string; onClose: () => void }) {
  const loaded = useLoad(`erasure ${id}`, () => get<ErasureShown>(`/erasures/${id}`));
  return (
    <Modal title={t('erasure_certificate')} onClose={onClose}>
      <Show of={loaded}>
        {({ certificate, signature, gone_at }) => (
          <article class="print-alone">
            <p>{t('certificate_says', { person: certificate.person, at: when(certificate.done_at) })}</p>
            <table class="rows">
              <tbody>
                {certificate.removed.map((row) => (
                  <tr key={row.table}>
                    <td>{row.table}</td>
                    <td class="num">{row.rows}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <h3>{t('certificate_kept')}</h3>
            <ul>
              {certificate.kept.map((one) => (
                <li key={one}>{word('still_kept', one)}</li>
              ))}
            </ul>
            <p>{gone_at ? t('certificate_gone', { at: when(gone_at) }) : t('certificate_going')}</p>
            <p class="mute small" style="overflow-wrap:anywhere">
              {signature}
            </p>
          </article>
        )}
      </Show>
      <p>
        <button class="btn" onClick={() => print()}>
          {t('print')}
        </button>
      </p>
    </Modal>
  );
}
