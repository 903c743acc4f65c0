import type { Symptom } from '../shapes';
import { at, emptyHealth, model, report, set } from './model';
import { t, type Key } from './words';

const degreeRow = [34, 35, 36, 37, 38, 39, 40, 41];
const tenthRow = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const symptomWords: Record<Symptom, Key> = {
  fever: 'symptom_fever',
  cough: 'symptom_cough',
  fatigue: 'symptom_fatigue',
  breathless: 'symptom_breathless',
  diarrhoea: 'symptom_diarrhoea',
  sore_throat: 'symptom_sore_throat',
  other: 'symptom_other',
};

const change = (patch: Partial<typeof model.health>) => set({ health: { ...model.health, ...patch } });

async function send(): Promise<void> {
  const { degrees, tenths, symptoms, noThermometer } = model.health;
  const unwell = symptoms.length > 0;
  const reading = noThermometer ? { no_thermometer: true } : { temperature: (degrees! * 10 + tenths!) / 10 };
  if (unwell) set({ view: 'unwell', unwellAt: Date.now() });
  const key = await report({ wellbeing: unwell ? 'unwell' : 'fine', ...reading, ...(unwell ? { symptoms } : {}) });
  change({ sentKey: key });
}

/** Degrees first, then tenths, with nothing preset: a preset 36.5 would be pressed every day. */
export function Health() {
  const { degrees, tenths, noThermometer, sentKey } = model.health;
  const known = noThermometer || tenths !== null;
  return (
    <section>
      <h2>{t('health')}</h2>
      <div class="box">
        <Reading />
        {!known && degrees === null && <Degrees />}
        {!known && degrees !== null && <Tenths />}
        {known && (sentKey ? <Sent /> : <Symptoms />)}
      </div>
    </section>
  );
}

function Reading() {
  const { degrees, tenths, noThermometer } = model.health;
  if (noThermometer) return <p class="lead">{t('no_thermometer')}</p>;
  return (
    <div class="temp" role="status">
      {degrees ?? (
        <>
          <span class="gap" />
          <span class="gap" />
        </>
      )}
      .{tenths ?? <span class="gap" />} <span class="u">℃</span>
    </div>
  );
}

function Degrees() {
  return (
    <>
      <p class="lead">{t('health_lead')}</p>
      <div class="keys">
        {degreeRow.map((n) => (
          <button key={n} class="btn" onClick={() => change({ degrees: n })}>
            {n}
          </button>
        ))}
      </div>
      <button class="btn under" onClick={() => change({ noThermometer: true })}>
        {t('no_thermometer')}
      </button>
    </>
  );
}

function Tenths() {
  return (
    <>
      <p class="lead">{t('tenth_lead')}</p>
      <div class="keys">
        {tenthRow.map((n) => (
          <button key={n} class="btn" onClick={() => change({ tenths: n })}>
            .{n}
          </button>
        ))}
      </div>
      <Again />
    </>
  );
}

const Again = () => (
  <button class="text" onClick={() => set({ health: emptyHealth() })}>
    {t('again')}
  </button>
);

function Symptoms() {
  const { symptoms } = model.health;
  const toggle = (symptom: Symptom) =>
    change({
      symptoms: symptoms.includes(symptom) ? symptoms.filter((s) => s !== symptom) : [...symptoms, symptom],
    });
  return (
    <>
      <p class="lead">{t('symptoms_lead')}</p>
      <div class="chips">
        {(Object.keys(symptomWords) as Symptom[]).map((symptom) => (
          <button key={symptom} class="btn" aria-pressed={symptoms.includes(symptom)} onClick={() => toggle(symptom)}>
            {t(symptomWords[symptom])}
          </button>
        ))}
      </div>
      <button class="btn primary" onClick={send}>
        {t(symptoms.length ? 'symptoms_send' : 'symptoms_none')}
      </button>
      <Again />
    </>
  );
}

function Sent() {
  const { receivedAt } = model.health;
  return (
    <>
      <p class="lead" role="status">
        {receivedAt ? t('health_sent', { time: at(receivedAt) }) : t(model.trying ? 'sending' : 'waiting')}
      </p>
      <Again />
    </>
  );
}
