import { useEffect, useState } from 'preact/hooks';
import type { MyNeed, NeedsHome } from '../shapes';
import { refusal } from '../messages';
import { amount } from '../text_pieces';
import { Ask } from './ask';
import { ask, at, model } from './model';
import { when } from './when';
import { t, word } from './words';

/** When things come, and asking for something. */
export function Needs() {
  const [home, setHome] = useState<NeedsHome | null>(null);
  const load = () => ask<NeedsHome>('/needs/mine').then(setHome, () => undefined);
  useEffect(() => {
    void load();
    const timer = setInterval(() => !document.hidden && void load(), 60_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      {home && home.needs.length > 0 && <Coming needs={home.needs} changed={load} />}
      <Ask home={home} changed={load} />
    </>
  );
}

function Coming({ needs, changed }: { needs: MyNeed[]; changed: () => Promise<void> }) {
  return (
    <section>
      <h2>{t('coming')}</h2>
      {needs.map((need) => (
        <Need key={need.id} need={need} changed={changed} />
      ))}
    </section>
  );
}

const open = (need: MyNeed): boolean => ['waiting', 'asked_back', 'accepted'].includes(need.state);

function Need({ need, changed }: { need: MyNeed; changed: () => Promise<void> }) {
  const [said, setSaid] = useState('');
  const [reply, setReply] = useState('');
  const post = async (path: string, body: object) => {
    try {
      await ask(`/needs/${need.id}/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `${path}-${need.id}-${Date.now()}` },
        body: JSON.stringify(body),
      });
      await changed();
    } catch (problem) {
      const code = (problem as { code?: string } | null)?.code;
      setSaid(code ? refusal(code) : t('ask_not_sent'));
    }
  };
  const things = (need.lines ?? []).map((line) => `${line.name} ${amount(line.qty)}${line.unit}`).join('、');
  const coming = need.state === 'accepted' && need.drop_from && need.drop_until;
  return (
    <div class="box need">
      <b>
        {coming
          ? t('comes_at', { when: when(need.drop_from!, model.home), until: at(need.drop_until!) })
          : word('need_state', need.state)}
      </b>
      <p>{things || need.text || word('service', need.service)}</p>
      {need.only_me && <p class="mute">{t('only_you')}</p>}
      {need.from_other && <p class="mute">{t('from_other', { sender: need.sender || '' })}</p>}
      {need.to_other && <p class="mute">{t('to_other')}</p>}
      {need.state === 'waiting' && <p class="mute">{t('answer_by', { when: when(need.due, model.home) })}</p>}
      {need.answer && <p>{t('community_says', { answer: need.answer })}</p>}
      {need.state === 'asked_back' && (
        <>
          <textarea aria-label={t('your_answer')} value={reply} onInput={(e) => setReply(e.currentTarget.value)} />
          <button class="btn" disabled={!reply.trim()} onClick={() => post('reply', { text: reply })}>
            {t('send_answer')}
          </button>
        </>
      )}
      {need.can_withdraw && open(need) && (
        <button class="text" onClick={() => post('withdraw', {})}>
          {need.cut_off ? t('withdraw_until', { until: at(need.cut_off) }) : t('withdraw')}
        </button>
      )}
      {said && <p role="alert">{said}</p>}
    </div>
  );
}
