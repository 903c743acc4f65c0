import { useState } from 'preact/hooks';
import type { AccessNeeds, CallRow, HouseholdDetail, Language } from '../../shapes';
import { post } from '../api';
import { Failed, useAct } from '../load';
import { formValues, Modal, Select } from '../parts';
import { done } from '../toast';
import { t, word } from '../words';

export const languages: Language[] = [
  'cmn', 'yue', 'hak', 'nan', 'wuu', 'hsn', 'gan', 'cdo', 'iii', 'bod', 'uig', 'mon', 'kor', 'eng', 'jpn', 'rus', 'fra', 'ara', 'vie', 'csl', 'other',
];
export const languageOptions = (): [string, string][] => languages.map((one) => [one, word('lang', one)]);

const cannots = ['cannot_read', 'cannot_hear', 'cannot_see'] as const;

/** "听不见、粤语"; empty where nothing is said. */
const needsWords = (access: Partial<AccessNeeds>): string =>
  [...cannots.filter((one) => access[one]).map((one) => t(one)), access.language && access.language !== 'cmn' ? word('lang', access.language) : '']
    .filter(Boolean)
    .join(t('list_comma'));

/** What somebody in a household cannot do, and which language they speak. */
export function Access({ household, reload }: { household: HouseholdDetail; reload: () => void }) {
  const [open, setOpen] = useState(false);
  const { busy, error, act } = useAct();
  const access = household.access ?? {};
  const save = (event: Event) => {
    const form = formValues(event);
    void act(async () => {
      await post(`/households/${household.id}/access`, {
        ...Object.fromEntries(cannots.map((one) => [one, form[one] === 'on'])),
        language: form.language,
      });
      done(t('saved'));
      setOpen(false);
      reload();
    });
  };
  return (
    <div class="row">
      <p>{needsWords(access) || t('access_none')}</p>
      <button class="btn" onClick={() => setOpen(true)} aria-label={`${t('edit')} ${t('access')}`}>
        {t('edit')}
      </button>
      {open && (
        <Modal title={t('access')} onClose={() => setOpen(false)}>
          <form onSubmit={save}>
            {cannots.map((one) => (
              <label key={one} class="check">
                <input type="checkbox" name={one} checked={access[one]} />
                {t(one)}
              </label>
            ))}
            <Select label={t('access_language')} name="language" value={access.language ?? 'cmn'} options={languageOptions()} />
            <p class="mute">{t('access_hint')}</p>
            {error && <Failed error={error} />}
            <button class="btn primary" disabled={busy}>
              {t('save')}
            </button>
          </form>
        </Modal>
      )}
    </div>
  );
}

/** In the call round: how they are reached, and who speaks their language. */
export function HowToCall({ row }: { row: CallRow }) {
  const words = needsWords(row.access ?? {});
  if (!words) return null;
  return (
    <p class="ask" role="status">
      <b>{words}</b> {word('way', row.way ?? 'phone')}
      {row.access?.language !== 'cmn' && (
        <>
          {' '}
          {row.callers?.length
            ? t('access_callers', { names: row.callers.map((one) => [one.name, one.phone].filter(Boolean).join(' ')).join(t('list_comma')) })
            : t('access_no_caller')}
        </>
      )}
    </p>
  );
}
