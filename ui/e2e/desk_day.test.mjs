// A whole day in mode 1 (N3): no page but the desk's. Calls, visits, door signs, paper and a pasted relay, and the day
// closes with everybody accounted for.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './with_server.mjs';

// The demo's people, and the morning after: nobody has said anything yet. The clock jumps between the parts of the day.
const at = (clock, from) => startServer({ clock, ...(from ? { from } : {}) });
let server = await at('2022-11-29T08:00:00+08:00');
process.env.DOORSTEP_URL = server.url;
const { base, call, close, look, signIn, unaccessible, until, visitor } = await import('./browser.mjs');

let desk;
const opened = [];
/** Goes on with the same folder at another time of the day. */
async function later(clock) {
  await desk?.context.close();
  await server.stop({ keep: true });
  server = await at(clock, server);
  desk = await signIn(await visitor());
  desk.context.on('request', (request) => opened.push(new URL(request.url()).pathname));
}
before(() => later('2022-11-30T08:30:00+08:00'));
after(async () => {
  await close();
  await server.stop();
});

const left = async (page) => (await call(page, 'GET', '/call-round')).left;

test('N3 a whole day with desk, phone and paper closes with everybody accounted for', async (context) => {
  const { page } = desk;
  await page.goto(`${base}/c/reach`);
  await page.getByLabel('一、办公桌、电话和纸').click();
  await until(async () => (await call(page, 'GET', '/session')).reach === 'desk', 'the desk alone');
  const all = await left(page);
  assert.ok(all > 20, `${all} to be contacted`);

  // The call round, by keyboard: one is fine, one on video, one does not answer.
  await page.goto(`${base}/c/calls`);
  for (const keys of [['f'], ['c', 'f'], ['n']]) {
    await page.locator('#reading-0').waitFor();
    const door = await page.locator('.card.call h2').innerText();
    for (const key of keys) await page.keyboard.press(key);
    await until(async () => (await page.locator('.card.call h2').innerText()) !== door, `the next call after ${keys}`);
  }
  const silent = (await call(page, 'GET', '/duties?filter=mine&kind=contact&limit=1000')).rows.find((one) => one.step === 1);
  assert.ok(silent, 'who did not answer is called again');

  // Door signs, read on the stairs and keyed in; one is red.
  await page.goto(`${base}/c/roll`);
  await page.getByRole('button', { name: '门上标记' }).click();
  const roll = await call(page, 'GET', '/roll-call');
  const waiting = roll.rows.filter((row) => row.state === 'waiting' && row.household !== silent.household);
  const typed = (row) => row.door.match(/\d+/g).join('-');
  const key = async (row) => {
    await page.getByLabel('门牌，回车记一户').fill(typed(row));
    await page.keyboard.press('Enter');
    await page.locator('tr', { hasText: row.door }).locator('.tag.safe, .tag.over').first().waitFor();
  };
  await key(waiting[0]);
  await key(waiting[1]);
  await page.getByRole('button', { name: '要人来' }).click();
  await key(waiting[2]);
  await look(page, 'roll-signs-1366');
  assert.deepEqual(await unaccessible(page, 'roll'), []);
  await page.getByLabel('门牌，回车记一户').fill('99-9-999');
  await page.keyboard.press('Enter');
  await page.getByText('名单上没有 99-9-999').waitFor();
  // And what came on paper.
  await page.getByRole('button', { name: '纸条' }).click();
  await page.getByRole('button', { name: '平安', exact: true }).click();
  await key(waiting[3]);
  const red = await call(page, 'GET', '/duties?filter=pressing&kind=unwell');
  assert.ok(red.rows.some((row) => row.household === waiting[2].household), 'a red sign is somebody’s duty');
  // Somebody went there, and to who did not answer.
  const visit = (household) => call(page, 'POST', '/check-ins', { household, wellbeing: 'fine', channel: 'visit', visit_reason: 'asked' });
  await visit(waiting[2].household);
  await visit(silent.household);

  // The group's relay, pasted.
  await page.goto(`${base}/c/inbox`);
  await page.getByRole('button', { name: '贴接龙' }).click();
  await page.locator('.relay textarea').fill(`#接龙\n1. ${waiting[0].door} 白萝卜2根，青椒2斤\n2. ${waiting[1].door} 鸡蛋10个`);
  await page.locator('.relay tr').nth(1).waitFor();
  await page.getByRole('button', { name: /^收下/ }).click();
  await page.getByText(/新 2/).waitFor();

  // Paper for the doors, without a link.
  const building = (await call(page, 'GET', '/places')).rows.find((place) => place.kind === 'building');
  await page.goto(`${base}/c/slips?place=${building.id}`);
  await page.getByRole('button', { name: '准备打印' }).click();
  await page.locator('.slip').first().waitFor();
  assert.equal(await page.locator('.slip .qr').count(), 0);

  // Everybody else is heard of by phone and door sign: the same actions as above, as the desk sends them.
  const rest = (await call(page, 'GET', '/roll-call')).rows.filter((row) => row.state !== 'present');
  for (let from = 0; from < rest.length; from += 32)
    await Promise.all(
      rest.slice(from, from + 32).map(({ household }, number) =>
        call(page, 'POST', '/check-ins', { household, wellbeing: 'fine', channel: number % 2 ? 'phone' : 'door_sign' }),
      ),
    );
  assert.equal(await left(page), 0);
  await page.goto(`${base}/c/calls`);
  await page.getByText(/联系过/).first().waitFor();

  await later('2022-11-30T10:05:00+08:00');
  const evening = desk.page;
  await evening.goto(`${base}/c/closing`);
  await evening.getByRole('button', { name: '现在结' }).click();
  await evening.locator('.a4').waitFor();
  const [{ id }] = (await call(evening, 'GET', '/closings')).rows;
  const sheet = await call(evening, 'GET', `/closings/${id}`);
  assert.equal(sheet.missed, 0);
  assert.equal(sheet.escalated, 0);
  assert.equal(sheet.met + sheet.waiting, sheet.due.today);
  assert.equal(sheet.lines.filter((line) => line.channel === 'page').length, 0);
  for (const channel of ['phone', 'visit', 'door_sign', 'paper'])
    assert.ok(sheet.lines.some((line) => line.channel === channel), channel);
  assert.deepEqual(opened.filter((path) => path.startsWith('/r/') || path.startsWith('/v/')), []);
  context.diagnostic(`${sheet.due.today} households, ${sheet.met} met, ${sheet.waiting} not owed yet`);
  await evening.getByRole('button', { name: '签字' }).click();
  await evening.locator('.signed b', { hasText: '兰江' }).waitFor();
  await look(evening, 'desk-day-sheet');
  assert.deepEqual(desk.faults, []);
});
