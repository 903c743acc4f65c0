import { Empty } from '../parts';
import { t } from '../words';

/** Of a page that is about one household, opened without any. */
export const PickHousehold = () => (
  <Empty text={t('pick_household')}>
    <a class="btn primary" href="/c/households">
      {t('nav_register')}
    </a>
  </Empty>
);
