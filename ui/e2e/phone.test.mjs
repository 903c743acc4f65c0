// The volunteer's phone against the real program: a store that comes back from an older copy, names and doors that are gone
// after the shift, a link that was revoked, and goods that are scanned twice, in the wrong wave or for who has left.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startServer } from './with_server.mjs';

/** Each start goes on later than the one before: what was granted before it has to be in force. */
const later = (minutes) => `2022-11-29T09:${String(minutes).padStart(2, '0')}:00+08:00`;
let server = await startServer({ clock: later(0) });
process.env.DOORSTEP_URL = server.url;
const { base, call, close, look, phone, scan, signIn, until, visitor } = await import('./browser.mjs');
const copy = mkdtempSync(join(tmpdir(), 'doorstep-copy-'));

let desk;
let people = [];
before(async () => {
  desk = await signIn(await visitor());
  const { page } = desk;
  await call(page, 'POST', '/points', { kind: 'workstation', name: '接收点' });
  // Busy: the clock itself sends nothing out.
  for (let one = 0; one < 20; one++) await call(page, 'POST', '/parcels/receive', { door: '1-1-101', class: 'parcel' });
  for (const name of ['小杨', '小何']) {
    const body = { name, login: `phone-${people.length}`, role: 'volunteer' };
    people.push((await call(page, 'POST', '/invitations', body)).account);
  }
});
after(async () => {
  await close();
  await server.stop();
  rmSync(copy, { recursive: true, force: true });
});

/** A server that was restarted has a demo of its own to sign in to. */
async function signInAgain() {
  await desk.context.close();
  desk = await signIn(await visitor());
}

async function runTo(doors) {
  const { page } = desk;
  const parcels = [];
  for (const door of doors) {
    const { parcel } = await call(page, 'POST', '/parcels/receive', { door, class: 'fresh' });
    parcels.push(parcel.id);
  }
  await call(page, 'POST', '/parcels/disinfect', { scans: parcels });
  const { runs } = await call(page, 'POST', '/runs', { runs: [{ carrier: people[0], parcels }] });
  const { token } = await call(page, 'POST', `/runs/${runs[0]}/link`);
  return { run: runs[0], parcels, path: `/v/${token}` };
}

const stateOf = async (id) => (await call(desk.page, 'GET', `/parcels/${id}`)).parcel.state;
const stepsOf = async (id, step) =>
  (await call(desk.page, 'GET', `/parcels/${id}`)).steps.filter((one) => one.step === step).length;
const kept = (page, store) =>
  page.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open('doorstep-run', 1);
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const rows = open.result.transaction(name).objectStore(name).getAll();
          rows.onsuccess = () => {
            open.result.close();
            resolve(rows.result);
          };
        };
      }),
    store,
  );

test('N28 what a phone had receipts for is sent again when the store comes back from an older copy', async () => {
  const { parcels, path } = await runTo(['10-2-701', '10-2-601']);
  // The copy of the night before: the goods are out of the desk's hands, and nothing is delivered.
  await server.stop({ keep: true });
  cpSync(server.data, copy, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  server = await startServer({ clock: later(20), from: server });
  await signInAgain();

  const volunteer = await visitor(phone);
  const { page } = volunteer;
  await page.clock.install();
  await page.goto(base + path);
  await page.locator('.now .no').waitFor();
  await page.getByRole('button', { name: '送到了', exact: true }).click();
  await page.getByText('已全部上传').first().waitFor();
  assert.equal(await stateOf(parcels[0]), 'delivered');

  // The disk breaks; yesterday's copy is put back, and knows nothing of it.
  await server.stop({ keep: true });
  rmSync(server.data, { recursive: true, force: true });
  cpSync(copy, server.data, { recursive: true });
  server = await startServer({ clock: later(40), from: server });
  await signInAgain();
  assert.notEqual(await stateOf(parcels[0]), 'delivered');

  // What was answered within five seconds of asking is in the next answer; then the phone sees what is missing.
  await page.clock.fastForward('00:06');
  await page.reload();
  await until(async () => (await stateOf(parcels[0])) === 'delivered', 'it is sent again');
  assert.equal(await stepsOf(parcels[0], 'delivered'), 1);
  assert.notEqual(await stateOf(parcels[1]), 'delivered');
  // And once more: nothing is doubled.
  await page.clock.fastForward('00:06');
  await Promise.all([page.waitForResponse((answer) => answer.url().endsWith('/api/v1/run')), page.reload()]);
  await page.locator('.now .no').waitFor();
  await page.getByText('已全部上传').first().waitFor();
  assert.equal(await stepsOf(parcels[0], 'delivered'), 1);
  assert.deepEqual(volunteer.faults, []);
  await volunteer.context.close();
});

test('N28 doors, names and notes are gone from the phone 12 hours after the shift, receipts after 48', async () => {
  const { path } = await runTo(['10-2-501', '10-2-401']);
  const volunteer = await visitor(phone);
  const { page } = volunteer;
  await page.clock.install();
  await page.goto(base + path);
  await page.locator('.now .no').waitFor();
  await page.getByRole('button', { name: '送到了', exact: true }).click();
  await page.getByText('已全部上传').first().waitFor();
  assert.equal((await kept(page, 'runs')).length, 1);
  await volunteer.context.setOffline(true);
  // A carrier on no roster has a shift of 12 hours: the link is good for 24.
  await page.clock.fastForward('23:50:00');
  // Each reading queues behind what the page has begun with its own store.
  for (let reading = 0; reading < 3; reading++) assert.equal((await kept(page, 'runs')).length, 1);
  await page.clock.fastForward('00:20:00');
  await until(async () => !(await kept(page, 'runs')).length, 'the run is forgotten');
  const left = JSON.stringify([await kept(page, 'actions'), await kept(page, 'photos')]);
  // As doors are written: an id or a time may hold the same figures.
  assert.doesNotMatch(left, /[-元][54]01(?![0-9a-f])|栋|单元|小杨/);
  assert.ok((await kept(page, 'actions')).length >= 1, 'ids of what was sent are kept');
  assert.doesNotMatch(await page.evaluate(() => document.body.innerText), /501|401/);
  await look(page, 'run-forgotten');
  await page.clock.fastForward('25:00:00');
  await until(async () => !(await kept(page, 'actions')).length, 'the receipts are forgotten');
  await volunteer.context.close();
});

test('E22 the code at a door proves it without signal and stands nowhere on the phone', async () => {
  const { run, parcels, path } = await runTo(['10-2-202']);
  // What is printed for the household's door.
  const [at] = (await call(desk.page, 'GET', `/runs/${run}`)).stops;
  const { buildings } = await call(desk.page, 'GET', '/board');
  const building = buildings.find((one) => one.name === '10栋');
  const slips = await call(desk.page, 'GET', `/places/${building.id}/door-slips`);
  const slip = slips.rows.find((one) => one.household === at.household);
  const volunteer = await visitor(phone);
  const { page } = volunteer;
  await page.goto(base + path);
  await page.locator('.now .no').waitFor();
  assert.ok(!JSON.stringify(await kept(page, 'runs')).includes(slip.door_code));
  await volunteer.context.setOffline(true);
  await page.getByRole('button', { name: /袋子上的码/ }).click();
  const wrong = slip.door_code === 'AAAA' ? 'BBBB' : 'AAAA';
  await page.locator('.code').fill(slip.door_code.toLowerCase());
  await page.locator('.pick .btn.safe').waitFor();
  await look(page, 'run-door-code');
  await page.locator('.pick .btn.safe').click();
  await page.getByText(/还有 \d+ 条等信号上传/).waitFor();
  await volunteer.context.setOffline(false);
  await page.getByText('已全部上传，可以下楼了。').waitFor({ timeout: 60_000 });
  const { parcel } = await call(desk.page, 'GET', `/parcels/${parcels[0]}`);
  assert.equal(parcel.state, 'delivered');
  assert.equal(parcel.proof, 'code');
  // The server compares the whole code, whatever a phone made of it.
  const other = await runTo(['10-2-201']);
  const [stop] = (await call(desk.page, 'GET', `/runs/${other.run}`)).stops;
  const body = { key: '018e0000-0000-7000-8000-00000000abcd', kind: 'delivered', household: stop.household, code: wrong };
  await assert.rejects(call(desk.page, 'POST', `/runs/${other.run}/actions`, body), /action\.code/);
  assert.deepEqual(volunteer.faults, []);
  await volunteer.context.close();
});

test('N28 what was pressed under a link that was revoked meanwhile stays in sight and counts for nothing', async () => {
  const { run, parcels, path } = await runTo(['10-2-301']);
  const volunteer = await visitor(phone);
  const { page } = volunteer;
  await page.goto(base + path);
  await page.locator('.now .no').waitFor();
  await volunteer.context.setOffline(true);
  await page.getByRole('button', { name: '送到了', exact: true }).click();
  await page.getByText('待传 1').waitFor();
  // The desk gives the run to somebody else.
  const row = (await call(desk.page, 'GET', '/runs')).rows.find((one) => one.id === run);
  await call(desk.page, 'POST', `/runs/${run}/reassign`, { carrier: people[1], version: row.version });
  await volunteer.context.setOffline(false);
  await page.locator('.note.bad').first().waitFor({ timeout: 60_000 });
  await look(page, 'run-revoked');
  const refusedRows = (await kept(page, 'actions')).filter((one) => one.state === 'refused');
  assert.equal(refusedRows.length, 1);
  assert.equal(refusedRows[0].code, 'link.revoked');
  assert.notEqual(await stateOf(parcels[0]), 'delivered');
  await volunteer.context.close();
});

test('E15 of two workers who give one run away at once one hears that the other was first', async () => {
  const { run } = await runTo(['10-1-701']);
  const other = await signIn(await visitor());
  await other.page.goto(`${base}/c/goods/runs`);
  const mine = other.page.locator('.runs li').filter({ hasText: '10栋1单元' });
  await mine.getByLabel('改派给').waitFor();
  // The second has chosen; before its words arrive the first has given the run away.
  await other.context.route('**/reassign', async (route) => {
    const row = (await call(desk.page, 'GET', '/runs')).rows.find((one) => one.id === run);
    await call(desk.page, 'POST', `/runs/${run}/reassign`, { carrier: people[1], version: row.version });
    await other.context.unroute('**/reassign');
    return route.continue();
  });
  people.push((await call(desk.page, 'POST', '/invitations', { name: '小陈', login: 'phone-9', role: 'volunteer' })).account);
  await other.page.reload();
  await mine.getByLabel('改派给').selectOption(people[2]);
  await other.page.getByText('刚有人改过这趟，已重新读取。').waitFor();
  const row = (await call(desk.page, 'GET', '/runs')).rows.find((one) => one.id === run);
  assert.equal(row.carrier, people[1]);
  await mine.filter({ hasText: '小何' }).first().waitFor();
  await look(other.page, 'run-reassigned-twice');
  await other.context.close();
});

test('E1 E4 a parcel scanned twice, in the wrong wave, and for a household that left', async () => {
  const { page } = desk;
  await page.goto(`${base}/c/goods`);
  // Somebody who rents a room behind a door and moves away later.
  const { buildings } = await call(page, 'GET', '/board');
  const [cell] = buildings.find((one) => one.name === '9栋').cells;
  const room = await call(page, 'POST', '/households', { dwelling: cell.id, label: '东屋' });
  await scan(page, room.id);
  await page.locator('.last li').first().waitFor();
  const { rows } = await call(page, 'GET', '/parcels?limit=500');
  const mine = rows.find((one) => one.household === room.id);
  await scan(page, mine.code);
  await page.locator('.last li').filter({ hasText: mine.code }).filter({ hasText: '已经扫过' }).waitFor();
  assert.equal(await stepsOf(mine.id, 'received'), 1);
  await call(page, 'POST', '/parcels/disinfect', { scans: [mine.id] });
  // It is a parcel; the wave that is sorted is of fresh goods.
  await page.goto(`${base}/c/goods/sort?class=fresh`);
  await scan(page, mine.code);
  await page.locator('.big.other').waitFor();
  await look(page, 'sort-other');
  assert.equal(await stateOf(mine.id), 'disinfected');
  // Its household moves away before the bag is carried: the next bag for it is held with that reason.
  await call(page, 'POST', `/households/${mine.household}/end`, { reason: 'moved_away' });
  await page.goto(`${base}/c/goods`);
  await scan(page, mine.household);
  await page.locator('.last li').filter({ hasText: '人搬走了' }).waitFor();
  await look(page, 'receive-left');
});
