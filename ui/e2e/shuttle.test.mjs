// Goods from designated shops: planned, taken up, laid down at the gate, handed over, and at the door; and the story of an
// order, the pages that are about one household and were opened without any, lessons and programmes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './with_server.mjs';

const server = await startServer({ clock: '2022-11-29T09:00:00+08:00' });
process.env.DOORSTEP_URL = server.url;
const { base, call, close, dueHousehold, look, misfits, phone, signIn, unaccessible, visitor } = await import('./browser.mjs');

let desk;
const names = {};
before(async () => {
  desk = await signIn(await visitor());
  const { page } = desk;
  await call(page, 'POST', '/points', { kind: 'workstation', name: '接收点' });
  await call(page, 'POST', '/points', { kind: 'checkpoint', name: '东门', outside: true, east_m: 200, north_m: 0 });
  for (const name of ['徐宁', '小何'])
    names[name] = (await call(page, 'POST', '/invitations', { name, login: `s${Object.keys(names).length}`, role: 'volunteer' })).account;
  await call(page, 'POST', '/carriers', {
    account: names['徐宁'],
    vehicle: 'motorcycle',
    grams: 40_000,
    millilitres: 90_000,
    outside: true,
    range_m: 6000,
  });
});
after(async () => {
  await close();
  await server.stop();
});

const fits = async (page, name) => assert.deepEqual(await misfits(page, name), []);

test('E19 A35 a shuttle fetches from a shop as far as the gate, and goods go on by a hand-over', async () => {
  const { page } = desk;
  // Three kits are expected, and lie at a shop.
  await call(page, 'POST', '/stock', { item: '米', qty: 9 });
  const { id: kit } = await call(page, 'POST', '/kits', { name: '生活包', parts: [{ item: '米', qty: 3 }] });
  for (let one = 0; one < 3; one++) {
    const { household } = await dueHousehold(page);
    await call(page, 'POST', `/kits/${kit}/issue`, { household: household.id });
  }
  await page.goto(`${base}/c/goods/shuttle`);
  await page.getByRole('button', { name: '加一处' }).first().click();
  await page.getByLabel('名字').fill('云湖超市');
  await page.getByLabel('在哪一边').selectOption('yes');
  await page.getByLabel(/东边/).fill('900');
  await page.getByLabel(/北边/).fill('500');
  await page.getByRole('dialog').getByRole('button', { name: '加一处' }).click();
  await page.getByText('东 900 米，北 500 米').waitFor();
  await page.getByLabel('送到').selectOption({ label: '接收点' });
  await page.getByRole('button', { name: '全选 3 件' }).click();
  await page.getByRole('button', { name: '装上 3 件' }).click();
  await page.getByRole('button', { name: '排一下' }).click();
  await page.getByText(/↑云湖超市 3/).waitFor();
  await look(page, 'shuttle-draft');
  await fits(page, 'shuttle-draft');
  await page.getByRole('button', { name: '发给 1 趟' }).click();
  await page.getByRole('button', { name: '取到 3 件' }).waitFor();
  // One of the three is not at the shop.
  const [row] = (await call(page, 'GET', '/shuttles')).rows;
  await page.getByRole('button', { name: row.stops[0].bags[0].code, exact: true }).click();
  await page.getByRole('button', { name: '取到 2 件' }).click();
  await page.getByRole('button', { name: '放下 2 件' }).click();
  await page.getByRole('button', { name: '交接到接收点' }).waitFor();
  await look(page, 'shuttle');
  assert.deepEqual(await unaccessible(page, 'shuttle'), []);
  await page.getByRole('button', { name: '交接到接收点' }).click();
  await page.getByText('交接了 2 件').waitFor();
  const { rows } = await call(page, 'GET', '/parcels?filter=waiting&limit=100');
  assert.equal(rows.length, 2);
  const { steps } = await call(page, 'GET', `/parcels/${rows[0].id}`);
  assert.deepEqual(
    steps.map((one) => one.step),
    ['expected', 'assigned', 'picked_up', 'arrived', 'handed_over'],
  );
  assert.equal(steps[4].counterpart, '徐宁');
  assert.equal((await call(page, 'GET', '/parcels?filter=expected&limit=100')).rows.length, 1);
  const small = await signIn(await visitor(phone));
  await small.page.goto(`${base}/c/goods/shuttle`);
  await small.page.getByText('云湖超市').first().waitFor();
  await look(small.page, 'shuttle-phone');
  await fits(small.page, 'shuttle-phone');
  await small.context.close();
});

test('D13 the story of an order is read on the desk, from the sheet and from the inbox', async () => {
  const { page } = desk;
  const { household, dwelling } = await dueHousehold(page);
  const { id } = await call(page, 'POST', '/needs', { household: household.id, text: '鸡蛋10个' });
  await page.goto(`${base}/c/cycles`);
  await page.getByRole('button', { name: '谁要的 鸡蛋' }).click();
  await page.getByRole('dialog').getByRole('link', { name: dwelling.door }).click();
  await page.getByRole('heading', { name: `${dwelling.door} 经过` }).waitFor();
  await page.getByText('进采购').waitFor();
  await look(page, 'story-order');
  await fits(page, 'story-order');
  await page.goto(`${base}/c/inbox?filter=accepted&n=${id}`);
  await page.getByRole('link', { name: '经过' }).click();
  await page.getByRole('heading', { name: `${dwelling.door} 经过` }).waitFor();
  const errand = await call(page, 'POST', '/needs', { household: household.id, text: '插座坏了，没法煲饭' });
  await page.goto(`${base}/c/story?need=${errand.id}`);
  await page.getByText(/插座坏了/).waitFor();
  await page.getByText('提出').waitFor();
  assert.deepEqual(await unaccessible(page, 'story'), []);
});

test('pages about one household that were opened without any say so and lead to the register', async () => {
  const { page } = desk;
  for (const path of ['labels', 'timeline']) {
    await page.goto(`${base}/c/${path}`);
    await page.getByText('先选一户。').waitFor();
    assert.equal(await page.locator('.failed').count(), 0);
    await page.getByRole('link', { name: '名册' }).last().waitFor();
  }
  await page.goto(`${base}/c/story`);
  await page.getByText(/从采购单或收件箱里点一户/).waitFor();
});

test('D16 D7 a lesson is recorded by who came, and a programme keeps its baskets and helpers when it is changed', async () => {
  const { page } = desk;
  const { dwelling } = await dueHousehold(page);
  await call(page, 'POST', '/baskets', { name: 'A篮', price_fen: 3800, contents: '青菜2斤，鸡蛋10个' });
  await page.goto(`${base}/c/help?view=learn`);
  await page.getByRole('button', { name: '记一堂课' }).click();
  await page.getByLabel('教什么').fill('网上买菜');
  await page.getByLabel('谁来了？写门牌').fill(dwelling.door);
  await page.getByRole('button', { name: '加上' }).click();
  await page.getByLabel(`${dwelling.door} 会自己买了`).check();
  await look(page, 'lesson');
  await page.getByRole('dialog').getByRole('button', { name: '记下' }).click();
  await page.getByText('来了 1 户，会了 1 户').waitFor();
  await page.getByRole('button', { name: '开一个工程' }).click();
  await page.getByLabel('名字').fill('菜篮子工程');
  await page.getByLabel('谁办的').fill('东方威尼斯党支部');
  await page.getByLabel('A篮 ¥38.00').check();
  await page.getByLabel('小何').check();
  await page.getByRole('dialog').getByRole('button', { name: '记下' }).click();
  await page.getByText('帮手 1').waitFor();
  await page.getByRole('button', { name: '改 菜篮子工程' }).click();
  await page.getByLabel('谁办的').fill('社区党委');
  await page.getByRole('dialog').getByRole('button', { name: '记下' }).click();
  await page.getByText('社区党委').waitFor();
  const { rows, baskets } = await call(page, 'GET', '/programmes');
  assert.equal(rows[0].helpers.length, 1);
  assert.equal(baskets[0].programme, rows[0].id);
  assert.deepEqual(desk.faults, []);
});
