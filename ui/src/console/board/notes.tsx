import { useState } from 'preact/hooks';
import { late } from '../../late';
import { heartIcon, Icon } from '../../icons';
import type { HouseholdDetail, HouseholdEdit } from '../../shapes';
import { post } from '../api';
import { Failed, useAct } from '../load';
import { Field, formValues, Modal } from '../parts';
import { done } from '../toast';
import { t } from '../words';

const Access = late(() => import('../care/access').then((part) => part.Access));

/** What to know at the door, what the household is called, and whether it is looked after more closely. */
export function Notes({ household, reload }: { household: HouseholdDetail; reload: () => void }) {
  const [open, setOpen] = useState(false);
  const { busy, error, act } = useAct();
  const save = (event: Event) => {
    const { label, notes, care } = formValues(event);
    void act(async () => {
      const change: Partial<HouseholdEdit> = { label: label!, access_notes: notes!, care: care === 'on' };
      await post(`/households/${household.id}`, change);
      done(t('saved'));
      setOpen(false);
      reload();
    });
  };
  return (
    <>
    <Access household={household} reload={reload} />
    <div class="row">
      <p>
        <Icon path={heartIcon} /> {household.access_notes || t('no_notes')}
      </p>
      <button class="btn" onClick={() => setOpen(true)} aria-label={`${t('edit')} ${t('notes')}`}>
        {t('edit')}
      </button>
      {open && (
        <Modal title={t('notes')} onClose={() => setOpen(false)}>
          <form onSubmit={save}>
            <div class="field">
              <label for="notes">{t('notes_hint')}</label>
              <textarea id="notes" name="notes" rows={4}>
                {household.access_notes}
              </textarea>
            </div>
            <Field
              label={t('household_label')}
              name="label"
              value={household.label}
              hint={t('household_label_hint')}
            />
            <label class="check">
              <input type="checkbox" name="care" checked={household.care} />
              {t('care_hint')}
            </label>
            {error && <Failed error={error} />}
            <button class="btn primary" disabled={busy}>
              {t('save')}
            </button>
          </form>
        </Modal>
      )}
    </div>
    </>
  );
}
