import { useState } from 'preact/hooks';
import type { DoorSlips, Reach, Slip } from '../shapes';
import { refusal } from '../messages';
import { encodeQr } from '../qr';
import { get, post, session } from './api';
import { absolute } from './board/links';
import { Failed, useAct, useLoad } from './load';
import { Empty, Qr } from './parts';
import { route } from './router';
import { t } from './words';
import './slips.css';

/**
 * Paper for each door: a door and a code, never a person. The codes are made once and shown once. Without pages for
 * phones it is the typed codes alone.
 */
export function SlipsPage() {
  const place = route.value.query.get('place');
  const [slips, setSlips] = useState<Slip[] | null>(null);
  const { busy, error, act } = useAct();
  const [doors, setDoors] = useState<DoorSlips | null>(null);
  const desk = session.value?.reach === 'desk';
  const refused = useLoad('reach', () => get<Reach>('/reach')).data?.print_refusal;
  const blocked = refused && !desk ? refused : null;
  const make = () =>
    act(async () => {
      // First what may be refused: a sheet without links is no sheet.
      const made = desk
        ? []
        : (await post<{ rows: Slip[] }>(`/places/${place}/links`, { name: t('slip_link_name') })).rows;
      setDoors(await get<DoorSlips>(`/places/${place}/door-slips`));
      setSlips(made);
    });
  const uncoded = doors?.rows.filter((row) => row.uncoded && !slips?.some((one) => one.household === row.household)) ?? [];
  const anew = () =>
    act(async () => {
      const body = { name: t('slip_link_name'), uncoded: true };
      const { rows } = await post<{ rows: Slip[] }>(`/places/${place}/links`, body);
      setSlips([...(slips ?? []), ...rows]);
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
          {slips && doors && doors.rows.length > 0 && (
            <button class="btn primary" onClick={() => print()}>
              {t('print_n', { n: doors.rows.length })}
            </button>
          )}
        </p>
      </div>
      {error && <Failed error={error} retry={make} />}
      {!slips && (
        <div class="card pad noprint">
          <p>{t(desk ? 'slips_why_desk' : 'slips_why')}</p>
          {blocked ? (
            <p role="status">
              {refusal(blocked)} <a href="/c/reach">{t('reach')}</a>
            </p>
          ) : (
            <button class="btn primary" disabled={busy} onClick={make}>
              {t(desk ? 'slips_make_desk' : 'slips_make')}
            </button>
          )}
        </div>
      )}
      {uncoded.length > 0 && !desk && (
        <div class="card pad noprint" role="status">
          <p>{t('slips_uncoded', { n: uncoded.length })}</p>
          <button class="btn" disabled={busy} onClick={anew}>
            {t('slips_uncoded_make', { n: uncoded.length })}
          </button>
        </div>
      )}
      {doors?.rows.length === 0 && <Empty text={t('slips_none')} />}
      {slips && doors && (
        <div class="sheet">
          {doors.rows.map((row) => (
            <SlipCard
              key={row.household}
              row={row}
              address={doors.address}
              slip={slips.find((one) => one.household === row.household)}
            />
          ))}
        </div>
      )}
    </main>
  );
}

interface SlipProps {
  row: DoorSlips['rows'][number];
  address: string;
  slip: Slip | undefined;
}

/** A household that has a link already gets its codes alone: its first slip is not made again. */
function SlipCard({ row, address, slip }: SlipProps) {
  return (
    <article class="slip">
      <div>
        <p class="bl">{session.value?.community.name}</p>
        <p class="no">{row.door}</p>
        {row.label && <p class="bl">{row.label}</p>}
        {slip && (
          <p class="do">
            {t('slip_do')} {t('slip_claim')} <b>{slip.claim_code}</b>
          </p>
        )}
        <p class="bl">
          {t('slip_door_code')} <b>{row.door_code}</b>
          {address && (
            <>
              <br />
              {t('slip_courier')}：{address}
            </>
          )}
          <br />
          {t('slip_courier_code')} <b>{row.courier_code}</b>
        </p>
      </div>
      {slip ? (
        <Qr bits={encodeQr(absolute(slip.url))} label={t('link_qr')} />
      ) : (
        session.value?.reach !== 'desk' && <Qr bits={row.qr} label={t('slip_courier_code')} />
      )}
    </article>
  );
}
