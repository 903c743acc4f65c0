// The call round on the real program: whom it names, by how many keys a call is done, and what the day's sheet says.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './with_server.mjs';

// A morning, an hour before the cut-off, whatever time it is here: then the round is full.
const server = await startServer({ clock: '2022-11-29T09:00:00+08:00' });
process.env.DOORSTEP_URL = server.url;
const { base, call, close, dueHousehold, phone, signIn, visitor } = await import('./browser.mjs');

let desk;
before(async () => {
  desk = await signIn(await visitor());
});
after(async () => {
  await close();
  await server.stop();
});

const door = (page) => page.locator('.card.call h2').innerText();

/** Presses the keys of one call, waits for the next household, and answers what was recorded of the first. */
async function oneCall(page, keys, type = {}) {
  // Who calls looks at the card first: it is there once its fields are.
  await page.locator('#reading-0').waitFor();
  const before = await door(page);
  const { rows } = await call(page, 'GET', '/call-round');
  const row = rows.find((one) => one.door === before) ?? rows[0];
  for (const key of keys) {
    await page.keyboard.press(key);
    if (type[key]) await page.keyboard.type(type[key]);
  }
  await page.waitForFunction((old) => document.querySelector('.card.call h2')?.textContent !== old, before);
  const dwelling = await call(page, 'GET', `/dwellings/${row.dwelling}`);
  return { row, household: dwelling.households.find((one) => one.id === row.household) };
}

async function openRound(page) {
  await page.goto(`${base}/c/calls`);
  await page.locator('.card.call .results').waitFor();
  await page.locator('.card.call .faces').waitFor();
}

test('C8 C9 C10 D32 a call is done by at most three keys, and the next household is on screen', async (context) => {
  const { page, faults } = desk;
  await openRound(page);
  const ways = [
    ['fine on the phone', ['f'], {}, (one) => one.wellbeing === 'fine' && one.channel === 'phone'],
    ['fine on video', ['c', 'f'], {}, (one) => one.wellbeing === 'fine' && one.channel === 'video'],
    ['no thermometer', ['o', 'f'], {}, (one) => one.wellbeing === 'fine' && one.temperature === undefined],
    ['with a temperature', ['t', 'Enter', 'f'], { t: '36,7' }, (one) => one.temperature === 36.7],
    ['unwell', ['u'], {}, (one) => one.wellbeing === 'unwell'],
    ['would not say', ['d'], {}, (one) => one.wellbeing === 'declined'],
    ['with what they need', ['e', 'Escape', 'f'], { e: '青菜2斤' }, (one) => one.wellbeing === 'fine'],
  ];
  for (const [name, keys, type, expected] of ways) {
    const { household } = await oneCall(page, keys, type);
    assert.ok(expected(household.reports[0]), `${name}: ${JSON.stringify(household.reports[0])}`);
    // D32: what was said on this one screen is in the household's order, with the contact and the temperature.
    if (type.e) {
      const { rows } = await call(page, 'GET', '/needs?filter=accepted&limit=1000');
      const need = rows.find((one) => one.household === household.id);
      assert.equal(need.text, type.e);
      assert.equal(need.channel, 'phone');
    }
    context.diagnostic(`${name}: ${keys.length} keys`);
    assert.ok(keys.length <= 3, name);
  }
  assert.deepEqual(faults, []);
});

test('N24 nobody answers: one key, and the next rung is owed in time', async () => {
  const { page } = desk;
  await openRound(page);
  const { row } = await oneCall(page, ['n']);
  await page.getByText(/下一步：.*\d\d:\d\d/).waitFor();
  const { rows } = await call(page, 'GET', '/duties?filter=mine&kind=contact&limit=1000');
  const duty = rows.find((one) => one.household === row.household);
  assert.equal(duty.rung, 'call_again');
  assert.equal(duty.step, 1);
});

test('C9 a temperature that is none is asked back and nothing is stored', async () => {
  const { page } = desk;
  await openRound(page);
  const before = await door(page);
  await page.keyboard.press('t');
  await page.keyboard.type('98.6');
  await page.keyboard.press('Enter');
  await page.keyboard.press('f');
  await page.getByText('这个体温不像真的，再量一次。').waitFor();
  assert.equal(await door(page), before);
  await page.locator('#reading-0').fill('abc');
  await page.getByText('体温看不懂，写成 36.7 这样。').waitFor();
  assert.equal(await page.locator('.results .safe').isDisabled(), true);
});

test('C8 who is unwell comes first, and what they said today stands above the form', async () => {
  const { page } = desk;
  const due = await dueHousehold(page);
  const resident = await visitor(phone);
  await resident.page.goto(base + due.path);
  await resident.page.locator('.person').waitFor();
  await resident.page.locator('.foot button').click();
  await resident.page.getByText(/收到了，还没有人看/).waitFor();
  await openRound(page);
  const { rows } = await call(page, 'GET', '/call-round');
  assert.equal(rows[0].reason, 'unwell');
  assert.ok(rows.some((row) => row.household === due.household.id && row.contacts[0].channel === 'page'));
  await page.locator('.earlier', { hasText: '说不舒服' }).waitFor();
  await resident.context.close();
});

test('C8 on a phone the round is done by thumb, and the numbers are links to call', async () => {
  const who = await visitor(phone);
  await who.context.addCookies(await desk.context.cookies());
  const { page } = who;
  await openRound(page);
  const links = await page.locator('.card.call a[href^="tel:"]').count();
  assert.ok(links > 0 || (await page.getByText('没有电话，要上门。').isVisible()));
  const before = await door(page);
  await page.locator('.results .safe').click();
  await page.waitForFunction((old) => document.querySelector('.card.call h2')?.textContent !== old, before);
  assert.deepEqual(who.faults, []);
  await who.context.close();
});

test('duties: what presses is taken up and ended by keyboard', async () => {
  const { page } = desk;
  const due = await dueHousehold(page);
  await call(page, 'POST', '/check-ins', { household: due.household.id, wellbeing: 'unwell', channel: 'phone' });
  await page.goto(`${base}/c/duties?kind=unwell`);
  const row = page.locator('.duty-rows li', { hasText: due.dwelling.door });
  await row.first().waitFor();
  while (!(await row.first().getAttribute('aria-current'))) await page.keyboard.press('j');
  await page.keyboard.press('a');
  await row.first().getByText('有人在做').waitFor();
  await page.keyboard.press('e');
  await page.getByLabel('经过').fill('医生看过，退烧了');
  await page.keyboard.press('Enter');
  await row.waitFor({ state: 'detached' });
});
