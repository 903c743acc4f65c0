// Who cannot read or hear, or speaks no Mandarin (N25): said at the desk, heard and seen on the household's own page.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { base, call, close, dueHousehold, look, misfits, phone, signIn, unaccessible, until, visitor } from './browser.mjs';

after(close);

/** A second of a tone as a phone would record it: made by the browser itself. */
const tone = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const context = new AudioContext();
        const source = context.createOscillator();
        const out = context.createMediaStreamDestination();
        source.connect(out);
        const recorder = new MediaRecorder(out.stream, { mimeType: 'audio/webm;codecs=opus' });
        recorder.ondataavailable = async ({ data }) => {
          source.stop();
          done([...new Uint8Array(await data.arrayBuffer())]);
        };
        source.start();
        recorder.start();
        setTimeout(() => recorder.stop(), 1000);
      }),
  );

test('N25 what somebody cannot do is said at the door, and their page speaks in pictures and sound', async () => {
  const who = await signIn(await visitor());
  const { page } = who;
  const { dwelling, household } = await dueHousehold(page);
  await page.goto(`${base}/c/board?d=${dwelling.id}`);
  await page.getByRole('button', { name: '改 怎么联系' }).first().click();
  await page.getByLabel('不识字').check();
  await page.getByLabel('说什么话').selectOption('yue');
  await look(page, 'access-form-1366');
  await page.getByRole('button', { name: '存下' }).click();
  await page.getByText('不识字、粤语').first().waitFor();
  assert.deepEqual(await unaccessible(page, 'access'), []);

  await page.goto(`${base}/c/voice`);
  await page.getByRole('button', { name: '录一条' }).click();
  await page.getByLabel('说的什么').click();
  await page.getByLabel('说的什么').fill('六点停水');
  await page.getByLabel('录音文件').setInputFiles({ name: 'water.webm', mimeType: 'audio/webm', buffer: Buffer.from(await tone(page)) });
  await page.getByRole('button', { name: '发出去' }).click();
  await page.locator('.places').getByText('六点停水').waitFor();
  assert.deepEqual(await unaccessible(page, 'voice'), []);
  await look(page, 'voice-1366');
  await page.setViewportSize({ width: 360, height: 740 });
  assert.deepEqual(await misfits(page, 'voice 360'), []);
  await look(page, 'voice-360');

  const link = await call(page, 'POST', `/households/${household.id}/links`, { name: '手机' });
  await call(page, 'POST', `/links/${link.id}/prove`, { proof: 'door' });
  const resident = await visitor(phone);
  await resident.page.goto(`${base}/r/${link.token}`);
  await resident.page.locator('.pictures').waitFor();
  assert.deepEqual(await misfits(resident.page, 'pictures'), []);
  assert.deepEqual(await unaccessible(resident.page, 'pictures'), []);
  await look(resident.page, 'pictures-360');
  await resident.page.locator('.pictures .safe').click();
  await resident.page.locator('.pics h1.yes').waitFor();
  await resident.page.getByRole('button', { name: '要吃的' }).click();
  await resident.page.locator('.pictures .asked').waitFor();
  await until(async () => JSON.stringify(await call(page, 'GET', '/needs?limit=100')).includes('请打电话问要什么'), 'the desk reads it');
  const notice = resident.page.getByRole('button', { name: '六点停水' });
  await notice.click();
  await until(async () => (await notice.getAttribute('aria-pressed')) === 'true', 'it is heard');
  await until(async () => (await notice.getAttribute('aria-pressed')) === 'false', 'it ends by itself');
  assert.equal(await resident.page.getByRole('alert').count(), 0);
  await look(resident.page, 'pictures-done-360');
  await resident.page.getByRole('button', { name: '换成文字' }).click();
  await resident.page.locator('.page:not(.pics)').waitFor();
  for (const one of [who, resident]) assert.deepEqual(one.faults, []);
});

test('N25 colleagues are found by what they speak', async () => {
  const who = await signIn(await visitor());
  const { page } = who;
  await page.goto(`${base}/c/people`);
  await page.getByRole('button', { name: /^会说的话 / }).first().click();
  const dialog = page.getByRole('dialog');
  const name = (await dialog.getByRole('heading').innerText()).split('·').pop().trim();
  await dialog.getByLabel('客家话').check();
  await dialog.getByRole('button', { name: '存下' }).click();
  await page.locator('.accounts li', { hasText: name }).getByText('客家话').waitFor();
  await page.getByLabel('会说哪种话：全部').selectOption('hak');
  await until(async () => (await page.locator('.accounts li').count()) === 1, 'who speaks it alone');
  assert.deepEqual(await unaccessible(page, 'people'), []);
  await look(page, 'languages-1366');
  assert.deepEqual(who.faults, []);
});
