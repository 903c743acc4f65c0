import { Select } from './parts';
import { t, word } from './words';

/** The reach mode in the form that sets the house up; what the address suggests stands first. */
export const ReachChoice = () => (
  <Select
    label={t('reach_how')}
    name="reach"
    value={location.protocol === 'https:' ? 'public' : 'local'}
    options={['desk', 'local', 'public'].map((mode) => [mode, word('reach_mode', mode)])}
  />
);
