import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertTargets, base, call, close, dueHousehold, phone, signIn, visitor } from './browser.mjs';

let desk;
before(async () => {
  desk = await signIn(await visitor());
});
after(close);

/** A phone with a fresh link of a household that is due. */
async function resident({ prove = false, options = {} } = {}) {
  const due = await dueHousehold(desk.page);
  if (prove) await call(desk.page, 'POST', `/links/${due.link.id}/prove`, { proof: 'door' });
  const who = await visitor({ ...phone, ...options });
  return { ...due, ...who, url: base + due.path };
}

const done = (page) => page.locator('.done', { hasText: '今天已报平安' });

test('N27 an unproved link says fine in one press and shows nothing personal', async () => {
  const { page, url, household, dwelling, faults, context } = await resident();
  await page.goto(url);
  await page.locator('.fine').waitFor();
  await page.locator('.person').waitFor();
  const shown = await page.locator('body').innerText();
  for (const secret of [dwelling.door, ...household.people.map((person) => person.name)])
    assert.ok(!shown.includes(secret), secret);
  assert.match(await page.title(), /^今天/);
  await page.locator('.fine').click();
  await done(page).waitFor();
  assert.match(await done(page).innerText(), /社区 \d\d:\d\d 收到了。/);
  assert.deepEqual(faults, []);
  await context.close();
});

test('N27 a proved link shows the household and its day', async () => {
  const { page, url, household, context } = await resident({ prove: true });
  await page.goto(url);
  await page.locator('.day').waitFor();
  assert.match(await page.locator('.day').innerText(), /第 \d+ 天/);
  if (household.people.length > 1) {
    const who = page.locator('details', { hasText: '替谁报？' });
    await who.locator('summary').click();
    assert.match(await who.innerText(), new RegExp(household.people[0].name));
  }
  await context.close();
});

test('A29 the resident sees who is responsible, with name, role and a phone to call', async () => {
  const { page, url, context } = await resident();
  await page.goto(url);
  const card = page.locator('.person');
  await card.waitFor();
  assert.match(await card.locator('a').getAttribute('href'), /^tel:\d+/);
  assert.ok((await card.locator('b').innerText()).length >= 2);
  await context.close();
});

test('a report pressed without signal waits, survives a closed page and arrives once', async () => {
  const { page, url, context } = await resident();
  await page.goto(url);
  await page.locator('.person').waitFor();
  const keys = [];
  // The first answer is lost on its way back: the server has it, the phone does not know.
  let lose = true;
  await context.route(/\/api\/v1\/check-ins/, async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (!lose) return route.continue();
    lose = false;
    await route.fetch().catch(() => undefined);
    return route.abort();
  });
  await context.setOffline(true);
  await page.locator('.fine').click();
  await page.getByText('已记下，等信号').waitFor();
  assert.match(await page.locator('.done.wait').innerText(), /有 1 条还没发出/);
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(url);
  await done(again).waitFor();
  assert.ok(keys.length >= 2, `${keys.length} tries`);
  assert.equal(new Set(keys).size, 1);
  await context.close();
});

test('a report that the server refuses stays in sight until the resident decides', async () => {
  const { page, url, context } = await resident();
  await page.route(/\/api\/v1\/check-ins/, (route) =>
    route.fulfill({ status: 422, json: { status: 422, code: 'link.revoked' } }),
  );
  await page.goto(url);
  await page.locator('.fine').click();
  await page.locator('.note').waitFor();
  assert.match(await page.locator('.note').innerText(), /这个链接已经停用/);
  await page.reload();
  await page.locator('.note').waitFor();
  await page.unroute(/\/api\/v1\/check-ins/);
  await page.getByText('再发一次').click();
  await done(page).waitFor();
  await context.close();
});

test('after a minute without a reader the page says so and points to 120', async () => {
  const { page, url, context } = await resident();
  await page.route('**/api/v1/home', async (route) => {
    const response = await route.fetch();
    const home = await response.json();
    const at = new Date(Date.now() - 61_000).toISOString();
    return route.fulfill({
      response,
      json: { ...home, state: 'alarm', reported_at: at, unwell: { at } },
    });
  });
  await page.goto(url);
  await page.getByText('看谁来接').click();
  await page.getByText('还没有人看到，打 120').waitFor();
  await context.close();
});

test('the temperature has no preset value, and "no thermometer" is an equal answer', async () => {
  const { page, url, context } = await resident();
  await page.goto(url);
  await page.locator('.keys').waitFor();
  assert.match(await page.locator('.temp').innerText(), /^\s*\.\s*℃$/);
  await page.locator('.keys button', { hasText: '36' }).click();
  await page.locator('.keys button', { hasText: '.8' }).click();
  const [request] = await Promise.all([
    page.waitForRequest(/\/api\/v1\/check-ins/),
    page.getByText('都没有，发给社区').click(),
  ]);
  assert.equal(request.postDataJSON().temperature, 36.8);
  await page.getByText(/收到了体温/).waitFor();
  await page.getByText('重按').click();
  await page.getByText('没有体温计').click();
  const [second] = await Promise.all([
    page.waitForRequest(/\/api\/v1\/check-ins/),
    page.getByText('都没有，发给社区').click(),
  ]);
  assert.equal(second.postDataJSON().no_thermometer, true);
  await context.close();
});

test('a high temperature sent along with "fine" is called what it is', async () => {
  const due = await dueHousehold(desk.page);
  const { page, context } = await visitor(phone);
  await page.goto(base + due.path);
  await page.locator('.keys').getByText('38', { exact: true }).click();
  await page.locator('.keys').getByText('.2', { exact: true }).click();
  await page.getByText('都没有，发给社区').click();
  await page.getByText('体温 38.2 ℃，偏高').waitFor();
  assert.equal(await page.getByText('您说过不舒服').count(), 0);
  await page.reload();
  await page.getByText('体温 38.2 ℃，偏高').waitFor();
  await desk.page.goto(`${base}/c/`);
  await desk.page.locator('.climb').getByText('38.2 ℃').first().waitFor();
  await context.close();
});

test('a revoked link says so and still leads to help', async () => {
  const { page, url, link, context } = await resident();
  await call(desk.page, 'POST', `/links/${link.id}/revoke`);
  await page.goto(url);
  await page.getByText('这个链接已经停用').waitFor();
  await page.locator('.foot button').click();
  assert.equal(await page.locator('a[href="tel:120"]').isVisible(), true);
  await context.close();
});

test('the language and the size of letters change in place, and targets stay 60 px', async () => {
  const { page, url, context } = await resident();
  await page.goto(url);
  await page.locator('.langs').waitFor();
  await assertTargets(page, 60);
  await page.locator('.langs a', { hasText: 'English' }).click();
  await page.getByRole('button', { name: 'I am fine' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.locator('.sizes button').nth(2).click();
  await assertTargets(page, 60);
  await page.reload();
  await page.getByRole('button', { name: 'I am fine' }).waitFor();
  assert.equal(await page.locator('.sizes button[aria-pressed="true"]').innerText(), 'A+');
  await context.close();
});
