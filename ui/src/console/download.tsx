import { useState } from 'preact/hooks';
import type { ExportReason } from '../shapes';
import { post, session } from './api';
import { Failed, useAct } from './load';
import { Field, formValues, Modal, Select } from './parts';
import { t, word } from './words';

const reasons: ExportReason[] = ['authority', 'medical', 'handover', 'outage', 'correction'];

/**
 * A list as a file. Names and numbers in it are masked; who may take them out says why and signs in again, for this one
 * file. `path`: of the list, below /api/v1, with its filter.
 */
export function Downloads({ path, formats = ['csv', 'xlsx'] }: { path: string; formats?: ('csv' | 'xlsx')[] }) {
  const [asking, setAsking] = useState(false);
  const address = (format: string) => `/api/v1${path}${path.includes('?') ? '&' : '?'}format=${format}`;
  return (
    <>
      {formats.map((format) => (
        <a key={format} class="btn" href={address(format)} download title={t('export_masked')}>
          {format.toUpperCase()}
        </a>
      ))}{' '}
      {session.value?.roles.includes('manager') && (
        <button class="btn" onClick={() => setAsking(true)}>
          {t('export_named')}
        </button>
      )}
      {asking && <WithNames formats={formats} address={address} onClose={() => setAsking(false)} />}
    </>
  );
}

function WithNames({ formats, address, onClose }: { formats: string[]; address: (format: string) => string; onClose: () => void }) {
  const { busy, error, act } = useAct();
  const take = (event: Event) => {
    const { reason, format = formats[0]!, password, code } = formValues(event);
    void act(async () => {
      const { id } = await post<{ id: string }>('/exports/permits', { reason });
      await post('/exports/permits/confirm', { permit: id, password, ...(code ? { code } : {}) });
      const link = document.createElement('a');
      link.href = `${address(format)}&permit=${id}`;
      link.download = '';
      link.click();
      onClose();
    });
  };
  return (
    <Modal title={t('export_named')} onClose={onClose}>
      <form onSubmit={take}>
        <p class="mute">{t('export_named_how')}</p>
        <Select label={t('export_why')} name="reason" options={reasons.map((one) => [one, word('export_why', one)])} />
        {formats.length > 1 && <Select label={t('export_format')} name="format" options={formats.map((one) => [one, one.toUpperCase()])} />}
        <Field label={t('password')} name="password" type="password" required autocomplete="current-password" />
        <Field label={t('code')} name="code" inputMode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" required={!session.value?.demo} />
        {error && <Failed error={error} />}
        <p>
          <button class="btn primary" disabled={busy}>
            {t('export_take')}
          </button>
        </p>
      </form>
    </Modal>
  );
}
