// The day's closing on the real program: a resident presses, another is not reached and climbs, the sheet is made and
// signed, and what is learnt late stands in a supplement.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './with_server.mjs';

// Ten minutes before the cut-off, which are half a minute here.
const server = await startServer({ clock: '2022-11-29T09:50:00+08:00x20' });
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

test('F5 N22 the sheet adds up, is signed by name, and late evidence makes a supplement', async () => {
  const { page } = desk;
  const due = await dueHousehold(page);
  const pressed = await dueHousehold(page);
  const resident = await visitor(phone);
  await resident.page.goto(base + pressed.path);
  await resident.page.locator('.fine').click();
  await resident.page.getByText(/收到了/).first().waitFor();
  // The cut-off passes, and who was not reached climbs.
  for (let tries = 0, raised = 0; !raised; tries++) {
    assert.ok(tries < 60, 'nothing was raised');
    await page.waitForTimeout(1000);
    raised = (await call(page, 'GET', '/duties?filter=pressing&kind=contact')).rows.length;
  }
  await page.goto(`${base}/c/closing`);
  await page.getByRole('button', { name: '现在结' }).click();
  await page.locator('.a4').waitFor();
  const [{ id }] = (await call(page, 'GET', '/closings')).rows;
  const sheet = await call(page, 'GET', `/closings/${id}`);
  const shown = (await page.locator('.sum dd b').allInnerTexts()).map(Number);
  assert.equal(shown[0] + shown[1] - shown[2], shown[3]);
  assert.equal(sheet.met + sheet.escalated + sheet.waiting + sheet.missed, sheet.due.today);
  assert.equal(sheet.missed, 0);
  assert.equal(sheet.lines.find((one) => one.household === pressed.household.id).state, 'met');
  const line = sheet.lines.find((one) => one.household === due.household.id);
  assert.equal(line.state, 'escalated');
  await page.locator('.a4 tbody tr', { hasText: line.door }).first().waitFor();
  await page.getByRole('button', { name: '签字' }).click();
  await page.locator('.signed b', { hasText: '兰江' }).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('下载，拿去核对').click()]);
  assert.match(download.suggestedFilename(), /^closing-\d{4}-\d\d-\d\d\.json$/);
  await call(page, 'POST', '/check-ins', { household: due.household.id, wellbeing: 'fine', channel: 'visit', visit_reason: 'asked' });
  let supplements = [];
  for (let tries = 0; tries < 60 && !supplements.length; tries++) {
    await page.waitForTimeout(2000);
    ({ supplements } = await call(page, 'GET', `/closings/${id}`));
  }
  assert.equal(supplements.length, 1);
  const after = await call(page, 'GET', `/closings/${id}`);
  assert.equal(after.hash, sheet.hash);
  await page.reload();
  await page.getByText(/补充：1 户后来联系到/).waitFor();
});
