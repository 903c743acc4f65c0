import { useState } from 'preact/hooks';
import type { DoorSlips, Slip } from '../shapes';
import { encodeQr } from '../qr';
import { get, post, session } from './api';
import { absolute } from './board/links';
import { Failed, useAct } from './load';
import { Empty, Qr } from './parts';
import { route } from './router';
import { t } from './words';

/** Paper for each door: a door and a code, never a person. The codes are made once and shown once. */
export function SlipsPage() {
  const place = route.value.query.get('place');
  const [slips, setSlips] = useState<Slip[] | null>(null);
  const { busy, error, act } = useAct();
  const [doors, setDoors] = useState<DoorSlips | null>(null);
  const make = () =>
    act(async () => {
      setDoors(await get<DoorSlips>(`/places/${place}/door-slips`));
      setSlips((await post<{ rows: Slip[] }>(`/places/${place}/links`, { name: t('slip_link_name') })).rows);
    });
  if (!place) return <Empty text={t('not_found_page')} />;
  return (
    <main class="page slips">
      <div class="head noprint">
        <h1>{t('slips')}</h1>
        <p>{t('slips_lead')}</p>
        <p class="end">
          <a class="btn" href="/c/places">
            {t('back')}
          </a>{' '}
          {slips && slips.length > 0 && (
            <button class="btn primary" onClick={() => print()}>
              {t('print_n', { n: slips.length })}
            </button>
          )}
        </p>
      </div>
      {error && <Failed error={error} retry={make} />}
      {!slips && (
        <div class="card pad noprint">
          <p>{t('slips_why')}</p>
          <button class="btn primary" disabled={busy} onClick={make}>
            {t('slips_make')}
          </button>
        </div>
      )}
      {slips?.length === 0 && <Empty text={t('slips_none')} />}
      {slips && (
        <div class="sheet">
          {slips.map((slip) => (
            <SlipCard
              key={slip.household}
              slip={slip}
              address={doors?.address}
              codes={doors?.rows.find((row) => row.household === slip.household)}
            />
          ))}
        </div>
      )}
    </main>
  );
}

interface SlipProps {
  slip: Slip;
  address?: string;
  codes?: DoorSlips['rows'][number];
}

function SlipCard({ slip, address, codes }: SlipProps) {
  return (
    <article class="slip">
      <div>
        <p class="bl">{session.value?.community.name}</p>
        <p class="no">{slip.door}</p>
        {slip.label && <p class="bl">{slip.label}</p>}
        <p class="do">{t('slip_do')}</p>
        {codes && (
          <p class="bl">
            {t('slip_door_code')} <b>{codes.door_code}</b>
            {address && (
              <>
                <br />
                {t('slip_courier')}：{address}
              </>
            )}
            <br />
            {t('slip_courier_code')} <b>{codes.courier_code}</b>
          </p>
        )}
      </div>
      <Qr bits={encodeQr(absolute(slip.url))} label={t('link_qr')} />
    </article>
  );
}
