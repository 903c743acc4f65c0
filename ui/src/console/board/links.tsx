import { useState } from 'preact/hooks';
import type { Id, LinkRow, NewLink } from '../../shapes';
import { language } from '../../messages';
import { encodeQr } from '../../qr';
import { dayOf, dayWords } from '../../time';
import { get, post, session } from '../api';
import { at } from '../clock';
import { copyText } from '../copying';
import { Show, useLoad } from '../load';
import { Field, formValues, Qr } from '../parts';
import { attempt, done } from '../toast';
import { t } from '../words';

/** A whole address even when the server only knows its own path. */
export const absolute = (url: string): string => new URL(url, location.origin).href;

export function Links({ household }: { household: Id }) {
  const links = useLoad(`links-${household}`, () => get<{ rows: LinkRow[] }>(`/households/${household}/links`));
  const [created, setCreated] = useState<NewLink | null>(null);
  const create = async (event: Event) => {
    const form = event.currentTarget as HTMLFormElement;
    const { name } = formValues(event);
    await attempt(async () => {
      setCreated(await post<NewLink>(`/households/${household}/links`, { name }));
      form.reset();
      links.reload();
    });
  };
  return (
    <>
      {created && <Created link={created} onClose={() => setCreated(null)} />}
      <Show of={links}>
        {({ rows }) => (
          <>
            {rows.length === 0 && <p class="mute">{t('links_none')}</p>}
            {rows.map((link) => (
              <Link key={link.id} link={link} reload={links.reload} />
            ))}
          </>
        )}
      </Show>
      <form class="mini" onSubmit={create}>
        <Field label={t('link_name')} name="name" hint={t('link_name_hint')} required />
        <button class="btn">{t('link_create')}</button>
      </form>
    </>
  );
}

function when(instant: string): string {
  return `${dayWords(dayOf(instant, session.value?.community.zone), language(), false)} ${at(instant)}`;
}

function Link({ link, reload }: { link: LinkRow; reload: () => void }) {
  const [asking, setAsking] = useState(false);
  const act = async (verb: 'prove' | 'revoke', proof?: 'phone' | 'door') => {
    if (
      await attempt(
        () => post(`/links/${link.id}/${verb}`, proof ? { proof } : {}),
        t(verb === 'prove' ? 'link_was_proved' : 'link_was_revoked'),
      )
    )
      reload();
    setAsking(false);
  };
  return (
    <div class="link">
      <b>{link.name}</b>{' '}
      <span class="tag line">
        {link.revoked_at ? t('link_revoked') : link.proved_at ? t('link_proved') : t('link_unproved')}
      </span>
      <br />
      <small class="mute">
        {link.revoked_at
          ? t('link_revoked_at', { time: when(link.revoked_at) })
          : link.last_used_at
            ? t('link_used_at', { time: when(link.last_used_at) })
            : t('link_unused')}
      </small>
      {!link.revoked_at && (
        <div class="acts">
          {!link.proved_at && (
            <>
              <button class="btn" onClick={() => act('prove', 'phone')}>
                {t('link_prove_phone')}
              </button>
              <button class="btn" onClick={() => act('prove', 'door')}>
                {t('link_prove_door')}
              </button>
            </>
          )}
          {asking ? (
            <>
              <button class="btn alarm" onClick={() => act('revoke')}>
                {t('link_revoke_sure')}
              </button>
              <button class="btn" onClick={() => setAsking(false)}>
                {t('cancel')}
              </button>
            </>
          ) : (
            <button class="btn" onClick={() => setAsking(true)}>
              {t('link_revoke')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** The address is shown once: the server keeps only its hash. */
function Created({ link, onClose }: { link: NewLink; onClose: () => void }) {
  const url = absolute(link.url);
  const copy = async () => {
    if (await copyText(url)) done(t('copied'));
  };
  return (
    <div class="newlink">
      <p>
        <b>{t('link_new')}</b> {t('link_once')}
      </p>
      <Qr bits={encodeQr(url)} label={t('link_qr')} />
      <input class="pick" readOnly value={url} aria-label={t('link_address')} />
      <div class="do">
        <button class="btn primary" onClick={copy}>
          {t('copy')}
        </button>
        <button class="btn" onClick={onClose}>
          {t('link_handed')}
        </button>
      </div>
    </div>
  );
}
