// How people reach the house (N1, N2): what is declared, the address that a second device proves, and a day at the desk.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { call, close, dueHousehold, look, misfits, open, phone, signIn, unaccessible, until, visitor } from './browser.mjs';
import { startServer } from './with_server.mjs';

const name = 'door.test';
let server;
let gate;
let base;

/**
 * A proxy that stands for the community's router, as an installation behind one has it: it says which device of the
 * network asks. A browser tells its device in its own name, so that a phone and a desk come from two addresses.
 */
function router(target) {
  const proxy = createServer((incoming, answer) => {
    const mobile = /Mobile/.test(incoming.headers['user-agent'] ?? '');
    const onward = request(
      target + incoming.url,
      { method: incoming.method, headers: { ...incoming.headers, 'x-forwarded-for': mobile ? '10.9.0.77' : '10.9.0.5', 'x-forwarded-proto': 'http' } },
      (response) => {
        answer.writeHead(response.statusCode, response.headers);
        response.pipe(answer);
      },
    );
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  return new Promise((resolve) => proxy.listen(0, '127.0.0.1', () => resolve(proxy)));
}

before(async () => {
  if (!process.env.DOORSTEP_BINARY) return;
  // The port is known only once the proxy stands: it asks where to go with each request.
  let target = '';
  gate = await router({ toString: () => target });
  base = `http://${name}:${gate.address().port}`;
  server = await startServer({ more: ['--public-url', base, '--behind-proxy'] });
  target = server.url;
});
after(async () => {
  await close();
  gate?.close();
  await server?.stop();
});

const desktop = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/120 Safari/537.36';
const mobile = 'Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 MicroMessenger/8.0';

async function desk() {
  const who = await visitor({ userAgent: desktop }, base);
  return signIn(who, base);
}

test('N2 nothing prints until a second device has opened the address', async (context) => {
  if (!server) return context.skip('DOORSTEP_BINARY names no program');
  const who = await desk();
  const { page } = who;
  const building = (await call(page, 'GET', '/places')).rows.find((place) => place.kind === 'building');
  await page.goto(`${base}/c/slips?place=${building.id}`);
  await page.getByText('还没有第二台设备打开过这个地址').waitFor();
  assert.equal(await page.locator('.slips .btn.primary').count(), 0);
  await assert.rejects(call(page, 'POST', `/places/${building.id}/links`, { name: '纸条' }), /address\.unproved/);
  await page.getByRole('link', { name: '通达方式' }).click();
  await page.getByRole('heading', { name: '通达方式', exact: true }).waitFor();
  await page.getByRole('button', { name: '用手机验证地址' }).click();
  const url = await page.locator('.proof code').innerText();
  await page.locator('.proof .qr').waitFor();
  await look(page, 'reach-proof-1366');
  // The desk's own browser is no second device, nor is a private window of it.
  const same = await who.context.newPage();
  await same.goto(url);
  await same.getByRole('button', { name: '我用手机打开了' }).click();
  await same.getByText('这是桌上登录着的浏览器').waitFor();
  const hidden = await visitor({ userAgent: desktop }, base);
  await hidden.page.goto(url);
  await hidden.page.getByRole('button', { name: '我用手机打开了' }).click();
  await hidden.page.getByText('看上去和桌上是同一台设备').waitFor();
  assert.equal((await call(page, 'GET', '/reach')).print_refusal, 'address.unproved');
  // Opening alone proves nothing: chat apps fetch addresses ahead.
  const guest = await visitor({ ...phone, userAgent: mobile }, base);
  await guest.page.goto(url);
  await guest.page.getByRole('button', { name: '我用手机打开了' }).waitFor();
  assert.deepEqual(await misfits(guest.page, 'proof'), []);
  assert.deepEqual(await unaccessible(guest.page, 'proof'), []);
  assert.equal((await call(page, 'GET', '/reach')).print_refusal, 'address.unproved');
  await guest.page.getByRole('button', { name: '我用手机打开了' }).click();
  await guest.page.getByText('好了，桌上那边已经知道').waitFor();
  await look(guest.page, 'reach-proof-360');
  await page.getByText('有第二台设备打开过，可以打印。').waitFor();
  await page.goto(`${base}/c/slips?place=${building.id}`);
  await page.getByRole('button', { name: '做链接，准备打印' }).click();
  await page.locator('.slip .qr').first().waitFor();
  // A slip carries a door and a code and no name.
  const slips = await page.locator('.sheet').innerText();
  const households = (await call(page, 'GET', `/households?place=${building.id}&limit=100`)).rows;
  assert.ok(slips.includes(households[0].door));
  for (const { names } of households) for (const one of names.split('、').filter(Boolean)) assert.ok(!slips.includes(one), one);
  for (const one of [who, hidden, guest]) assert.deepEqual(one.faults, []);
});

test('N1 a link in the group of a building opens with the code of a slip alone', async (context) => {
  if (!server) return context.skip('DOORSTEP_BINARY names no program');
  const who = await desk();
  const { page } = who;
  const buildings = (await call(page, 'GET', '/places')).rows.filter((place) => place.kind === 'building');
  // One whose slips were not made by the test before.
  const building = buildings.at(-1);
  // Of a household that is asked today and has not answered yet: only its page offers to.
  const { cells } = (await call(page, 'GET', '/board')).buildings.find((one) => one.id === building.id);
  const due = cells.find((cell) => (cell.s === 'due' || cell.s === 'overdue') && cell.h === 1);
  const { door } = await call(page, 'GET', `/dwellings/${due.id}`);
  await page.goto(`${base}/c/slips?place=${building.id}`);
  await page.getByRole('button', { name: '做链接，准备打印' }).click();
  await page.locator('.slip .qr').first().waitFor();
  const slip = page.locator('.slip').filter({ has: page.getByText(door, { exact: true }) });
  const code = (await slip.locator('.do b').innerText()).trim();
  assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await page.goto(`${base}/c/handout?place=${building.id}`);
  await page.getByRole('button', { name: '做群链接，复制' }).click();
  const words = await page.getByLabel('复制的话').inputValue();
  const url = words.slice(words.indexOf('http'));
  assert.ok(url.startsWith(`${base}/l/claim#`), url);
  assert.deepEqual(await misfits(page, 'handout'), []);
  assert.deepEqual(await unaccessible(page, 'handout'), []);
  await look(page, 'handout-1366');
  const guest = await visitor({ ...phone, userAgent: mobile }, base);
  await guest.page.goto(url);
  await guest.page.getByLabel('门牌条上的领取码（8 位）').fill('0000-0000');
  await guest.page.getByRole('button', { name: '领取' }).click();
  await guest.page.getByText('领取码不对，或者不是这栋楼的').waitFor();
  assert.deepEqual(await misfits(guest.page, 'claim'), []);
  assert.deepEqual(await unaccessible(guest.page, 'claim'), []);
  await look(guest.page, 'claim-360');
  await guest.page.getByLabel('门牌条上的领取码（8 位）').fill(code.toLowerCase().replace('-', ' '));
  await guest.page.getByRole('button', { name: '领取' }).click();
  await guest.page.getByRole('link', { name: '打开我家的页面' }).click();
  await guest.page.locator('.fine').waitFor();
  const opened = async () => (await call(page, 'GET', `/places/${building.id}/handout`)).opened;
  await until(async () => (await opened()) === 1, 'the page says that it was opened');
  // The browser says 422 of the wrong code aloud.
  assert.deepEqual(guest.faults.filter((fault) => !fault.includes('422')), []);
  assert.deepEqual(who.faults, []);
});

test('N1 links are copied one after another by one key and the queue keeps its place', async (context) => {
  if (!server) return context.skip('DOORSTEP_BINARY names no program');
  const who = await desk();
  const { page } = who;
  const building = (await call(page, 'GET', '/places')).rows.filter((place) => place.kind === 'building').at(-1);
  const state = () => call(page, 'GET', `/places/${building.id}/handout`);
  const before = await state();
  await page.goto(`${base}/c/handout?place=${building.id}`);
  await page.locator('.handout .next').getByText(before.next.door, { exact: true }).waitFor();
  await page.keyboard.press('c');
  await until(async () => (await state()).sent === before.sent + 1, 'the first is sent');
  const message = page.getByLabel('复制的话');
  await message.waitFor();
  assert.ok((await message.inputValue()).includes(before.next.door));
  assert.ok((await message.inputValue()).includes(`${base}/r/`));
  const second = (await state()).next.door;
  await page.locator('.handout .next').getByText(second, { exact: true }).waitFor();
  await page.keyboard.press('s');
  await until(async () => (await state()).skipped === before.skipped + 1, 'the second is passed over');
  await page.reload();
  const third = (await state()).next.door;
  await page.locator('.handout .next').getByText(third, { exact: true }).waitFor();
  assert.equal(new Set([before.next.door, second, third]).size, 3);
  await page.setViewportSize({ width: 360, height: 740 });
  assert.deepEqual(await misfits(page, 'handout 360'), []);
  await look(page, 'handout-360');
  assert.deepEqual(who.faults, []);
});

test('N1 what the mode cannot do is offered nowhere', async (context) => {
  if (!server) return context.skip('DOORSTEP_BINARY names no program');
  const who = await desk();
  const { page } = who;
  await page.goto(`${base}/c/reach`);
  await page.getByText('没信号也打得开的送货单').waitFor();
  await page.getByText('地址不是 https').first().waitFor();
  // Without TLS a browser has no camera, and the page does not speak of one.
  await page.goto(`${base}/c/goods`);
  await page.getByRole('button', { name: '加一个点位' }).click();
  await page.locator('#scan').waitFor();
  assert.equal(await page.getByRole('button', { name: '摄像头' }).count(), 0);
  await page.goto(`${base}/c/reach`);
  await page.getByLabel('一、办公桌、电话和纸').click();
  await until(async () => (await call(page, 'GET', '/reach')).mode === 'desk', 'the desk alone');
  await until(async () => (await page.getByRole('heading', { name: '地址', exact: true }).count()) === 0, 'no address');
  await look(page, 'reach-desk-1366');
  assert.deepEqual(await unaccessible(page, 'reach'), []);
  const building = (await call(page, 'GET', '/places')).rows.find((place) => place.kind === 'building');
  await page.goto(`${base}/c/slips?place=${building.id}`);
  await page.getByRole('button', { name: '准备打印' }).click();
  await page.locator('.slip').first().waitFor();
  assert.equal(await page.locator('.slip .qr').count(), 0);
  const cell = (await call(page, 'GET', '/board')).buildings[0].cells[0];
  await page.goto(`${base}/c/board?d=${cell.id}`);
  await page.getByRole('heading', { name: '经过' }).first().waitFor();
  assert.equal(await page.getByRole('heading', { name: '手机链接' }).count(), 0);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${base}/c/reach`);
  await page.getByText('现在能用的').waitFor();
  assert.deepEqual(await misfits(page, 'reach 360'), []);
  await look(page, 'reach-desk-360');
  await call(page, 'POST', '/reach', { mode: 'local' });
  assert.deepEqual(who.faults, []);
});

test('N1 with a certificate by flag everything works over HTTPS', async (context) => {
  if (!server) return context.skip('DOORSTEP_BINARY names no program');
  const folder = mkdtempSync(join(tmpdir(), 'doorstep-tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-nodes', '-subj', `/CN=${name}`, '-days', '2'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', ...subject, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const secure = await startServer({ https: true, more: ['--tls-certificate', certificate, '--tls-key', key] });
  try {
    const own = `https://${name}:${new URL(secure.url).port}`;
    const who = await signIn(await visitor({ ignoreHTTPSErrors: true }, own), own);
    const { page } = who;
    const cookies = await who.context.cookies();
    assert.ok(cookies.some((one) => one.name === '__Host-doorstep' && one.secure && one.httpOnly));
    // Nothing was declared: https suggests the third mode, and 127.0.0.1 is still no address for anybody else.
    const reach = await call(page, 'GET', '/reach');
    assert.equal(reach.mode, 'public');
    assert.equal(reach.print_refusal, 'address.this_machine');
    await page.goto(`${own}/c/goods`);
    await page.getByRole('button', { name: '加一个点位' }).click();
    await page.getByRole('button', { name: '用摄像头扫' }).waitFor();
    const { path } = await dueHousehold(page);
    const resident = await visitor({ ...phone, ignoreHTTPSErrors: true }, own);
    await resident.page.goto(own + path);
    await resident.page.locator('.fine').click();
    await resident.page.getByText(/收到了/).first().waitFor();
    for (const one of [who, resident]) assert.deepEqual(one.faults, []);
  } finally {
    await secure.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
