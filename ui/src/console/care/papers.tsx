import { Field, Select } from '../parts';
import { t, word } from '../words';

/** Somebody without a resident identity number has another document. */
export const Papers = () => (
  <details>
    <summary>{t('document')}</summary>
    <Select
      label={t('document_kind')}
      name="document_kind"
      value="passport"
      options={['passport', 'permit', 'other'].map((one) => [one, word('document', one)])}
    />
    <Field label={t('document_issuer')} name="document_issuer" hint={t('document_issuer_hint')} />
    <Field label={t('document_number')} name="document_number" />
  </details>
);

/** The form's document as the server takes it; none where no number was typed. */
export function takePapers(filled: Record<string, unknown>): Record<string, unknown> {
  const { document_kind: kind, document_issuer: issuer, document_number: number, ...rest } = filled;
  return number ? { ...rest, document: { kind, issuer: issuer ?? '', number } } : rest;
}
