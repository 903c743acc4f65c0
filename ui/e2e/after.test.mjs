// After the days, and between people: the release with its letter, what household and worker write to each other,
// who is trusted, the call of the day, and the team that shares its calls.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './with_server.mjs';

// Half an hour after the cut-off, whatever time it is here: duties press.
const server = await startServer({ clock: '2022-11-29T10:30:00+08:00' });
process.env.DOORSTEP_URL = server.url;
const { base, call, close, dueHousehold, look, misfits, phone, signIn, unaccessible, visitor } = await import('./browser.mjs');

let desk;
before(async () => {
  desk = await signIn(await visitor());
});
after(async () => {
  await close();
  await server.stop();
});

/** A household with a proved phone; `over`: its days end today. */
async function home({ over = false } = {}) {
  const { page } = desk;
  const due = await dueHousehold(page);
  await call(page, 'POST', `/links/${due.link.id}/prove`, { proof: 'door' });
  if (over) {
    const [ground] = due.household.observation.grounds;
    await call(page, 'POST', `/observation-grounds/${ground.id}/change`, { length_days: 4, reason: '提前解除' });
  }
  return { ...due, url: base + due.path };
}

test('C4 C12 C14 N16 a release by name gives a letter that anybody can check, and the household may say how it was', async () => {
  const { page, faults } = desk;
  const { dwelling, url } = await home({ over: true });
  await page.goto(`${base}/c/board?d=${dwelling.id}`);
  await page.getByRole('button', { name: '解除', exact: true }).click();
  const modal = page.locator('.modal');
  await modal.locator('.diary .dots').first().waitFor();
  assert.match(await modal.locator('.diary').innerText(), /连续 \d+ 天没有症状/);
  await modal.getByRole('button', { name: /解除$/ }).last().click();
  await modal.waitFor({ state: 'detached' });
  const released = (await call(page, 'GET', `/dwellings/${dwelling.id}`)).households[0];
  const [{ code }] = released.letters;

  const guard = await visitor(phone);
  await guard.page.goto(`${base}/l/`);
  await guard.page.locator('#code').fill(code.toLowerCase());
  await guard.page.getByRole('button', { name: '查验解除通知书' }).click();
  await guard.page.locator('.verdict.yes').waitFor();
  const shown = await guard.page.locator('body').innerText();
  for (const person of released.people) assert.ok(!shown.includes(person.name), 'a letter names nobody');
  assert.ok(!shown.includes(dwelling.door));
  assert.deepEqual(await unaccessible(guard.page, 'letter'), []);
  assert.deepEqual(await misfits(guard.page, 'letter'), []);
  const [saved] = await Promise.all([
    guard.page.waitForEvent('download'),
    guard.page.getByRole('button', { name: '存成图片' }).click(),
  ]);
  assert.match(saved.suggestedFilename(), /\.png$/);
  // On paper the name is written by hand, and the code is there; no QR code, since nothing has proved this address.
  await guard.page.emulateMedia({ media: 'print' });
  assert.ok(await guard.page.locator('.paper .code').isVisible());
  assert.equal(await guard.page.locator('.paper .qr').count(), 0);
  assert.ok(!(await guard.page.locator('.verdict').isVisible()));
  await guard.page.goto(`${base}/l/0000000000000`);
  await guard.page.emulateMedia({ media: 'screen' });
  await guard.page.locator('.verdict.no').waitFor();
  assert.deepEqual(guard.faults, []);
  await guard.context.close();

  const resident = await visitor(phone);
  await resident.page.goto(url);
  await resident.page.getByRole('link', { name: /打开、打印/ }).waitFor();
  await resident.page.getByRole('button', { name: '很好', exact: true }).click();
  await resident.page.getByRole('button', { name: '交给社区' }).click();
  await resident.page.getByText('收到了，谢谢。').waitFor();
  assert.deepEqual(resident.faults, []);
  await resident.context.close();

  await page.goto(`${base}/c/progress`);
  const row = page.locator('tr', { hasText: dwelling.door });
  await row.waitFor();
  assert.match(await row.innerText(), /5 分/);
  const numbers = (await page.locator('.stages dd').allInnerTexts()).map(Number);
  const sum = /合计 (\d+) 人/.exec(await page.locator('.page').innerText())[1];
  assert.equal(
    numbers.reduce((all, n) => all + n, 0),
    Number(sum),
  );
  const { rows } = await call(page, 'GET', '/duties?kind=removal&limit=1000');
  assert.ok(rows.some((one) => one.dwelling === dwelling.id));
  assert.deepEqual(faults, []);
});

test('C16 what a household writes is owed an answer, and the answer is in the same place', async () => {
  const { page } = desk;
  const { dwelling, url } = await home();
  const resident = await visitor(phone);
  await resident.page.goto(url);
  const box = resident.page.locator('.thread');
  await box.locator('textarea').fill('家里没有米了');
  await box.getByRole('button', { name: '发出' }).click();
  await box.getByText(/起等着回复/).waitFor();
  await page.goto(`${base}/c/duties?kind=message`);
  await page.locator('.duty-rows li', { hasText: dwelling.door }).waitFor();
  await page.goto(`${base}/c/board?d=${dwelling.id}`);
  await page.getByText('家里没有米了').waitFor();
  await page.locator('#thread-body').fill('下午送到');
  await page.getByRole('button', { name: '发出' }).click();
  await page.getByText('下午送到').waitFor();
  await resident.page.reload();
  await resident.page.getByText('下午送到').waitFor();
  assert.equal(await resident.page.getByText(/起等着回复/).count(), 0);
  assert.deepEqual(await unaccessible(resident.page, 'thread'), []);
  assert.deepEqual(resident.faults, []);
  await resident.context.close();
});

test('N18 somebody elsewhere sees that they are safe and is taken back in one tap', async () => {
  const { url } = await home();
  const resident = await visitor(phone);
  await resident.page.goto(url);
  await resident.page.getByLabel('怎么称呼').fill('女儿');
  await resident.page.getByRole('button', { name: '生成链接' }).click();
  const link = await resident.page.locator('.note b').innerText();
  const daughter = await visitor(phone);
  await daughter.page.goto(link);
  await daughter.page.getByText('您只看得到他们是否平安').waitFor();
  assert.equal(await daughter.page.locator('.thread').count(), 0);
  await resident.page.getByRole('button', { name: '停用 女儿 的链接' }).click();
  await resident.page.getByRole('button', { name: '停用 女儿 的链接' }).waitFor({ state: 'detached' });
  await daughter.page.reload();
  await daughter.page.getByText('这个链接已经停用').first().waitFor();
  assert.deepEqual(daughter.faults, []);
  await daughter.context.close();
  await resident.context.close();
});

test('N18 somebody elsewhere says that they paid, and it counts once the desk has seen it', async () => {
  const { page, faults } = desk;
  const { household, url } = await home();
  const [helper] = (await call(page, 'GET', '/accounts?limit=1')).rows;
  await call(page, 'POST', '/needs', { household: household.id, text: '鸡蛋10个' });
  await call(page, 'POST', '/ledger', { kind: 'outlay', fen: 1230, household: household.id, helper: helper.id, note: '买菜垫付' });
  const owed = async () => (await call(page, 'GET', `/households/${household.id}/ledger`)).owed_fen;
  const resident = await visitor(phone);
  await resident.page.goto(url);
  await resident.page.getByLabel('怎么称呼').fill('女儿');
  await resident.page.getByRole('button', { name: '生成链接' }).click();
  const daughter = await visitor(phone);
  await daughter.page.goto(await resident.page.locator('.note b').innerText());

  // She sees what is owed and where the order stands, not what is in it.
  const pay = daughter.page.locator('.pay');
  await pay.getByText('还欠 ¥12.30').waitFor();
  await pay.getByText('还在收单').waitFor();
  assert.ok(!(await daughter.page.locator('body').innerText()).includes('鸡蛋'));
  await pay.getByText('我付过钱了').click();
  assert.equal(await pay.getByLabel('付了多少（元）').inputValue(), '12.30');
  // A digit too many is asked back.
  await pay.getByLabel('付了多少（元）').fill('123.0');
  await pay.getByRole('button', { name: '支付宝' }).click();
  await pay.getByLabel('单号').fill('2022112922001');
  await pay.getByRole('button', { name: '告诉社区' }).click();
  await pay.getByText('现在欠的是 ¥12.30，您说付了 ¥123.00。没错吗？').waitFor();
  await look(daughter.page, 'n18-asked-360');
  await pay.getByLabel('付了多少（元）').fill('12.30');
  await pay.getByRole('button', { name: '告诉社区' }).click();
  await pay.getByText('等社区查到账').waitFor();
  await look(daughter.page, 'n18-said-360');
  assert.deepEqual(await misfits(daughter.page, 'pay'), []);
  assert.deepEqual(await unaccessible(daughter.page, 'pay'), []);
  assert.equal(await owed(), 1230);

  // The same transfer again, from the household's own phone.
  await resident.page.reload();
  const own = resident.page.locator('.pay');
  await own.getByText('等社区查到账').waitFor();
  await own.getByText('我付过钱了').click();
  await own.getByLabel('付了多少（元）').fill('12.30');
  await own.getByRole('button', { name: '支付宝' }).click();
  await own.getByLabel('单号').fill('2022112922001');
  await own.getByRole('button', { name: '告诉社区' }).click();
  await own.getByText('这一笔已经说过了。').waitFor();

  // The desk has a duty, rejects it with a reason; said again, it confirms it.
  assert.equal((await call(page, 'GET', '/duties?kind=payment')).rows.length, 1);
  await page.goto(`${base}/c/money`);
  await page.getByRole('button', { name: /^没收到/ }).click();
  const modal = page.locator('.modal');
  await modal.locator('[name=reason]').selectOption('not_received');
  await modal.locator('[name=note]').fill('请看看转给了谁');
  await look(page, 'n18-reject-1366');
  await modal.locator('button.primary').click();
  await modal.waitFor({ state: 'detached' });
  assert.equal(await owed(), 1230);
  await daughter.page.reload();
  await pay.getByText('请看看转给了谁').waitFor();
  await pay.getByText('我付过钱了').click();
  await pay.getByRole('button', { name: '告诉社区' }).click();
  await pay.getByText('等社区查到账').waitFor();
  await page.goto(`${base}/c/money`);
  await page.getByText('说已付款，等确认').waitFor();
  await look(page, 'n18-claims-1366');
  assert.deepEqual(await unaccessible(page, 'claims'), []);
  assert.deepEqual(await misfits(page, 'claims'), []);
  await page.getByRole('button', { name: /^收到了/ }).click();
  await page.getByText('说已付款，等确认').waitFor({ state: 'detached' });
  assert.equal(await owed(), 0);
  await daughter.page.reload();
  await pay.getByText('社区收到了').waitFor();
  await pay.getByText('不欠款').waitFor();

  // Taken back: what she says later is refused, what came stays.
  await resident.page.getByRole('button', { name: '停用 女儿 的链接' }).click();
  await resident.page.getByRole('button', { name: '停用 女儿 的链接' }).waitFor({ state: 'detached' });
  await pay.getByText('我付过钱了').click();
  await pay.getByLabel('付了多少（元）').fill('1');
  await pay.getByRole('button', { name: '告诉社区' }).click();
  await pay.locator('[role=alert]').waitFor();
  assert.equal((await call(page, 'GET', '/payment-claims')).rows.length, 0);
  await resident.page.reload();
  await own.getByText('社区收到了').waitFor();
  assert.deepEqual(daughter.faults, []);
  assert.deepEqual(resident.faults, []);
  assert.deepEqual(faults, []);
  await daughter.context.close();
  await resident.context.close();
});

test('F1 F3 F8 F10 who is found by their ages is entered, called, and food for a day is a task at once', async () => {
  const { page, faults } = desk;
  await page.goto(`${base}/c/ledger`);
  const found = page.locator('.card', { hasText: '按年龄看该关照的' }).locator('li').first();
  await found.waitFor();
  const door = await found.locator('b').innerText();
  await found.getByRole('button').click();
  const row = page.locator('.duty-rows li', { hasText: door }).first();
  await row.getByRole('button', { name: /记今天的电话/ }).click();
  const modal = page.locator('.modal');
  await modal.getByLabel('家里的粮还够几天').fill('1');
  await modal.getByRole('button', { name: '存下' }).click();
  await modal.waitFor({ state: 'detached' });
  await page.locator('.duty-rows li', { hasText: '粮够 1 天' }).first().waitFor();
  const { rows } = await call(page, 'GET', '/duties?kind=food');
  assert.ok(rows.some((one) => one.door === door));
  assert.deepEqual(await unaccessible(page, 'ledger'), []);
  assert.deepEqual(await misfits(page, 'ledger'), []);
  assert.deepEqual(faults, []);
});

test('A5 a building is put under control for some days, and every day can be asked', async () => {
  const { page, faults } = desk;
  await page.goto(`${base}/c/places`);
  await page.getByRole('button', { name: /^区域状态/ }).first().click();
  const modal = page.locator('.modal');
  await modal.getByText('正常', { exact: true }).first().waitFor();
  await modal.getByLabel('到哪天为止').fill('2022-12-05');
  await modal.getByLabel('依据或原因').fill('邻楼有病例');
  await modal.getByRole('button', { name: '存下' }).click();
  await modal.locator('p[role=status]', { hasText: '管控' }).waitFor();
  await modal.getByLabel('哪一天').fill('2022-12-05');
  await modal.locator('p[role=status]', { hasText: '正常' }).waitFor();
  await modal.getByLabel('哪一天').fill('2022-12-04');
  await modal.locator('p[role=status]', { hasText: '管控' }).waitFor();
  assert.deepEqual(await unaccessible(page, 'area'), []);
  assert.deepEqual(faults, []);
});

test('who feels unwell is told by name who has seen it', async () => {
  const { page } = desk;
  const { url, household, dwelling } = await home();
  const resident = await visitor(phone);
  await resident.page.goto(url);
  await resident.page.getByRole('button', { name: '身体不舒服' }).click();
  await resident.page.locator('.st-unwell.on').waitFor();
  await page.goto(`${base}/c/duties?kind=unwell`);
  const row = page.locator('.duty-rows li', { hasText: dwelling.door });
  await row.waitFor();
  await call(page, 'POST', `/households/${household.id}/acknowledge`);
  await resident.page.getByText(/看到了，会来电话找您/).waitFor();
  assert.deepEqual(resident.faults, []);
  await resident.context.close();
});

test('a duty rests for a reason until an hour, and comes back', async () => {
  const { page, faults } = desk;
  await page.goto(`${base}/c/duties`);
  const first = page.locator('.duty-rows li').first();
  const id = await first.getAttribute('id');
  await first.getByRole('button', { name: /^暂停/ }).click();
  const modal = page.locator('.modal');
  await modal.locator('[name=reason]').fill('夜班，午后再打');
  await modal.locator('button.primary').click();
  await page.locator(`#${id}`).waitFor({ state: 'detached' });
  await page.goto(`${base}/c/duties?filter=paused`);
  await page.locator(`#${id}`).waitFor();
  assert.deepEqual(faults, []);
});

test('C8 calls that are left are shared with the team', async () => {
  const { page, faults } = desk;
  await page.goto(`${base}/c/calls`);
  await page.getByRole('button', { name: '分给大家' }).click();
  const modal = page.locator('.modal');
  await modal.locator('input[type=checkbox]').nth(1).waitFor();
  await modal.locator('button.primary').click();
  await modal.waitFor({ state: 'detached' });
  assert.deepEqual(faults, []);
});
