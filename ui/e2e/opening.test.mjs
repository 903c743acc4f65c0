// Access at depth: a household opened in an emergency, a phone signed in from a desk, and a PIN that wakes a device.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startServer } from './with_server.mjs';
import { totp } from './totp.mjs';

const server = await startServer();
process.env.DOORSTEP_URL = server.url;
const { base, call, close, look, misfits, phone, signIn, unaccessible, until, visitor } = await import('./browser.mjs');

after(async () => {
  await close();
  await server.stop();
});

const desk = await signIn(await visitor());

/** Somebody with a role on one grid, signed in at a browser of their own. */
async function colleague(name, login, place, options = {}) {
  const { url } = await call(desk.page, 'POST', '/invitations', { name, login, role: 'grid_head', place });
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

async function aDoor() {
  const board = await call(desk.page, 'GET', '/board');
  const building = board.buildings.find((one) => one.grid && one.cells.length);
  for (const cell of building.cells) {
    const dwelling = await call(desk.page, 'GET', `/dwellings/${cell.id}`);
    const household = dwelling.households[0];
    if (household?.people?.length && household.phones?.length) return { board, building, dwelling, household };
  }
  throw new Error('nobody lives anywhere');
}

test('somebody of another grid opens one household for a reason, and whoever looks after it says what it was', async () => {
  const { board, building, dwelling, household } = await aDoor();
  const elsewhere = board.grids.find((grid) => grid.id !== building.grid);
  const other = await colleague('夜班', 'night', elsewhere.id, phone);
  const { page } = other;
  await page.goto(`${base}/c/board?d=${dwelling.id}`);
  assert.equal(await page.getByText(household.people[0].name).count(), 0);
  await page.getByRole('button', { name: /^找|搜/ }).first().click();
  await page.locator('.search').fill(dwelling.door);
  await page.getByText('没找到').or(page.locator('[role=status]')).first().waitFor();
  await look(page, 'opening-search-360');
  await page.getByRole('link', { name: '不归您管？紧急时打开这一户' }).click();
  await page.getByRole('button', { name: `选这一户 ${dwelling.door}` }).click();
  await page.getByLabel('为什么要打开').selectOption('unwell');
  await page.getByLabel('发生了什么').fill('邻居听见有人喊');
  assert.deepEqual(await misfits(page, 'opening ask 360'), []);
  assert.deepEqual(await unaccessible(page, 'opening ask'), []);
  await look(page, 'opening-ask-360');
  await page.getByRole('button', { name: '打开这一户' }).click();
  await page.getByText(household.people[0].name).first().waitFor();
  // The reason was given: the numbers stand in full.
  const number = page.locator('.call a').first();
  assert.match(await number.getAttribute('href'), /^tel:\d{7,}$/);
  await page.getByText('应急打开：').waitFor();
  assert.deepEqual(await misfits(page, 'opening 360'), []);
  assert.deepEqual(await unaccessible(page, 'opened'), []);
  await look(page, 'opening-360');
  await page.setViewportSize({ width: 1366, height: 768 });
  await look(page, 'opening-1366');
  await page.getByRole('button', { name: '用完了，关上' }).click();
  await page.getByText('时间到了，或者已经关上。').waitFor();
  assert.equal(await page.getByText(household.people[0].name).count(), 0);

  // The notice: a duty that leads to the list, where it is said what it was.
  await desk.page.goto(`${base}/c/duties?filter=pressing&kind=opening`);
  await look(desk.page, 'opening-duty-1366');
  await desk.page.getByRole('link', { name: /^写结果/ }).first().click();
  await desk.page.getByText('邻居听见有人喊').waitFor();
  assert.deepEqual(await misfits(desk.page, 'openings 1366'), []);
  assert.deepEqual(await unaccessible(desk.page, 'openings'), []);
  await look(desk.page, 'openings-1366');
  await desk.page.getByRole('button', { name: /^写结果/ }).first().click();
  const modal = desk.page.locator('.modal');
  await modal.locator('[name=verdict]').selectOption('mistaken');
  await modal.getByLabel('说明').fill('是隔壁');
  await look(desk.page, 'opening-review-1366');
  await modal.locator('button.primary').click();
  await modal.waitFor({ state: 'detached' });
  await desk.page.getByText('开错了').first().waitFor();
  const left = await call(desk.page, 'GET', '/duties?filter=pressing&kind=opening');
  assert.equal(left.rows.length, 0);

  // The household reads who and why.
  const link = await call(desk.page, 'POST', `/households/${household.id}/links`, { name: '家' });
  await call(desk.page, 'POST', `/links/${link.id}/prove`, { proof: 'phone' });
  const home = await visitor(phone);
  await home.page.goto(base + new URL(link.url, base).pathname);
  const looks = await home.page.evaluate(
    async (token) => (await fetch('/api/v1/looks', { headers: { Authorization: `Link ${token}` } })).json(),
    new URL(link.url, base).pathname.split('/').pop(),
  );
  assert.ok(looks.rows.some((row) => row.what === 'opening.make' && row.who === '夜班' && row.reason === 'unwell'));
  assert.deepEqual(
    other.faults.concat(desk.faults, home.faults).filter((fault) => !/40[34]/.test(fault)),
    [],
  );
  await other.context.close();
  await home.context.close();
});

test('a phone is signed in by a code at the desk and the number it shows', async () => {
  const { page } = desk;
  await page.goto(`${base}/c/me`);
  const begun = page.waitForResponse((answer) => answer.url().endsWith('/session/phone'));
  await page.getByRole('button', { name: '显示二维码' }).click();
  const { url } = await (await begun).json();
  await page.locator('.qr').waitFor();
  await look(page, 'phone-qr-1366');
  const own = await visitor(phone);
  await own.page.goto(base + new URL(url).pathname + new URL(url).hash);
  const number = await until(async () => {
    const text = (await own.page.locator('.secret.big').innerText().catch(() => '')).trim();
    return /^\d{3}$/.test(text) && text;
  }, 'the number');
  assert.equal(new URL(own.page.url()).hash, '');
  assert.deepEqual(await misfits(own.page, 'phone 360'), []);
  assert.deepEqual(await unaccessible(own.page, 'phone'), []);
  await look(own.page, 'phone-number-360');
  await page.getByLabel('您手机上的三位数字').fill(number === '111' ? '112' : '111');
  await look(page, 'phone-claimed-1366');
  await page.getByRole('button', { name: '就是这部手机' }).click();
  await page.getByText('数字不对').waitFor();
  await page.getByLabel('您手机上的三位数字').fill(number);
  await page.getByRole('button', { name: '就是这部手机' }).click();
  await page.getByText('手机已经登录。').waitFor();
  await own.page.locator('.top').waitFor();
  await page.getByText(/扫码 · /).first().waitFor();
  await look(page, 'me-phone-1366');

  // Its PIN: put away it shows nothing, and six digits open it again.
  await own.page.goto(`${base}/c/me`);
  await own.page.getByLabel('六位数字').fill('480213');
  await own.page.getByRole('button', { name: '设好' }).click();
  await own.page.getByText('这台设备放下一会儿就会锁上。').waitFor();
  assert.deepEqual(await misfits(own.page, 'me with pin 360'), []);
  await look(own.page, 'me-pin-360');
  await call(own.page, 'POST', '/session/awake', { awake: false });
  await own.page.reload();
  await own.page.getByRole('heading', { name: '锁上了' }).waitFor();
  assert.equal(await own.page.locator('.top').count(), 0);
  assert.deepEqual(await misfits(own.page, 'locked 360'), []);
  assert.deepEqual(await unaccessible(own.page, 'locked'), []);
  await look(own.page, 'locked-360');
  await own.page.getByLabel('六位数字').fill('111222');
  await own.page.getByRole('button', { name: '打开' }).click();
  await own.page.getByText('不对。错五次').waitFor();
  await own.page.getByLabel('六位数字').fill('480213');
  await own.page.getByRole('button', { name: '打开' }).click();
  await own.page.locator('.top').waitFor();
  assert.deepEqual(own.faults.filter((fault) => !/40\d|42\d/.test(fault)), []);
});
