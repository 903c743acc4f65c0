import { useState } from 'preact/hooks';
import type { Revealed } from '../../shapes';
import { Icon, phoneIcon } from '../../icons';
import { post } from '../api';
import { Failed, useAct } from '../load';
import { Modal } from '../parts';
import { t, word } from '../words';

const reasons = ['call_back', 'visit', 'delivery', 'emergency', 'correction'] as const;

/** The numbers of a household in full, for a reason that the household can read. Where a call is owed they stand there anyway. */
export function Reveal({ household, arrival }: { household?: string; arrival?: string }) {
  const [asking, setAsking] = useState(false);
  const [phones, setPhones] = useState<NonNullable<Revealed['phones']> | null>(null);
  const { busy, error, act } = useAct();
  const show = (reason: string) =>
    void act(async () => {
      setPhones((await post<Revealed>(arrival ? `/arrivals/${arrival}/reveal` : `/households/${household}/reveal`, { reason })).phones ?? []);
      setAsking(false);
    });
  if (phones)
    return (
      <>
        {phones.map((phone) => (
          <a key={phone.id} class="btn" href={`tel:${phone.number}`}>
            <Icon path={phoneIcon} />
            {phone.number}
          </a>
        ))}
      </>
    );
  return (
    <>
      <button class="btn" onClick={() => setAsking(true)}>
        {t('reveal')}
      </button>
      {asking && (
        <Modal title={t('reveal_why')} onClose={() => setAsking(false)}>
          <p class="mute">{t('reveal_how')}</p>
          <div class="acts">
            {reasons.map((reason) => (
              <button key={reason} class="btn" disabled={busy} onClick={() => show(reason)}>
                {word('reveal', reason)}
              </button>
            ))}
          </div>
          {error && <Failed error={error} />}
        </Modal>
      )}
    </>
  );
}
