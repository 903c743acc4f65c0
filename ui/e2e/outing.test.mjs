// Somebody is thought to have gone out: they are asked first, another person decides, they object, a third one answers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './with_server.mjs';

const server = await startServer();
process.env.DOORSTEP_URL = server.url;
const { totp } = await import('./totp.mjs');
const { base, call, close, dueHousehold, look, misfits, phone, signIn, unaccessible, visitor } = await import('./browser.mjs');

let desk;
before(async () => {
  desk = await signIn(await visitor());
});
after(async () => {
  await close();
  await server.stop();
});

/** Another account of the community, signed in on a screen of its own. */
async function colleague(name, role, options) {
  const { url } = await call(desk.page, 'POST', '/invitations', { name, login: role, role });
  const who = await visitor(options);
  await who.page.goto(base + new URL(url).pathname + new URL(url).hash);
  await who.page.getByLabel('密码').fill('a quiet door in the rain');
  await who.page.getByRole('button', { name: '下一步' }).click();
  await who.page.locator('.qr').waitFor();
  await who.page.getByLabel('六位验证码').fill(totp(await who.page.locator('.secret').innerText()));
  await who.page.locator('form button.primary').click();
  await who.page.locator('.top').waitFor();
  return who;
}

/** The part of a resident's page that this is about. */
const part = async (page, name) => {
  if (process.env.E2E_LOOK) await page.locator('section.outing').screenshot({ path: `${process.env.E2E_LOOK}/${name}.png` });
};

async function home() {
  const due = await dueHousehold(desk.page);
  await call(desk.page, 'POST', `/links/${due.link.id}/prove`, { proof: 'door' });
  const resident = await visitor(phone);
  return { ...due, resident, url: base + due.path };
}

/** As the desk writes it down: from the door's own card. */
async function write(dwelling, evidence, words) {
  const { page } = desk;
  await page.goto(`${base}/c/board?d=${dwelling.id}`);
  await page.getByRole('link', { name: '疑似外出' }).click();
  await page.getByRole('button', { name: '记一条疑问' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(dwelling.door).waitFor();
  await dialog.getByLabel('凭什么').selectOption({ label: evidence });
  await dialog.getByLabel('看到了什么').fill(words);
  await look(page, 'outing-new-1366');
  assert.deepEqual(await unaccessible(page, 'outing-new'), []);
  await dialog.getByRole('button', { name: '记一条疑问' }).click();
  await page.getByText('要由另一个人判定').waitFor();
}

test('N17 a suspicion is heard, decided by a second person, objected to and answered by a third', async () => {
  const { dwelling, resident, url } = await home();
  const { page } = desk;
  await write(dwelling, '封条断了', '下午三点断的');
  // Whoever wrote it down is offered no verdict.
  assert.equal(await page.getByRole('button', { name: /^判定/ }).count(), 0);
  await look(page, 'outing-written-1366');
  assert.deepEqual(await misfits(page, 'outing-written'), []);

  const own = resident.page;
  await own.goto(url);
  await own.getByText('社区想问您一件事').waitFor();
  await own.getByText(/这只是疑问，不是结论/).waitFor();
  await part(own, 'outing-asked-360');
  await own.getByRole('button', { name: '开门拿东西' }).click();
  await own.getByLabel('想说的话').fill('快递放在门口');
  await part(own, 'outing-telling-360');
  assert.deepEqual(await misfits(own, 'outing-telling'), []);
  assert.deepEqual(await unaccessible(own, 'outing-telling'), []);
  await own.getByRole('button', { name: '回复社区' }).click();
  await own.getByText(/您说：开门拿东西 · 快递放在门口/).waitFor();
  await own.getByText('会由另一个人来看').waitFor();

  const leader = await colleague('郭组长', 'leader', phone);
  await leader.page.goto(`${base}/c/suspicions`);
  await leader.page.getByText('快递放在门口').waitFor();
  await look(leader.page, 'outing-second-360');
  assert.deepEqual(await misfits(leader.page, 'outing-second'), []);
  assert.deepEqual(await unaccessible(leader.page, 'outing-second'), []);
  await leader.page.getByRole('button', { name: /^判定/ }).click();
  const dialog = leader.page.getByRole('dialog');
  await dialog.getByLabel('结论').selectOption({ label: '外出' });
  await dialog.getByRole('button', { name: '判定', exact: true }).click();
  await dialog.getByText('认定外出要写理由。').waitFor();
  await dialog.getByLabel(/理由/).fill('楼道监控里下了楼');
  await look(leader.page, 'outing-decide-360');
  await dialog.getByRole('button', { name: '判定', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });

  await own.reload();
  await own.getByText(/郭组长 .*判定/).waitFor();
  await own.getByText(/理由：楼道监控里下了楼/).waitFor();
  await own.getByText('只留在社区，没有自动报给任何地方。').waitFor();
  await part(own, 'outing-verdict-360');
  assert.deepEqual(await misfits(own, 'outing-verdict'), []);
  await own.getByLabel('为什么不同意').fill('监控里是楼上的人');
  await own.getByRole('button', { name: '我不同意' }).click();
  await own.getByText(/这期间不算数/).waitFor();
  await part(own, 'outing-objected-360');
  assert.equal((await call(page, 'GET', '/suspicions/counts')).went_out, 0);

  const head = await colleague('于网格长', 'grid_head');
  await head.page.goto(`${base}/c/duties?kind=suspicion_objection`);
  await head.page.locator('li', { hasText: '住户不同意，再看一次' }).getByRole('link', { name: '疑似外出' }).click();
  await head.page.getByText('监控里是楼上的人').waitFor();
  await look(head.page, 'outing-third-1366');
  assert.deepEqual(await unaccessible(head.page, 'outing-third'), []);
  await head.page.getByRole('button', { name: /^答复不同意/ }).click();
  const answer = head.page.getByRole('dialog');
  await answer.getByLabel(/理由/).fill('看过了，确实不是');
  await answer.getByRole('button', { name: '答复不同意', exact: true }).click();
  await answer.waitFor({ state: 'detached' });
  await head.page.getByRole('button', { name: '全部', exact: true }).click();
  await head.page.getByText('撤销，不算').first().waitFor();
  await look(head.page, 'outing-all-1366');

  await own.reload();
  await own.getByText(/于网格长 再看过：撤销，不算外出/).waitFor();
  await part(own, 'outing-overturned-360');
  for (const who of [desk, resident, leader, head]) assert.deepEqual(who.faults, []);
  for (const who of [resident, leader, head]) await who.context.close();
});

test('N17 who left for an ambulance says so in one tap, and it never counts', async () => {
  const { dwelling, resident, url } = await home();
  await write(dwelling, '门磁响了', '17:00 到 17:25');
  const own = resident.page;
  await own.goto(url);
  await own.getByRole('button', { name: '生病、急救' }).click();
  await own.getByRole('button', { name: '回复社区' }).click();
  await own.getByText('紧急出门，不算外出', { exact: true }).waitFor();
  await part(own, 'outing-emergency-360');
  assert.equal(await own.getByRole('button', { name: '我不同意' }).count(), 0);
  const { page } = desk;
  await page.reload();
  await page.getByText('按住户说的，紧急出门，不算').waitFor();
  await look(page, 'outing-emergency-1366');
  const counts = await call(page, 'GET', '/suspicions/counts');
  assert.equal(counts.went_out, 0);
  assert.equal(counts.emergency_exit, 1);
  assert.deepEqual(resident.faults, []);
  await resident.context.close();
});
