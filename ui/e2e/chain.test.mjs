// One need from the words to the signed day, on the real program: a resident asks, a worker accepts, the cycle closes, the
// sheet is answered and settled, the bag is received, disinfected and sorted, a volunteer carries it without signal in a tab
// that is closed and opened again, the resident reads it, the day closes, and a program that knows nothing but the journal
// agrees with the sheet. Every first reply to every write of the resident, the worker and the volunteer is lost on its way,
// and the server ends by kill -9 between the morning and the afternoon. Nothing is there twice.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startServer } from './with_server.mjs';

let server = await startServer({ clock: '2022-11-29T11:00:00+08:00' });
process.env.DOORSTEP_URL = server.url;
const { base, call, close, cutFirstReplies, dueHousehold, look, phone, scan, signIn, until, visitor } = await import('./browser.mjs');

let desk;
let supplier;
let carrier;
let home; // The household that asks, with its link.
let need;
let parcel;

before(async () => {
  desk = await signIn(await visitor());
  const { page } = desk;
  await call(page, 'POST', '/points', { kind: 'workstation', name: '接收点' });
  supplier = await call(page, 'POST', '/suppliers', { name: '蔬菜基地' });
  for (const [good, unit, price_fen] of [['鸡蛋', '个', 45], ['黄瓜', '根', 130]])
    await call(page, 'POST', `/suppliers/${supplier.id}/prices`, { good, unit, price_fen, market_fen: 2 * price_fen });
  carrier = (await call(page, 'POST', '/invitations', { name: '小杨', login: 'chain', role: 'volunteer' })).account;
  home = await dueHousehold(page);
  await call(page, 'POST', `/links/${home.link.id}/prove`, { proof: 'phone' });
});
after(async () => {
  await close();
  await server.stop();
});

/** Presses until no complaint is left on screen: each write is sent a second time, under the same key. */
async function pressUntil(page, press, done) {
  await press();
  await until(async () => {
    if (await done()) return true;
    const again = page.getByRole('button', { name: '再试一次' });
    if (await again.count()) await again.first().click({ timeout: 1000 }).catch(() => undefined);
    return false;
  }, 'the second answer');
}

const all = async (path) => (await call(desk.page, 'GET', path)).rows;

test('a resident asks, and a worker accepts by keyboard; each is sent twice and counts once', async () => {
  const resident = await visitor(phone);
  const { page } = resident;
  const seen = await cutFirstReplies(resident.context);
  await page.goto(base + home.path);
  await page.fill('#ask textarea', '鸡蛋10个，黄瓜几根');
  await page.locator('.chip.ask', { hasText: '要多少' }).waitFor();
  await page.getByRole('button', { name: '告诉社区' }).click();
  await page.getByText(/还没发出去/).waitFor();
  await page.getByRole('button', { name: '再发一次' }).click();
  await page.getByText('社区收到了').waitFor();
  assert.equal(seen.posts, 2 * seen.cut.size);
  await look(page, 'chain-asked');
  await resident.context.close();

  const mine = (await all('/needs?filter=open&limit=1000')).filter((row) => row.household === home.household.id);
  assert.equal(mine.length, 1);
  [need] = mine;

  const worker = await signIn(await visitor());
  const cut = await cutFirstReplies(worker.context);
  await worker.page.goto(`${base}/c/inbox?n=${need.id}`);
  await worker.page.locator('.need-line').nth(1).waitFor();
  await worker.page.locator('.need-line.open').getByLabel('数量').fill('2');
  await worker.page.locator('.need-line').nth(1).getByLabel('单位').fill('根');
  await worker.page.locator('.work h1').click();
  await look(worker.page, 'chain-inbox');
  await pressUntil(
    worker.page,
    () => worker.page.keyboard.press('a'),
    async () => (await worker.page.getByText(/已进采购/).count()) > 0,
  );
  assert.equal(cut.posts, 2 * cut.cut.size);
  assert.deepEqual([...resident.faults, ...worker.faults], []);
  await worker.context.close();
});

test('after a kill -9 the cycle is closed, answered by the supplier and settled: the sheet is the order', async () => {
  await desk.context.close();
  await server.stop({ keep: true });
  server = await startServer({ clock: '2022-11-29T13:05:00+08:00', from: server });
  desk = await signIn(await visitor());
  const { page, context, faults } = await signIn(await visitor());
  const seen = await cutFirstReplies(context);
  await page.goto(`${base}/c/cycles`);
  await pressUntil(
    page,
    () => page.getByRole('button', { name: '截单，出采购单' }).click(),
    async () => (await page.getByText('采购单出来了').count()) > 0,
  );
  await page.getByText('10 个').waitFor();
  await page.getByText('2 根').waitFor();
  await look(page, 'chain-sheet');
  const [cycle] = (await all('/cycles')).filter((row) => row.state === 'closed');
  const bought = await all(`/cycles/${cycle.id}/sheet`);
  for (const line of bought) {
    const asked = new URLSearchParams({ good: line.good, unit: line.unit, limit: '1000' });
    const lines = await all(`/cycles/${cycle.id}/lines?${asked}`);
    assert.equal(lines.reduce((sum, one) => sum + one.qty, 0), line.qty, line.good);
    assert.equal(lines.filter((one) => one.household === home.household.id).length, 1);
  }
  const { token } = await call(desk.page, 'POST', `/suppliers/${supplier.id}/links`, {});
  const shop = await visitor(phone);
  await shop.page.goto(`${base}/c/supplier#${token}`);
  for (const good of ['鸡蛋', '黄瓜']) {
    await shop.page.getByRole('button', { name: `有 ${good}`, exact: true }).click();
    await shop.page.locator('li').filter({ hasText: good }).locator('.tag.line').waitFor();
  }
  await shop.context.close();
  await page.reload();
  await pressUntil(
    page,
    () => page.getByRole('button', { name: '结清，进配送' }).click(),
    async () => (await page.getByText('结清了 1 户').count()) > 0,
  );
  const parcels = (await all('/parcels?filter=expected&limit=1000')).filter((row) => row.household === home.household.id);
  assert.equal(parcels.length, 1);
  [parcel] = parcels;
  const owing = await call(desk.page, 'GET', `/households/${home.household.id}/ledger`);
  assert.equal(owing.owed_fen, 10 * 45 + 2 * 130);
  assert.equal(seen.posts, 2 * seen.cut.size);
  assert.deepEqual(faults, []);
  await context.close();
});

let link;
test('the bag is received, disinfected and sorted by scan, and goes into a run', async () => {
  // Twenty more are waiting: it is not the quiet hour in which the clock itself sends out what comes.
  for (let one = 0; one < 20; one++) await call(desk.page, 'POST', '/parcels/receive', { door: '1-1-101', class: 'parcel' });
  const { page, context, faults } = await signIn(await visitor());
  const seen = await cutFirstReplies(context);
  await page.goto(`${base}/c/goods`);
  await page.locator('#scan').waitFor();
  // The first answer is lost: the page asks, and the second scan says that it is here already.
  await scan(page, parcel.code);
  await page.getByRole('alert').waitFor();
  await page.getByRole('alert').getByRole('button', { name: '关上' }).click();
  await scan(page, parcel.code);
  await page.locator('.last li').filter({ hasText: parcel.code }).waitFor();
  await pressUntil(
    page,
    () => page.getByRole('button', { name: '点上的都消毒好了' }).click(),
    async () => (await page.getByText(/件已消毒/).count()) > 0,
  );
  await page.goto(`${base}/c/goods/sort?class=fresh`);
  await page.locator('#scan').waitFor();
  await scan(page, parcel.code);
  await page.getByRole('alert').waitFor();
  await scan(page, parcel.code);
  await page.locator('.big .house').waitFor();
  await look(page, 'chain-sorted');
  assert.equal(seen.posts, 2 * seen.cut.size);
  assert.deepEqual(faults, []);
  await context.close();
  const { runs } = await call(desk.page, 'POST', '/runs', { runs: [{ carrier, parcels: [parcel.id] }] });
  link = `/v/${(await call(desk.page, 'POST', `/runs/${runs[0]}/link`)).token}`;
});

test('N28 a volunteer brings it without signal, in a tab that was closed and opened again', async (context) => {
  const volunteer = await visitor(phone);
  let { page } = volunteer;
  await page.goto(base + link);
  await page.locator('.now .no').waitFor();
  await until(
    () =>
      page.evaluate(async () => Boolean(navigator.serviceWorker.controller) && (await (await caches.open('run-1')).keys()).length >= 4),
    'the page is kept',
  );
  await volunteer.context.setOffline(true);
  await page.getByRole('button', { name: '拿齐了' }).click();
  await page.getByText('待传 1').waitFor();
  await page.close();
  page = await volunteer.context.newPage();
  const since = Date.now();
  await page.goto(base + link);
  await page.locator('.now .no').waitFor();
  context.diagnostic(`opened without network in ${Date.now() - since} ms`);
  await page.getByRole('button', { name: '送到了', exact: true }).click();
  await page.getByText(/还有 \d+ 条等信号上传/).waitFor();
  // A page that has just been opened may send before the browser has taken its signal away: that one is done then.
  const left = Number((await page.locator('.sync').innerText()).match(/待传 (\d+)/)[1]);
  assert.ok(left === 1 || left === 2, String(left));
  const seen = await cutFirstReplies(volunteer.context);
  await volunteer.context.setOffline(false);
  await page.getByText('已全部上传，可以下楼了。').waitFor({ timeout: 60_000 });
  assert.equal(seen.cut.size, left);
  assert.equal(seen.posts, 2 * left);
  assert.deepEqual(volunteer.faults, []);
  await volunteer.context.close();
});

test('the resident reads it, the story of the order tells every step once, the day closes and is verified', async () => {
  const resident = await visitor(phone);
  await resident.page.goto(base + home.path);
  await resident.page.getByText(/放在门口了/).waitFor();
  await look(resident.page, 'chain-delivered');
  assert.deepEqual(resident.faults, []);
  await resident.context.close();

  const { page } = desk;
  const { steps } = await call(page, 'GET', `/parcels/${parcel.id}`);
  for (const step of ['expected', 'received', 'disinfected', 'sorted', 'assigned', 'out', 'delivered'])
    assert.equal(steps.filter((one) => one.step === step).length, 1, step);
  // The clock notices that the order has come.
  await until(async () => (await call(page, 'GET', `/needs/${need.id}`)).row.state === 'done', 'the need is done', 1500);
  const asked = (await all('/needs?filter=decided&limit=1000')).filter((row) => row.household === home.household.id);
  assert.equal(asked.length, 1);

  await page.goto(`${base}/c/closing`);
  await page.getByRole('button', { name: '现在结' }).click();
  await page.locator('.a4').waitFor();
  await page.getByRole('button', { name: '签字' }).click();
  await page.locator('.signed b').waitFor();
  const [{ id }] = await all('/closings');
  const sheet = await call(page, 'GET', `/closings/${id}`);
  assert.equal(sheet.goods.came, 21);
  assert.equal(sheet.goods.delivered, 1);
  assert.equal(sheet.goods.open, 20);
  assert.equal(sheet.goods.unowned, 0);
  await look(page, 'chain-closing');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('下载，拿去核对').click()]);
  const file = join(server.data, 'sheet.json');
  await download.saveAs(file);
  assert.deepEqual(desk.faults, []);

  await desk.context.close();
  await server.stop({ keep: true });
  const journal = join(server.data, 'journal.jsonl');
  const run = (...args) => execFileSync(process.env.DOORSTEP_BINARY, args, { encoding: 'utf8' });
  run('export', '--demo', '--data', server.data, '--journal', journal);
  assert.match(run('verify', file, '--journal', journal), /: agrees/);
  assert.match(run('verify', '--demo', '--data', server.data), /, 0 problems/);
});
