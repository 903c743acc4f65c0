// Goods from the desk to a door on the real program: received, disinfected, sorted, drafted, carried by a phone without
// signal that is closed and opened again, and whose first answers are cut.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { startServer } from './with_server.mjs';

// A morning inside the window of fresh goods, whatever time it is here.
const server = await startServer({ clock: '2022-11-29T09:00:00+08:00' });
process.env.DOORSTEP_URL = server.url;
const { base, call, close, cutFirstReplies, look, phone, scan, signIn, until, visitor } = await import('./browser.mjs');

let desk;
let run;
let link;
before(async () => {
  desk = await signIn(await visitor());
});
after(async () => {
  await close();
  await server.stop();
});

const fits = async (page) =>
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing sticks out');

const doors = ['10-2-701', '10-2-602', '10-2-301'];

test('E1 E5 E14 goods without an order are received by door, counted, and disinfected in one action', async () => {
  const { page } = desk;
  await page.goto(`${base}/c/goods`);
  await page.getByRole('button', { name: '加一个点位' }).click();
  await page.locator('#scan').waitFor();
  await page.getByRole('button', { name: '蔬菜生鲜' }).first().click();
  for (const door of doors) {
    await scan(page, door);
    await page.locator('.last li').filter({ hasText: `10栋2单元${door.slice(5)}` }).waitFor();
  }
  await scan(page, 'SF-UNKNOWN');
  await page.getByRole('alert').waitFor();
  await scan(page, '10-2-301');
  await page.waitForFunction(() => document.querySelectorAll('.last li').length === 4);
  await page.getByRole('button', { name: '点上的都消毒好了' }).click();
  await page.getByText('4 件已消毒').waitFor();
  await look(page, 'receive');
  await fits(page);
  const goods = await call(page, 'GET', '/goods');
  assert.equal(goods.points[0].received, 4);
  assert.equal(goods.points[0].waiting, 4);
});

test('E4 one scan names grid and building in large type', async (context) => {
  const { page } = desk;
  const { rows } = await call(page, 'GET', '/parcels?filter=waiting');
  await page.goto(`${base}/c/goods/sort?class=fresh`);
  await page.locator('#scan').waitFor();
  const times = [];
  for (const row of rows) {
    const answered = page.waitForResponse((response) => response.url().endsWith('/parcels/sort'));
    await scan(page, row.code);
    const response = await answered;
    await response.finished();
    times.push(response.request().timing().responseEnd);
    await page.locator('.big .door').filter({ hasText: row.dwelling }).waitFor();
  }
  times.sort((a, b) => a - b);
  context.diagnostic(`scan to bin: ${times.map((ms) => ms.toFixed(0)).join(' ')} ms`);
  assert.equal(await page.locator('.big .house b').innerText(), '10');
  const size = await page.locator('.big .house b').evaluate((one) => parseFloat(getComputedStyle(one).fontSize));
  assert.equal(size, 200);
  await look(page, 'sort');
  await fits(page);
  await page.getByRole('button', { name: /各户清单/ }).click();
  await page.locator('.manifest .all').filter({ hasText: '4' }).waitFor();
});

test('E15 E16 runs are drafted, sent out and given to somebody else in one action', async () => {
  const { page } = desk;
  // Twenty more are waiting: it is not the quiet hour in which the clock itself sends out what comes.
  for (let one = 0; one < 20; one++) await call(page, 'POST', '/parcels/receive', { door: '1-1-101', class: 'parcel' });
  const people = [];
  for (const name of ['小杨', '小何']) {
    const body = { name, login: `carrier-${people.length}`, role: 'volunteer' };
    people.push((await call(page, 'POST', '/invitations', body)).account);
  }
  await page.goto(`${base}/c/goods/runs`);
  await page.getByRole('button', { name: /排一下/ }).click();
  await page.getByText('10栋2单元').first().waitFor();
  await look(page, 'draft');
  await page.getByRole('button', { name: /发给/ }).click();
  await page.locator('.runs li').first().waitFor();
  const before = (await call(page, 'GET', '/runs')).rows;
  assert.equal(before.length, 1);
  const other = people.find((account) => account !== before[0].carrier);
  await page.getByLabel('改派给').first().selectOption(other);
  await page.waitForFunction(() => document.querySelector('.toast'));
  [run] = (await call(page, 'GET', '/runs')).rows;
  assert.equal(run.carrier, other);
  assert.equal(run.version, 2);
  await page.getByRole('button', { name: '给链接' }).first().click();
  await page.locator('.url').waitFor();
  link = `/v/${(await page.locator('.url').innerText()).split('/v/')[1]}`;
  await look(page, 'runs');
  await fits(page);
});

test('E15 D13 a part of a run goes to somebody else from the page and comes back, and its story tells so', async () => {
  const { page } = desk;
  const before = (await call(page, 'GET', '/runs')).rows;
  const mine = before.find((one) => one.id === run.id);
  await page.goto(`${base}/c/goods/runs`);
  await page.locator('.runs li').first().getByRole('button', { name: '送货单' }).click();
  await page.getByLabel('选 602').check();
  await look(page, 'run-part');
  const people = (await call(page, 'GET', '/carriers')).rows;
  const other = people.find((one) => one.account !== mine.carrier).account;
  await page.getByLabel('这几户改派给').selectOption(other);
  await page.waitForFunction(() => document.querySelectorAll('.runs li').length === 2);
  const parts = (await call(page, 'GET', '/runs')).rows;
  assert.deepEqual(parts.map((one) => one.parcels).sort(), [1, 3]);
  // Back to whom it was, as a run of its own; then both go on as one: the part is taken back and drafted again.
  const part = parts.find((one) => one.parcels === 1);
  await call(page, 'POST', `/runs/${part.id}/cancel`, { version: part.version });
  const whole = parts.find((one) => one.parcels === 3);
  await call(page, 'POST', `/runs/${whole.id}/cancel`, { version: whole.version });
  const draft = await call(page, 'POST', '/runs/draft', {});
  const bags = draft.runs.filter((one) => one.building === '10栋').flatMap((one) => one.stops.flatMap((stop) => stop.parcels));
  assert.equal(bags.length, 4);
  const made = await call(page, 'POST', '/runs', { runs: [{ carrier: mine.carrier, parcels: bags }] });
  run = (await call(page, 'GET', '/runs')).rows.find((one) => one.id === made.runs[0]);
  link = `/v/${(await call(page, 'POST', `/runs/${run.id}/link`)).token}`;
  const story = await call(page, 'GET', `/runs/${run.id}/timeline`);
  assert.equal(story.events.filter((one) => one.step === 'assigned').length, 4);
  await page.goto(`${base}/c/goods/runs`);
  await page.locator('.runs li').first().waitFor();
  await page.getByRole('button', { name: '经过' }).last().click();
  await page.locator('.story li').first().waitFor();
  await look(page, 'run-story');
  await fits(page);
});

test('N10 what is printed is the run sheet, or the labels, and nothing else of the page', async () => {
  const { page } = desk;
  const visible = () => page.evaluate(() => document.querySelector('main').innerText.trim());
  await page.goto(`${base}/c/goods/runs`);
  await page.locator('.runs li').filter({ hasText: '还没出发' }).first().getByRole('button', { name: '送货单' }).click();
  await page.locator('.sheet-print tbody tr').first().waitFor();
  await page.emulateMedia({ media: 'print' });
  assert.match(await visible(), /701/);
  assert.match(await visible(), /昨天的袋子还在/);
  assert.doesNotMatch(await visible(), /改派给|谁能送/);
  await page.emulateMedia({ media: 'screen' });
  // The day in one print: who is still to be contacted with their phones, what is owed, and each open run.
  await page.goto(`${base}/c/goods/runs`);
  await page.getByRole('link', { name: '纸上的一天' }).click();
  await page.locator('.paper').first().waitFor();
  await page.emulateMedia({ media: 'print' });
  const paper = await visible();
  const due = (await Promise.all(['alarm', 'overdue', 'due'].map((state) => call(page, 'GET', `/households?filter=observed&limit=1000&state=${state}`)))).flatMap((one) => one.rows);
  assert.ok(due.length > 0);
  assert.ok(paper.includes(`要联系的 ${due.length} 户`), paper.slice(0, 100));
  for (const row of due) assert.ok(paper.includes(row.door) && paper.includes(row.phones.split('、')[0]), row.door);
  const open = (await call(page, 'GET', '/runs')).rows.filter((one) => ['planned', 'out'].includes(one.state));
  assert.equal(await page.locator('.paper', { hasText: '几点出发' }).count(), open.length);
  assert.doesNotMatch(paper, /停电、断网时用/);
  await page.emulateMedia({ media: 'screen' });
  await look(page, 'paper');
  await page.goto(`${base}/c/goods`);
  await page.getByRole('button', { name: /张标签/ }).click();
  await page.locator('.label .qr').first().waitFor();
  await page.emulateMedia({ media: 'print' });
  assert.match(await visible(), /101/);
  assert.doesNotMatch(await visible(), /另作处理|签收|扫码/);
  await page.emulateMedia({ media: 'screen' });
});

test('E18 what somebody can carry, with what and how far is said on the page', async () => {
  const { page } = desk;
  await page.goto(`${base}/c/goods/runs`);
  await page.getByRole('button', { name: /改 小/ }).first().click();
  await page.getByLabel('工具').selectOption('motorcycle');
  await page.getByLabel('公斤').fill('40');
  await page.getByLabel('升', { exact: true }).fill('90');
  await page.getByLabel(/公里/).fill('6');
  await look(page, 'carrier');
  await page.getByRole('button', { name: '记下' }).click();
  await page.getByText('40 公斤 · 90 升 · 6 km').waitFor();
});

test('the board has a lens for goods, and Today leads to it', async () => {
  const { page } = desk;
  await page.goto(`${base}/c/`);
  const figure = page.getByRole('link', { name: /件待送/ });
  await figure.waitFor();
  assert.match(await figure.innerText(), /^24\s/);
  await figure.click();
  await page.locator('.sw.gw').waitFor();
  assert.match(page.url(), /lens=goods/);
  await page.locator('i.gw').first().waitFor();
  await look(page, 'board-goods');
  // It follows what happens: one more door turns blue without a press.
  // The houses are drawn one after the other: counted once nothing is added any more.
  let had = -1;
  let same = 0;
  await until(async () => {
    const count = await page.locator('.wins i.gw').count();
    same = count === had ? same + 1 : 0;
    had = count;
    return same === 10;
  }, 'the board is drawn');
  await call(page, 'POST', '/parcels/receive', { door: '2-1-101', class: 'parcel' });
  await until(async () => (await page.locator('.wins i.gw').count()) === had + 1, 'one more door');
});

const waits = (page) => page.locator('.sync').innerText();

test('N28 E22 a run is carried without signal, closed, opened again, and nothing counts twice', async (context) => {
  const volunteer = await visitor(phone);
  let { page } = volunteer;
  await page.goto(base + link);
  await page.locator('.now .no').waitFor();
  assert.equal(await page.locator('.now .no').innerText(), '701');
  await until(
    () =>
      page.evaluate(async () => Boolean(navigator.serviceWorker.controller) && (await (await caches.open('run-1')).keys()).length >= 4),
    'the page is kept',
  );
  await look(page, 'run');
  await fits(page);
  const seen = await page.evaluate(() => document.body.innerText);
  assert.doesNotMatch(seen, /阿姨|先生|1300000/);

  await volunteer.context.setOffline(true);
  await page.getByRole('button', { name: '拿齐了' }).click();
  await page.getByRole('button', { name: '送到了', exact: true }).click();
  await page.getByText('待传 2').waitFor();
  await look(page, 'run-offline');
  await page.close();

  // The same tab, opened again without signal.
  page = await volunteer.context.newPage();
  const since = Date.now();
  await page.goto(base + link);
  await page.locator('.now .no').waitFor();
  const opened = Date.now() - since;
  context.diagnostic(`opened without network in ${opened} ms`);
  assert.match(await waits(page), /待传 2/);
  assert.equal(await page.locator('.now .no').innerText(), '602');

  // One tap too many, and back within six seconds.
  await page.getByRole('button', { name: '送到了', exact: true }).click();
  await page.getByRole('button', { name: /撤销/ }).click();
  assert.equal(await page.locator('.now .no').innerText(), '602');
  await page.getByRole('button', { name: '没送成' }).click();
  await look(page, 'run-reasons');
  await page.getByRole('button', { name: '没人应' }).click();

  // A bag of another door: its typed code says so without signal. A picture is shrunk and kept first.
  assert.equal(await page.locator('.now .no').innerText(), '301');
  await page.getByRole('button', { name: /袋子上的码/ }).click();
  const mine = await call(desk.page, 'GET', `/runs/${run.id}`);
  const top = mine.stops.find((stop) => stop.door === '701');
  await page.locator('.code').fill(top.parcels[0].code);
  await page.locator('.two').filter({ hasText: '701' }).waitFor();
  await look(page, 'run-code');
  await page.getByRole('button', { name: '返回' }).click();
  const picture = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const canvas = document.createElement('canvas');
        canvas.width = 2400;
        canvas.height = 1800;
        canvas.getContext('2d').fillRect(10, 10, 500, 500);
        canvas.toBlob(
          (blob) => blob.arrayBuffer().then((bytes) => resolve(Array.from(new Uint8Array(bytes)))),
          'image/jpeg',
        );
      }),
  );
  await page.locator('input[type=file]').setInputFiles({
    name: 'door.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from(picture),
  });
  await page.locator('.acts .has').waitFor();
  await page.getByRole('button', { name: '送到了', exact: true }).click();
  await page.getByText(/还有 \d+ 条等信号上传/).waitFor();
  await look(page, 'run-end');

  // Signal again, but the first answer to every post is lost on the way.
  const sent = await cutFirstReplies(volunteer.context);
  await volunteer.context.setOffline(false);
  await page.getByText('已全部上传，可以下楼了。').waitFor({ timeout: 60_000 });
  context.diagnostic(`${sent.posts} posts of ${sent.cut.size} actions`);
  assert.equal(sent.posts, 2 * sent.cut.size);

  const { rows } = await call(desk.page, 'GET', '/parcels?filter=delivered');
  assert.equal(rows.length, 3);
  for (const row of rows) {
    const { steps } = await call(desk.page, 'GET', `/parcels/${row.id}`);
    assert.equal(steps.filter((step) => step.step === 'delivered').length, 1, JSON.stringify(steps));
  }
  assert.equal(rows.filter((row) => row.proof === 'photo').length, 2);
  const held = await call(desk.page, 'GET', '/parcels?filter=held');
  assert.deepEqual(
    held.rows.map((row) => row.reason),
    ['no_answer'],
  );
  assert.deepEqual(volunteer.faults, []);

  // The link is ended: what is pressed after that stays in sight and counts for nothing.
  await volunteer.context.close();
});

test('D13 the household reads how far its goods are, and says that it has them', async () => {
  const { rows } = await call(desk.page, 'GET', '/parcels?filter=delivered');
  const parcel = rows.find((row) => row.dwelling === '701');
  const made = await call(desk.page, 'POST', `/households/${parcel.household}/links`, { name: '家里的手机' });
  const resident = await visitor(phone);
  await resident.page.goto(`${base}/r/${made.token}`);
  await resident.page.getByText(/放在门口了/).waitFor();
  await look(resident.page, 'resident');
  await fits(resident.page);
  await resident.page.getByRole('button', { name: '拿到了' }).click();
  await resident.page.getByRole('button', { name: '拿到了' }).waitFor({ state: 'detached' });
  const { parcel: shown } = await call(desk.page, 'GET', `/parcels/${parcel.id}`);
  assert.equal(shown.proof, 'tap');
  await resident.context.close();
});

test('E21 E25 the figures of the day stand on the desk', async () => {
  const { page } = desk;
  await page.goto(`${base}/c/goods/runs`);
  await page.getByText('次服务', { exact: true }).waitFor();
  await page.getByText(/一次服务：一个人到一户门口交出东西一回/).waitFor();
  await look(page, 'figures');
  const figures = await call(page, 'GET', '/goods/figures');
  assert.equal(figures.services, 2);
  assert.equal(figures.parcels, 3);
  assert.deepEqual(desk.faults, []);
});

/** A film of one picture, as Chromium takes it for a camera: a label's code in the middle of white paper. */
function film(bits) {
  const [width, height, module] = [640, 480, 8];
  const grey = Buffer.alloc(width * height, 235);
  const [left, top] = [(width - bits.length * module) >> 1, (height - bits.length * module) >> 1];
  bits.forEach((row, y) =>
    [...row].forEach((bit, x) => {
      if (bit !== '1') return;
      for (let line = 0; line < module; line++) grey.fill(16, (top + y * module + line) * width + left + x * module, (top + y * module + line) * width + left + (x + 1) * module);
    }),
  );
  const frame = Buffer.concat([Buffer.from('FRAME\n'), grey, Buffer.alloc((width * height) / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

test('E1 E4 a label is read by the camera, and without one the page says so', async () => {
  const { page } = desk;
  const made = await call(page, 'POST', '/parcels/receive', { door: '2-2-101', class: 'fresh' });
  const { labels } = await call(page, 'POST', '/parcels/labels', { parcels: [made.parcel.id] });
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-film-'));
  writeFileSync(join(folder, 'label.y4m'), film(labels[0].qr));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${join(folder, 'label.y4m')}`],
  });
  try {
    const context = await browser.newContext({ locale: 'zh-CN', permissions: ['camera'] });
    const own = await context.newPage();
    await own.goto(`${base}/c/`);
    await own.locator('.demo button').click();
    await own.locator('.top').waitFor();
    await own.goto(`${base}/c/goods`);
    await own.getByRole('button', { name: '用摄像头扫' }).click();
    await own.getByText(/扫到了/).waitFor();
    await look(own, 'camera');
    await own.getByRole('button', { name: '关上' }).click();
    await own.locator('.last li').filter({ hasText: made.parcel.code }).waitFor();
    // The same parcel, not a second one.
    assert.equal(await own.locator('.last li').count(), 1);
    assert.match(await own.locator('.last li').innerText(), /已经扫过/);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
  await page.goto(`${base}/c/goods`);
  await page.getByRole('button', { name: '用摄像头扫' }).click();
  await page.getByText(/这里用不了摄像头/).waitFor();
});
