import { useState } from 'preact/hooks';
import { language } from '../../messages';
import type { Consents, DataFile, ErasedForRequest, Found, HouseholdDetail, Looks, Page, SubjectRequest, SubjectRequestKind } from '../../shapes';
import { dayOf, dayWords } from '../../time';
import { get, post, session } from '../api';
import { at } from '../clock';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty, Field, formValues, Modal, Select } from '../parts';
import { Certificate } from './certificate';
import { FindPerson } from './find_person';
import { done } from '../toast';
import { t, word } from '../words';

const kinds: SubjectRequestKind[] = ['access', 'export', 'who_looked', 'correction', 'objection', 'complaint', 'erasure'];
const day = (iso: string): string => dayWords(dayOf(iso, session.value?.community.zone), language(), false);
const answers = () => session.value?.roles.includes('manager');

/** What people asked about their data, what presses first, whichever way it came. */
export function Requests() {
  const list = useLoad('requests', () => get<Page<SubjectRequest>>('/requests?limit=200'));
  const [open, setOpen] = useState<SubjectRequest | 'new' | null>(null);
  const close = () => {
    setOpen(null);
    list.reload();
  };
  const sorted = (rows: SubjectRequest[]) =>
    [...rows].sort((a, b) => Number(a.state !== 'open') - Number(b.state !== 'open') || a.due_at.localeCompare(b.due_at));
  return (
    <section class="card pad">
      <p class="mute">{t('requests_how')}</p>
      <p>
        <button class="btn primary" onClick={() => setOpen('new')}>
          {t('request_new')}
        </button>
      </p>
      <Show of={list}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty text={t('requests_none')} />
          ) : (
            <ul class="lines">
              {sorted(rows).map((row) => (
                <li key={row.id}>
                  <b>{row.door}</b>{' '}
                  <span>
                    {word('request', row.kind)} {row.name} <small class="mute">{word('request_by', row.channel)}</small>
                    {row.words && <q> {row.words}</q>}
                  </span>
                  <span class="end">
                    {row.state === 'open' ? (
                      <span class={row.late ? 'tag over' : 'tag due'}>{t('request_until', { day: day(row.due_at) })}</span>
                    ) : (
                      <span class="tag line">{word('request', row.state)}</span>
                    )}{' '}
                    {answers() && (
                      <button class="btn" onClick={() => setOpen(row)}>
                        {t(row.state === 'open' ? 'request_answer' : 'request_open')}
                      </button>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Show>
      {open === 'new' && <NewRequest onClose={close} />}
      {open && open !== 'new' && <One row={open} onClose={close} />}
    </section>
  );
}

/** Somebody asks on the phone, at the door or on paper. */
function NewRequest({ onClose }: { onClose: () => void }) {
  const [who, setWho] = useState<Found | null>(null);
  return (
    <Modal title={t('request_new')} onClose={onClose}>
      {who ? (
        <Write who={who} onClose={onClose} />
      ) : (
        <FindPerson label={t('request_who')} fits={(row) => !!row.household}>
          {(row) => (
            <button class="btn" onClick={() => setWho(row)}>
              {t('request_choose')}
            </button>
          )}
        </FindPerson>
      )}
    </Modal>
  );
}

function Write({ who, onClose }: { who: Found; onClose: () => void }) {
  const { busy, error, act } = useAct();
  const home = useLoad(`home of ${who.id}`, async () =>
    who.dwelling
      ? ((await get<{ households: HouseholdDetail[] }>(`/dwellings/${who.dwelling}`)).households.find((one) => one.id === who.household) ?? null)
      : null,
  );
  const people: [string, string][] = (home.data?.people ?? []).map((one) => [one.id, one.name ?? '']);
  const submit = (event: Event) => {
    const { kind, channel, words, person, guardian } = formValues(event);
    void act(async () => {
      const { due_at } = await post<{ due_at: string }>('/requests', {
        household: who.household,
        kind,
        channel,
        ...(words ? { words } : {}),
        ...(person ? { person } : {}),
        ...(guardian ? { guardian } : {}),
      });
      done(t('request_kept', { day: day(due_at) }));
      onClose();
    });
  };
  return (
    <form onSubmit={submit}>
      <p>
        <b>{who.title}</b> {who.subtitle}
      </p>
      <Select label={t('request_what')} name="kind" options={kinds.map((one) => [one, word('request', one)])} />
      <Select label={t('request_channel')} name="channel" options={(['phone', 'paper', 'door'] as const).map((one) => [one, word('request_by', one)])} />
      {people.length > 0 && <Select label={t('request_about')} name="person" options={[['', t('request_all')], ...people]} />}
      {people.length > 1 && <Select label={t('request_guardian')} name="guardian" options={[['', t('request_self')], ...people]} />}
      <Field label={t('request_words')} name="words" autocomplete="off" />
      {error && <Failed error={error} />}
      <button class="btn primary" disabled={busy}>
        {t('request_keep')}
      </button>
    </form>
  );
}

function One({ row, onClose }: { row: SubjectRequest; onClose: () => void }) {
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    const { outcome, words } = formValues(event);
    void act(async () => {
      await post(`/requests/${row.id}/answer`, { outcome, words });
      done(t('request_answered'));
      onClose();
    });
  };
  return (
    <Modal title={`${row.door ?? ''} ${word('request', row.kind)}`} onClose={onClose} wide>
      <p>
        {[row.name, row.guardian && t('request_by_guardian', { name: row.guardian }), word('request_by', row.channel), day(row.asked_at)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {row.words && <blockquote>{row.words}</blockquote>}
      {row.kind === 'erasure' && row.state !== 'refused' && <Erase row={row} onClose={onClose} />}
      {row.kind === 'who_looked' && <Looked household={row.household} />}
      {row.state === 'open' ? (
        <form onSubmit={submit}>
          <Select label={t('request_outcome')} name="outcome" options={(['granted', 'partly', 'refused'] as const).map((one) => [one, word('request', one)])} />
          <Field label={t('request_reply')} name="words" autocomplete="off" />
          {error && <Failed error={error} />}
          <button class="btn primary" disabled={busy}>
            {t('request_answer')}
          </button>
        </form>
      ) : (
        <p>
          {word('request', row.state)} · {row.answered_by} {row.answer}
        </p>
      )}
      {row.file && <File id={row.id} />}
      <Agreements household={row.household} />
    </Modal>
  );
}

/** One press: whoever asked is erased, and each certificate stands with the request. Where it takes two, the other one presses too. */
function Erase({ row, onClose }: { row: SubjectRequest; onClose: () => void }) {
  const { busy, error, act } = useAct();
  const [sure, setSure] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const begun = row.erasures ?? [];
  const erase = () =>
    void act(async () => {
      const { erasures } = await post<ErasedForRequest>(`/requests/${row.id}/erase`);
      done(t(erasures.every((one) => one.state === 'done') ? 'request_erased' : 'request_second'));
      onClose();
    });
  const all = begun.length > 0 && begun.every((one) => one.state === 'done');
  return (
    <>
      <p class="acts">
        {begun
          .filter((one) => one.state === 'done')
          .map((one) => (
            <button key={one.id} class="btn" onClick={() => setShown(one.id)}>
              {t('erasure_certificate')} {one.id}
            </button>
          ))}
        {!all && !sure && (
          <button class="btn" onClick={() => setSure(true)}>
            {t('request_erase')}
          </button>
        )}
      </p>
      {begun.some((one) => one.state === 'asked') && <p class="mute">{t('request_second')}</p>}
      {sure && (
        <div class="ask" role="group" aria-label={t('request_erase')}>
          <p>{t('request_erase_sure')}</p>
          <button class="btn primary" disabled={busy} onClick={erase}>
            {t('request_erase_confirm')}
          </button>
        </div>
      )}
      {error && <Failed error={error} />}
      {shown && <Certificate id={shown} onClose={() => setShown(null)} />}
    </>
  );
}

/** For whoever asked on the phone or on paper: printed and handed over. */
function File({ id }: { id: string }) {
  const loaded = useLoad(`file ${id}`, () => get<DataFile>(`/requests/${id}/file`));
  return (
    <Show of={loaded}>
      {(file) => (
        <article class="print-alone">
          <h3>
            {file.community} {file.door} {day(file.made_at)}
          </h3>
          {(file.sections ?? []).map((part) => (
            <section key={part.table}>
              <h4>
                {word('purpose', part.purpose)} · {word('basis', part.basis)}{' '}
                {part.days !== undefined && <span class="tag line">{t('kept_days', { n: part.days })}</span>}
              </h4>
              {part.rows.map((one, n) => (
                <p key={n} class="small">
                  {one.at && `${day(one.at)} ${at(one.at)} `}
                  {one.values.map((value) => `${value.name}: ${value.value}`).join('; ')}
                </p>
              ))}
            </section>
          ))}
          <p class="noprint">
            <button class="btn" onClick={() => print()}>
              {t('print')}
            </button>
          </p>
        </article>
      )}
    </Show>
  );
}

function Looked({ household }: { household: string }) {
  const loaded = useLoad(`looks ${household}`, () => get<Looks>(`/looks?household=${household}`));
  return (
    <Show of={loaded}>
      {({ rows }) => (
        <ul class="lines">
          {(rows ?? []).map((row) => (
            <li key={row.at + row.who + row.what}>
              {day(row.at)} {at(row.at)} <b>{row.who}</b> <span>{row.what}</span> {row.reason && word(row.what === 'opening.make' ? 'opening_why' : 'reveal', row.reason)}
            </li>
          ))}
        </ul>
      )}
    </Show>
  );
}

/** What the household agreed to, and when it took it back. */
function Agreements({ household }: { household: string }) {
  const loaded = useLoad(`consents ${household}`, () => get<Consents>(`/consents?household=${household}`));
  const say = async (purpose: string, agreed: boolean) => {
    await post('/consents', { household, purpose, agreed, channel: 'phone' });
    loaded.reload();
  };
  return (
    <Show of={loaded}>
      {({ offered, given }) => (
        <section>
          <h3>{t('consents')}</h3>
          {offered.map((one) => {
            const stands = given.find((row) => row.purpose === one.purpose && !row.withdrawn_at);
            return (
              <p key={one.purpose}>
                {one.text}{' '}
                <button class="btn" onClick={() => void say(one.purpose, !stands)}>
                  {t(stands ? 'consent_back' : 'consent_give')}
                </button>
              </p>
            );
          })}
          <ul class="lines">
            {given.map((row) => (
              <li key={row.id}>
                {t('consent_given', { day: day(row.given_at), by: word('request_by', row.channel), n: row.version })}{' '}
                {row.withdrawn_at && <span class="tag over">{t('consent_withdrawn', { day: day(row.withdrawn_at) })}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Show>
  );
}
