// What an order brings to a household, on the pages: four lights, the roll call, the group, labels that are printed,
// posted and taken down, who stands for it together, why somebody came, and the seven services.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './with_server.mjs';

const server = await startServer({ clock: '2022-11-29T09:00:00+08:00' });
process.env.DOORSTEP_URL = server.url;
const { base, call, close, dueHousehold, misfits, phone, signIn, unaccessible, visitor } = await import('./browser.mjs');

let desk;
before(async () => {
  desk = await signIn(await visitor());
});
after(async () => {
  await close();
  await server.stop();
});

/** A household under observation whose phone is proved. */
async function home() {
  const due = await dueHousehold(desk.page);
  await call(desk.page, 'POST', `/links/${due.link.id}/prove`, { proof: 'door' });
  return { ...due, url: base + due.path };
}
const shown = async (dwelling) => (await call(desk.page, 'GET', `/dwellings/${dwelling.id}`)).households[0];

test('M5 C6 C3 four lights on the household, labels are made, posted and printed with the new end', async () => {
  const { page, faults } = desk;
  const { dwelling } = await home();
  await page.goto(`${base}/c/board?d=${dwelling.id}`);
  const lights = page.locator('ul.lights');
  await lights.waitFor();
  assert.match(await lights.innerText(), /进群 缺/);
  await page.getByRole('button', { name: '记下已进群' }).click();
  await lights.getByText('进群 有').waitFor();
  for (const kind of ['门上标签', '台账标签']) {
    await page.getByRole('button', { name: `做一个${kind}` }).click();
    await page.getByRole('button', { name: `贴好了 ${kind}` }).click();
  }
  await lights.getByText('标签监测 有').waitFor();
  const [before] = (await shown(dwelling)).controls;
  await page.getByRole('button', { name: /^改日期/ }).first().click();
  const modal = page.locator('.modal');
  await modal.locator('[name=length_days]').fill('20');
  await modal.locator('[name=reason]').fill('又有接触');
  await modal.locator('button.primary').click();
  await lights.getByText('标签监测 缺').waitFor();
  const [after] = (await shown(dwelling)).controls;
  assert.ok(after.until_on > before.until_on);
  await page.getByRole('link', { name: '打印标签' }).click();
  const label = page.locator('article.label').first();
  await label.waitFor();
  const [, month, day] = after.until_on.split('-').map(Number);
  assert.match(await label.innerText(), new RegExp(`${month}月${day}日`));
  assert.ok((await page.locator('article.label').allInnerTexts()).join().includes(after.code));
  assert.deepEqual(await unaccessible(page, 'labels'), []);
  await page.goto(`${base}/c/progress`);
  const four = page.locator('.sum.lights');
  await four.waitFor();
  assert.equal(await four.locator('a').count(), 4);
  assert.deepEqual(await unaccessible(page, 'progress'), []);
  assert.deepEqual(await misfits(page, 'progress'), []);
  await four.locator('a').last().click();
  await page.locator('tr', { hasText: dwelling.door }).waitFor();
  assert.deepEqual(faults, []);
});

test('C7 the roll call ticks off who is on the screen, and a private call counts alike', async () => {
  const { page, faults } = desk;
  const { dwelling } = await home();
  const { dwelling: other, household } = await home();
  await page.goto(`${base}/c/roll`);
  const at = (door) => page.locator('.roll tr', { has: page.getByRole('link', { name: door, exact: true }) });
  const row = at(dwelling.door);
  await row.getByRole('button', { name: /^看到人了/ }).click();
  await row.getByText('到了', { exact: true }).waitFor();
  await call(page, 'POST', '/check-ins', { household: household.id, wellbeing: 'fine', channel: 'phone' });
  await page.reload();
  await at(other.door).getByText('到了', { exact: true }).waitFor();
  assert.equal((await shown(dwelling)).reports[0].channel, 'video');
  assert.deepEqual(await unaccessible(page, 'roll'), []);
  assert.deepEqual(await misfits(page, 'roll'), []);
  assert.deepEqual(faults, []);
});

test('C15 households at home read each other by number, and the desk keeps the group', async () => {
  const { page, faults } = desk;
  const one = await home();
  const two = await home();
  const first = await visitor(phone);
  await first.page.goto(one.url);
  await first.page.getByRole('button', { name: '加入小组' }).click();
  const box = first.page.locator('.thread.group');
  await box.locator('textarea').fill('谁有多的盐');
  await box.getByRole('button', { name: '发给大家' }).click();
  await box.getByText('谁有多的盐').waitFor();
  const second = await visitor(phone);
  await second.page.goto(two.url);
  await second.page.getByRole('button', { name: '加入小组' }).click();
  await second.page.locator('.group li', { hasText: '谁有多的盐' }).waitFor();
  const read = await second.page.locator('.thread.group').innerText();
  assert.match(read, /\d+ 号住户/);
  assert.ok(!read.includes(one.dwelling.door));
  for (const person of one.household.people) assert.ok(!read.includes(person.name));
  assert.deepEqual(await unaccessible(second.page, 'group'), []);
  assert.deepEqual(await misfits(second.page, 'group'), []);
  await page.goto(`${base}/c/group`);
  await page.locator('li', { hasText: one.dwelling.door }).waitFor();
  await page.getByRole('button', { name: '隐藏 谁有多的盐' }).click();
  await page.locator('.modal [name=reason]').fill('换到互助板');
  await page.locator('.modal button.primary').click();
  await page.locator('li', { hasText: '谁有多的盐' }).waitFor({ state: 'detached' });
  assert.deepEqual(await unaccessible(page, 'group'), []);
  assert.deepEqual([...faults, ...first.faults, ...second.faults], []);
  await first.context.close();
  await second.context.close();
});

test('C11 the seven services are each asked for on the page of the resident', async () => {
  const { url } = await home();
  const resident = await visitor(phone);
  await resident.page.goto(url);
  const asked = resident.page.locator('.need');
  const grows = async (than) => {
    for (const deadline = Date.now() + 15_000; Date.now() < deadline; ) {
      if ((await asked.count()) > than) return;
      await resident.page.waitForTimeout(100);
    }
    assert.fail(`still ${than} requests on the page`);
  };
  // Six are one tap; what is to be bought is written.
  for (const service of ['上门量体温', '上门消毒', '倒垃圾', '聊聊天', '线上活动', '要口罩']) {
    const before = await asked.count();
    await resident.page.getByRole('button', { name: service, exact: true }).click();
    await grows(before);
  }
  const before = await asked.count();
  await resident.page.fill('#ask textarea', '青菜2斤');
  await resident.page.getByRole('button', { name: '告诉社区' }).click();
  await grows(before);
  assert.deepEqual(await misfits(resident.page, 'services'), []);
  assert.deepEqual(resident.faults, []);
  await resident.context.close();
});

test('A23 somebody is let into the joint group of a household, and the timeline names them', async () => {
  const { page, faults } = desk;
  const { dwelling, household } = await home();
  await page.goto(`${base}/c/board?d=${dwelling.id}`);
  await page.getByRole('button', { name: '加一个人' }).click();
  const modal = page.locator('.modal');
  await modal.locator('[name=profession]').selectOption('police');
  await modal.locator('button.primary').click();
  await modal.waitFor({ state: 'detached' });
  const [member] = (await shown(dwelling)).joint;
  assert.equal(member.profession, 'police');
  await call(page, 'POST', '/check-ins', { household: household.id, wellbeing: 'fine', channel: 'phone' });
  await page.goto(`${base}/c/timeline?h=${household.id}`);
  await page.getByText(`民警 ${member.name}`).waitFor();
  await page.locator('ol.line li').first().waitFor();
  assert.deepEqual(await unaccessible(page, 'timeline'), []);
  assert.deepEqual(faults, []);
});

test('C25 a visit that nothing asked for is asked why, and the share without a visit is shown', async () => {
  const { page, faults } = desk;
  const { dwelling } = await home();
  await page.goto(`${base}/c/board?d=${dwelling.id}`);
  await page.locator('ul.lights').waitFor();
  await page.keyboard.press('2');
  await page.getByRole('group', { name: '为什么上门' }).getByRole('button', { name: '本人要求' }).click();
  await page.getByRole('group', { name: '为什么上门' }).waitFor({ state: 'detached' });
  assert.equal((await shown(dwelling)).reports[0].channel, 'visit');
  await page.goto(`${base}/c/progress`);
  await page.getByText(/今天 [\d.]+% 不用上门/).waitFor();
  await page.getByText(/本人要求 \d+/).waitFor();
  assert.deepEqual(faults, []);
});

test('C9 two readings are kept, and a fever is somebody called back at once', async () => {
  const { page, faults } = desk;
  const { dwelling, household } = await home();
  await page.goto(`${base}/c/calls`);
  const round = await call(page, 'GET', '/call-round');
  const first = round.rows[0];
  const card = page.locator('.card.call');
  await card.locator('.faces').waitFor();
  assert.equal(await card.locator('h2').innerText(), first.door);
  await page.locator('#reading-0').fill('37.6');
  await page.locator('#reading-1').fill('37.4');
  await page.locator('#reading-1').blur();
  await card.locator('.results .safe').click();
  await page.waitForFunction((door) => document.querySelector('.card.call h2')?.textContent !== door, first.door);
  const found = (await call(page, 'GET', `/dwellings/${first.dwelling}`)).households.find(({ id }) => id === first.household);
  assert.deepEqual(found.reports.slice(0, 2).map((one) => one.temperature).sort(), [37.4, 37.6]);
  const { rows } = await call(page, 'GET', '/duties?kind=unwell&limit=1000');
  assert.ok(rows.some((one) => one.household === first.household && one.state === 'raised'));
  assert.ok(!rows.some((one) => one.household === household.id), dwelling.door);
  assert.deepEqual(faults, []);
});

test('C13 who shut themselves in before they were registered is counted from that day, and the source stands there', async () => {
  const { page, faults } = desk;
  const { dwelling, household } = await home();
  await call(page, 'POST', `/observations/${household.observation.id}/end`, { reason: 'transferred' });
  await page.goto(`${base}/c/board?d=${dwelling.id}`);
  await page.getByRole('button', { name: '开始观察' }).click();
  const modal = page.locator('.modal');
  await modal.locator('[name=ground]').selectOption('returnee');
  await modal.locator('[name=source]').selectOption('self');
  await modal.locator('[name=start_event_on]').fill('2022-11-24');
  await modal.locator('[name=length_days]').fill('10');
  await modal.locator('button.primary').click();
  await modal.waitFor({ state: 'detached' });
  const { observation } = await shown(dwelling);
  assert.equal(observation.grounds[0].source, 'self');
  assert.equal(observation.day_number, 5);
  assert.equal(observation.length_days, 10);
  assert.equal(observation.ends_on, '2022-12-05');
  await page.getByText(/本人|自主/).first().waitFor();
  assert.deepEqual(faults, []);
});

test('N20 somebody in hospital stands there with place, contact and the day of the return', async () => {
  const { page, faults } = desk;
  const { dwelling, household } = await home();
  const [person] = household.people;
  await page.goto(`${base}/c/board?d=${dwelling.id}`);
  await page.getByRole('button', { name: '改 人和电话' }).click();
  await page.getByRole('button', { name: `去了哪里 ${person.name}` }).click();
  const modal = page.locator('.modal');
  await modal.locator('[name=state]').selectOption('hospital');
  await modal.locator('[name=place]').fill('三院');
  await modal.locator('[name=contact]').fill('住院部李护士');
  await modal.locator('[name=expected_on]').fill('2022-12-02');
  await modal.locator('[name=override_reason]').fill('救护车等着');
  await modal.locator('button.primary').click();
  await modal.waitFor({ state: 'detached' });
  await page.getByText(new RegExp(`${person.name}.*在医院`)).first().waitFor();
  const { where } = (await shown(dwelling)).people.find(({ id }) => id === person.id);
  assert.deepEqual([where.state, where.place, where.contact, where.expected_on], ['hospital', '三院', '住院部李护士', '2022-12-02']);
  assert.deepEqual(faults, []);
});
