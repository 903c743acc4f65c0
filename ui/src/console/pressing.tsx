import { useCallback, useEffect } from 'preact/hooks';
import type { CallRound, GoodsBoard } from '../shapes';
import { get, post, session } from './api';
import { at, now } from './clock';
import { onJournal } from './live';
import { useLoad } from './load';
import { attempt } from './toast';
import { t } from './words';

/** Today's line of what presses: figures that lead to their rows, whom to call next, and a clock in doubt. */
export function Pressing() {
  const load = useLoad('call-round', () => get<CallRound>('/call-round'));
  const goods = useLoad('goods-board', () => get<GoodsBoard>('/board/goods'));
  const { reload: reloadCalls } = load;
  const { reload: reloadGoods } = goods;
  const reload = useCallback(() => {
    reloadCalls();
    reloadGoods();
  }, [reloadCalls, reloadGoods]);
  useEffect(() => {
    let timer = 0;
    const stop = onJournal(() => {
      timer ||= window.setTimeout(() => {
        timer = 0;
        reload();
      }, 700);
    }, reload);
    const minute = setInterval(reload, 60_000);
    return () => {
      stop();
      clearInterval(minute);
      clearTimeout(timer);
    };
  }, [reload]);
  // Who may not call anybody sees the rest of the day without this line.
  if (!load.data) return null;
  const round = load.data;
  const duties = round.pressing;
  const control = session.value?.community.control;
  return (
    <>
      {duties.clock && <Clock doubt={duties.clock} reload={reload} />}
      <nav class="pressing" aria-label={t('duties')}>
        {control && <Next round={round} />}
        <Figure href="/c/duties?filter=pressing" n={duties.untaken} words={t('pressing_untaken')} hot />
        <Figure href="/c/duties?kind=unwell" n={duties.unwell} words={t('pressing_unwell')} hot />
        <Figure href="/c/duties?filter=pressing" n={duties.long_open} words={t('pressing_long')} hot />
        <Figure href="/c/duties?filter=waiting&kind=voice_or_sight" n={duties.voice_or_sight} words={t('pressing_hearing')} />
        {control && (
          <Figure href="/c/duties?filter=waiting&kind=release" n={duties.release} words={t('pressing_release')} />
        )}
        <Figure href="/c/board?lens=goods" n={goods.data?.parcels} words={t('pressing_goods')} />
        {goods.data && goods.data.overdue > 0 && (
          <Figure href="/c/board?lens=goods&only=1" n={goods.data.overdue} words={t('pressing_goods_late')} hot />
        )}
      </nav>
    </>
  );
}

function Figure({ href, n, words, hot }: { href: string; n: number | undefined; words: string; hot?: boolean }) {
  // Who may not know about health is told no number of who is unwell.
  if (n === undefined) return null;
  return (
    <a class={hot && n > 0 ? 'fig hot' : 'fig'} href={href}>
      <b>{n}</b> {words}
    </a>
  );
}

function Next({ round }: { round: CallRound }) {
  const next = round.rows[0];
  const minutes = Math.round(round.minutes_left - (now.value - Date.parse(round.as_of)) / 60_000);
  return (
    <a class="fig next" href="/c/calls">
      <b>{next ? next.door : round.left}</b>{' '}
      {next
        ? `${t('pressing_next')} · ${t('calls_left', { n: round.left })}${minutes > 0 ? ` · ${t('minutes_left', { n: minutes })}` : ''}`
        : t('calls_left', { n: 0 })}
    </a>
  );
}

/** The server's clock jumped: nobody is released until a person says that it is right. */
function Clock({ doubt, reload }: { doubt: NonNullable<CallRound['pressing']['clock']>; reload: () => void }) {
  const confirm = async () => {
    await attempt(() => post('/clock/confirm'), t('clock_confirmed'));
    reload();
  };
  const times = { expected: at(doubt.expected), seen: at(doubt.seen), n: doubt.phones };
  const sentence = ({ start: 'clock_start', phones: 'clock_others' } as const)[doubt.reason] ?? 'clock_doubt';
  return (
    <p class="failed" role="alert">
      <b>
        {t(sentence, times)}
        {doubt.phones > 0 && sentence !== 'clock_others' && ` ${t('clock_phones', { n: doubt.phones })}`}
      </b>
      {session.value && (
        <button class="btn" onClick={confirm}>
          {t('clock_confirm')}
        </button>
      )}
    </p>
  );
}
