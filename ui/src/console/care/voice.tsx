import { useState } from 'preact/hooks';
import type { AudioNotice } from '../../shapes';
import { get, post, session, upload } from '../api';
import { at } from '../clock';
import { allPlaces, placeOptions } from '../households';
import { Failed, Show, useAct, useLoad } from '../load';
import { Empty, Field, Modal, Select } from '../parts';
import { attempt, done } from '../toast';
import { t, word } from '../words';
import { languageOptions } from './access';

/** Notices that are heard: a recording from any phone, for all below a place. */
export function VoicePage() {
  const notices = useLoad('audio-notices', () => get<{ rows: AudioNotice[] }>('/audio-notices'));
  const places = useLoad('places', allPlaces);
  const [posting, setPosting] = useState(false);
  const [file, setFile] = useState('');
  const { busy, error, act } = useAct();
  const submit = (event: Event) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const recording = data.get('file') as File;
    const query = new URLSearchParams();
    for (const name of ['title', 'language', 'days', 'place']) {
      const value = String(data.get(name) ?? '');
      if (value) query.set(name, value);
    }
    void act(async () => {
      await upload(`/audio-notices?${query}`, recording, () => undefined);
      done(t('saved'));
      setPosting(false);
      setFile('');
      notices.reload();
    });
  };
  const remove = async (id: string) => {
    if (await attempt(() => post(`/audio-notices/${id}/remove`))) notices.reload();
  };
  return (
    <main class="page">
      <div class="head">
        <h1>{t('voice')}</h1>
        <p>{t('voice_lead')}</p>
        <p class="end">
          <button class="btn primary" onClick={() => setPosting(true)}>
            {t('voice_new')}
          </button>{' '}
          <a class="btn" href="/c/places">
            {t('back')}
          </a>
        </p>
      </div>
      <Show of={notices}>
        {({ rows }) =>
          rows.length ? (
            <section class="card">
              <ul class="places">
                {rows.map((row) => (
                  <li key={row.id}>
                    <b>{row.title}</b>
                    <span class="mute">
                      {row.place_name || session.value?.community.name} · {word('lang', row.language)} · {t('until', { time: at(row.until) })}
                    </span>
                    <span class="acts">
                      <a class="btn" href={`/api/v1/audio-notices/${row.id}/sound`} download>
                        {t('voice_play')}
                      </a>
                      <button class="btn" onClick={() => remove(row.id)} aria-label={`${t('place_remove')} ${row.title}`}>
                        {t('place_remove')}
                      </button>
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          ) : (
            <Empty text={t('voice_none')} />
          )
        }
      </Show>
      {posting && (
        <Modal title={t('voice_new')} onClose={() => setPosting(false)}>
          <form onSubmit={submit}>
            <Field label={t('voice_title')} name="title" required />
            <div class="field">
              <label class="btn">
                {t('voice_file')}
                <input
                  class="vh"
                  type="file"
                  name="file"
                  accept="audio/*"
                  required
                  onChange={(event) => setFile(event.currentTarget.files?.[0]?.name ?? '')}
                />
              </label>{' '}
              <span class="mute">{file}</span>
            </div>
            <Select label={t('place')} name="place" value="" options={[['', t('whole_community')], ...placeOptions(places.data ?? [])]} />
            <Select label={t('access_language')} name="language" value="cmn" options={languageOptions()} />
            <Select label={t('voice_days')} name="days" value="3" options={['1', '3', '7', '14', '30'].map((days) => [days, days])} />
            {error && <Failed error={error} />}
            <button class="btn primary" disabled={busy}>
              {t('voice_post')}
            </button>
          </form>
        </Modal>
      )}
    </main>
  );
}
