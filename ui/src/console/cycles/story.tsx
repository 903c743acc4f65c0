import type { ErrandSteps, NeedDetail, OrderShown } from '../../shapes';
import { amount, yuan } from '../../text_pieces';
import { get } from '../api';
import { at } from '../clock';
import { Show, useLoad } from '../load';
import { Empty } from '../parts';
import { route } from '../router';
import { t, word } from '../words';

type Told = ErrandSteps['steps'][number] | OrderShown['steps'][number];

/** A step of an order, of an errand, or of its parcel: each kind has words of its own. */
const stepWord = (step: string): string => {
  const said = word('story', step);
  return said !== step ? said : word('step', step);
};

/** Every step, one line each: when, what, where, by whom, for how much. */
const Steps = ({ steps }: { steps: Told[] }) => (
  <ol class="line">
    {steps.map((one, index) => (
      <li key={index} class={one.step === 'delivered' || one.step === 'done' ? 'good' : ''}>
        <time>{at(one.at)}</time>
        <div class="c">
          {stepWord(one.step)} {'thing' in one && one.thing} {'fen' in one && one.fen !== undefined && `¥${yuan(one.fen)}`}
          <br />
          <small>{[one.by, 'shop' in one ? one.shop : ''].filter(Boolean).join(' · ')}</small>
        </div>
      </li>
    ))}
  </ol>
);

/** The story of what was asked for: an order from the words to the door, or an errand. */
export function Page() {
  const order = route.value.query.get('order');
  const need = route.value.query.get('need');
  return (
    <main class="page">
      {order ? (
        <OrderStory id={order} />
      ) : need ? (
        <ErrandStory id={need} />
      ) : (
        <>
          <h1 class="vh">{t('story')}</h1>
          <Empty text={t('story_which')}>
            <a class="btn primary" href="/c/cycles">
              {t('cycles')}
            </a>
          </Empty>
        </>
      )}
    </main>
  );
}

function OrderStory({ id }: { id: string }) {
  const load = useLoad(`order ${id}`, () => get<OrderShown>(`/orders/${id}`));
  return (
    <Show of={load}>
      {(data) => (
        <>
          <div class="head">
            <h1>
              {data.door} {t('story')}
            </h1>
            <p>
              <span class="tag line">{word('order_state', data.state)}</span> {t('cycle_drop', { from: at(data.drop_from), until: at(data.drop_until) })}
              {data.on_behalf && ` · ${t('story_on_behalf', { name: data.on_behalf })}`}
            </p>
          </div>
          <section class="card">
            <ul class="lines">
              {(data.lines ?? []).map((line, index) => (
                <li key={index}>
                  <b>{line.name}</b>
                  <span>
                    {amount(line.qty)}
                    {line.granted !== undefined && line.granted !== line.qty && ` → ${amount(line.granted)}`} {line.unit} {line.instead}
                  </span>
                  <span class="mute">{word('line_state', line.state)}</span>
                </li>
              ))}
            </ul>
          </section>
          <section class="card pad">
            <Steps steps={data.steps} />
          </section>
        </>
      )}
    </Show>
  );
}

function ErrandStory({ id }: { id: string }) {
  const need = useLoad(`need ${id}`, () => get<NeedDetail>(`/needs/${id}`));
  const steps = useLoad(`errand ${id}`, () => get<ErrandSteps>(`/needs/${id}/steps`));
  return (
    <Show of={need}>
      {({ row, text }) => (
        <>
          <div class="head">
            <h1>
              {row.door || row.asked_for} {t('story')}
            </h1>
            <p>
              <span class="tag line">{word('state_of', row.state)}</span> {word('service', row.service)} {row.owner_name}
            </p>
          </div>
          {text && <p class="card pad">{text}</p>}
          <section class="card pad">
            <Show of={steps}>{(data) => <Steps steps={data.steps} />}</Show>
          </section>
        </>
      )}
    </Show>
  );
}
