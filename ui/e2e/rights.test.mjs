// Somebody asks to be erased: nothing of them is found, and there is a certificate to hand out.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { startServer } from './with_server.mjs';

const server = await startServer({ clock: '2022-11-29T11:00:00+08:00' });
process.env.DOORSTEP_URL = server.url;
const { base, close, look, misfits, phone, signIn, unaccessible, visitor } = await import('./browser.mjs');

after(async () => {
  await close();
  await server.stop();
});

/** As the desk's own page sends it. */
const send = (page, path, body) =>
  page.evaluate(
    async ([to, json]) => {
      const answer = await fetch(`/api/v1${to}`, {
        method: json ? 'POST' : 'GET',
        headers: { 'Content-Type': 'application/json', 'X-Doorstep': '1', 'Idempotency-Key': crypto.randomUUID() },
        body: json && JSON.stringify(json),
      });
      return { status: answer.status, body: await answer.json() };
    },
    [path, body],
  );

/** A household of its own behind a door: nobody there is under observation. */
async function newcomer(page, name) {
  const { body } = await send(page, '/households?limit=1');
  const home = await send(page, '/households', { dwelling: body.rows[0].dwelling, label: name });
  assert.equal(home.status, 200, JSON.stringify(home.body));
  const person = await send(page, `/households/${home.body.id}/people`, { name });
  assert.equal(person.status, 200, JSON.stringify(person.body));
}

test('N11 somebody who asks is erased, and the certificate names them by number alone', async () => {
  const desk = await signIn(await visitor());
  const { page } = desk;
  await page.goto(`${base}/c/people`);
  await newcomer(page, '章要走');
  await page.getByRole('link', { name: '个人信息' }).click();
  await page.getByRole('button', { name: '删除', exact: true }).click();
  await page.getByText('没有要删除的人。').waitFor();
  await page.getByRole('button', { name: '删除一个人' }).click();
  await page.getByLabel('姓名或电话').fill('章要走');
  await page.getByRole('dialog').getByRole('button', { name: /找/ }).click();
  await page.getByRole('dialog').locator('b', { hasText: '章要走' }).waitFor();
  await look(page, 'rights-erase');
  await page.getByRole('button', { name: '本人要求' }).click();
  await look(page, 'rights-erase-sure');
  await page.getByRole('button', { name: '删除', exact: true }).last().click();
  await page.getByText('还留着的').waitFor();
  assert.equal(await page.getByText('章要走').count(), 0);
  await look(page, 'rights-certificate');
  assert.deepEqual(await unaccessible(page, 'rights-certificate'), []);
  const found = await send(page, '/search', { text: '章要走' });
  assert.equal(found.body.rows.length, 0);
  assert.deepEqual(desk.faults, []);
  await desk.context.close();
});

test('N11 what is kept stands with purpose, basis and days, also on a phone', async () => {
  const desk = await signIn(await visitor(phone));
  const { page } = desk;
  await page.goto(`${base}/c/rights?tab=kept`);
  await page.getByText('搬走后 90 天').first().waitFor();
  await page.getByText('check_in.temperature').waitFor();
  assert.deepEqual(await misfits(page, 'rights-kept'), []);
  await look(page, 'rights-kept');
  await desk.context.close();
});

test('N14 a list leaves masked, or with a reason and the password again, and each file is counted', async () => {
  const desk = await signIn(await visitor());
  const { page } = desk;
  await page.goto(`${base}/c/households?filter=observed`);
  const name = (await page.locator('.rows tbody .who').first().innerText()).split(' · ').at(-1).trim();
  const href = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
  const text = await page.evaluate((to) => fetch(to).then((answer) => answer.text()), href);
  assert.ok(!text.includes(name), name);
  assert.match(text, /\*\*/);
  assert.match(text, /#export,.*names,masked/);
  await page.getByRole('button', { name: '带姓名导出' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('理由').selectOption({ label: '停电备用的纸' });
  await dialog.getByLabel('密码').fill('wrong word here');
  await dialog.getByRole('button', { name: '导出' }).click();
  await dialog.getByRole('alert').waitFor();
  await look(page, 'export-named');
  assert.deepEqual(await unaccessible(page, 'export-named'), []);
  await dialog.getByLabel('密码').fill('doorstep-demo');
  const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: '导出' }).click()]);
  const named = readFileSync(await file.path(), 'utf8');
  assert.ok(named.includes(name.split('、')[0]), name);
  assert.match(named, /#export,.*names,shown,reason,outage/);
  await page.goto(`${base}/c/rights?tab=exports`);
  await page.getByText('停电备用的纸').waitFor();
  await page.getByText(/30 天 2 份/).waitFor();
  await look(page, 'rights-exports');
  assert.deepEqual(await misfits(page, 'rights-exports'), []);
  assert.deepEqual(await unaccessible(page, 'rights-exports'), []);
  await page.setViewportSize({ width: 360, height: 740 });
  await look(page, 'rights-exports-360');
  assert.deepEqual(await misfits(page, 'rights-exports-360'), []);
  assert.deepEqual(desk.faults, []);
  await desk.context.close();
});

test('N15 the bulletin shows no small number and no sum by which one could be worked out', async () => {
  const desk = await signIn(await visitor());
  const { page } = desk;
  await page.goto(`${base}/c/progress`);
  await page.getByRole('link', { name: '对外通报' }).click();
  const cells = page.locator('table.bulletin td');
  await cells.first().waitFor();
  const shown = (await cells.allInnerTexts()).map((text) => text.trim());
  assert.ok(shown.every((text) => text === '—' || text === '0' || Number(text) >= 5), shown.join());
  assert.ok(shown.some((text) => Number(text) > 100), shown.join());
  await look(page, 'bulletin');
  assert.deepEqual(await unaccessible(page, 'bulletin'), []);
  await page.setViewportSize({ width: 360, height: 740 });
  await look(page, 'bulletin-360');
  assert.deepEqual(await misfits(page, 'bulletin-360'), []);
  assert.deepEqual(desk.faults, []);
  await desk.context.close();
});

/** A link of the household behind a door, proved at the desk. */
async function provedLink(page, household) {
  const link = await send(page, `/households/${household}/links`, { name: '手机' });
  assert.equal(link.status, 200, JSON.stringify(link.body));
  const proved = await send(page, `/links/${link.body.id}/prove`, { proof: 'door' });
  assert.equal(proved.status, 200, JSON.stringify(proved.body));
  return link.body.url;
}

test('N12 N13 a household asks what is kept, reads who looked and why, agrees and takes it back', async () => {
  const desk = await signIn(await visitor());
  const { page } = desk;
  const { body } = await send(page, '/households?filter=observed&state=safe&limit=1');
  const [home] = body.rows;
  assert.match(home.phones, /^\*\*\*\d\d/);
  const url = await provedLink(page, home.id);
  // Nobody has to be called there: the number is shown for a reason alone.
  await page.goto(`${base}/c/board?d=${home.dwelling}`);
  await page.getByRole('button', { name: '显示号码' }).click();
  await look(page, 'reveal');
  await page.getByRole('dialog').getByRole('button', { name: '送东西' }).click();
  await page.locator('a[href^="tel:1"]').first().waitFor();

  const resident = await visitor(phone);
  await resident.page.goto(url);
  await resident.page.locator('summary', { hasText: '我们的信息' }).click();
  await resident.page.getByText('看了电话号码：送东西').waitFor();
  const own = resident.page.locator('details', { hasText: '我们的信息' });
  await own.getByRole('button', { name: '拿一份' }).click();
  await own.getByRole('button', { name: '发出', exact: true }).click();
  await resident.page.getByText(/收到了，12月14日/).waitFor();
  await own.getByRole('button', { name: '同意', exact: true }).click();
  await own.getByRole('button', { name: '已同意，点一下收回' }).click();
  await own.getByRole('button', { name: '同意', exact: true }).waitFor();
  await look(resident.page, 'own-data');
  assert.deepEqual(await unaccessible(resident.page, 'own-data'), []);
  assert.deepEqual(await misfits(resident.page, 'own-data'), []);

  await page.goto(`${base}/c/rights`);
  await page.locator('.lines li', { hasText: home.door }).getByRole('button', { name: '答复' }).click();
  await page.getByRole('dialog').getByText(/收回/).first().waitFor();
  await look(page, 'request-answer');
  await page.getByRole('dialog').getByRole('button', { name: '答复' }).click();
  await page.locator('.lines .tag', { hasText: '同意' }).first().waitFor();
  await look(page, 'requests');
  assert.deepEqual(await unaccessible(page, 'requests'), []);

  await resident.page.reload();
  await resident.page.locator('summary', { hasText: '我们的信息' }).click();
  await resident.page.getByRole('button', { name: '打开看' }).click();
  await resident.page.getByRole('link', { name: '存到手机' }).waitFor();
  await resident.page.locator('summary', { hasText: '住户登记' }).first().click();
  await look(resident.page, 'own-file');
  assert.deepEqual(resident.faults, []);
  assert.deepEqual(desk.faults, []);
  await resident.context.close();
  await desk.context.close();
});

test('N13 what is asked on the phone is written down with a day, and for a child somebody grown up asks', async () => {
  const desk = await signIn(await visitor(phone));
  const { page } = desk;
  const { body } = await send(page, '/households?filter=observed&limit=1');
  const child = await send(page, `/households/${body.rows[0].id}/people`, { name: '童小问', born_on: '2015-05-01' });
  assert.equal(child.status, 200, JSON.stringify(child.body));
  await page.goto(`${base}/c/rights`);
  await page.getByRole('button', { name: '记一条' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('谁家').fill('童小问');
  await dialog.getByRole('button', { name: /找/ }).click();
  await dialog.getByRole('button', { name: '就是这家' }).first().click();
  await dialog.getByLabel('关于谁').selectOption({ label: '童小问' });
  await dialog.getByRole('button', { name: '记下' }).click();
  await dialog.getByText('孩子的事要由家里的大人来问。').waitFor();
  await look(page, 'request-new-360');
  await dialog.getByLabel(/代问的大人/).selectOption({ index: 1 });
  await dialog.getByRole('button', { name: '记下' }).click();
  await page.getByText('童小问').first().waitFor();
  assert.deepEqual(await misfits(page, 'requests-360'), []);
  await look(page, 'requests-360');
  assert.deepEqual(desk.faults, []);
  await desk.context.close();
});

test('N11 N13 what was asked on the phone is erased from the desk, and the certificate stands with it', async () => {
  const desk = await signIn(await visitor());
  const { page } = desk;
  await page.goto(`${base}/c/people`);
  await newcomer(page, '章来电');
  const found = await send(page, '/search', { text: '章来电' });
  const person = found.body.rows.find((row) => row.kind === 'person');
  const asked = await send(page, '/requests', { household: person.household, person: person.id, kind: 'erasure', channel: 'phone', words: '请删掉' });
  assert.equal(asked.status, 200, JSON.stringify(asked.body));
  await page.goto(`${base}/c/rights`);
  await page.locator('.lines li', { hasText: '章来电' }).getByRole('button', { name: '答复' }).click();
  const dialog = page.getByRole('dialog').first();
  await dialog.getByRole('button', { name: '现在删除' }).click();
  await look(page, 'request-erase');
  assert.deepEqual(await unaccessible(page, 'request-erase'), []);
  await dialog.getByRole('button', { name: '我确认，删除' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await send(page, '/search', { text: '章来电' })).body.rows.length, 0);
  const row = (await send(page, '/requests?limit=200')).body.rows.find((one) => one.id === asked.body.id);
  assert.equal(row.erasures[0].state, 'done');
  await page.locator('.lines li', { hasText: '删除' }).getByRole('button', { name: '打开' }).first().click();
  await page.getByRole('button', { name: /删除证明|证明/ }).first().click();
  await page.getByText('还留着的').waitFor();
  await look(page, 'request-certificate');
  assert.deepEqual(desk.faults, []);
  await desk.context.close();
});
