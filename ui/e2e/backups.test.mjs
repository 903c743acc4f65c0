// How old the newest backup is, on the page that everybody who answers for the installation opens each morning.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startServer } from './with_server.mjs';

let server = await startServer({ clock: '2022-11-29T11:00:00+08:00' });
process.env.DOORSTEP_URL = server.url;
const { base, close, dueHousehold, look, misfits, phone, signIn, unaccessible, until, visitor } = await import('./browser.mjs');

let sheet = '';
const program = (args, input = '') =>
  execFileSync(process.env.DOORSTEP_BINARY, args, { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'ignore'] });
const shell = (...args) => program(['backup', '--demo', '--data', server.data, ...args]);

after(async () => {
  await close();
  await server.stop();
});

test('N5 a backup made at the shell stands on Today with its age and in the list with its check', async () => {
  const desk = await signIn(await visitor());
  const { page } = desk;
  await page.goto(`${base}/c/`);
  await page.locator('.pressing').waitFor();
  // A demo makes none and says nothing of them.
  assert.equal(await page.getByRole('link', { name: /备份/ }).count(), 0);
  sheet = /\n {4}([0-9A-Z]{4}(?: [0-9A-Z]{4}){13})\n/.exec(shell('--new-key'))[1];
  assert.match(shell('--verify', `${server.data}.file`), /restored once/);
  await page.reload();
  await page.getByRole('link', { name: /^上次备份：\d+ (秒|分)前$/ }).click();
  await page.getByRole('cell', { name: '.file' }).waitFor();
  assert.equal(await page.getByRole('row').count(), 2);
  assert.match(await page.getByRole('row').nth(1).innerText(), /MB/);
  assert.equal(await page.getByRole('row').nth(1).getByText('—').count(), 0, 'it was restored once');
  await look(page, 'backups');
  assert.deepEqual(await unaccessible(page, 'backups'), []);
  assert.deepEqual(desk.faults, []);
  await desk.context.close();
});

test('N5 three days later its age is red on Today, also on a phone', async () => {
  await server.stop({ keep: true });
  server = await startServer({ clock: '2022-12-02T11:00:00+08:00', from: server });
  const desk = await signIn(await visitor(phone));
  const { page } = desk;
  await page.goto(`${base}/c/`);
  const line = page.locator('.failed', { hasText: '上次备份：3 天前' });
  await line.waitFor();
  assert.match(await line.innerText(), /太久了/);
  assert.deepEqual(await misfits(page, 'backups-old'), []);
  await look(page, 'backups-old');
  await desk.context.close();
});

test('N6 restored elsewhere: the sheet is proved, phones send again, and a named person lets go what is held', async () => {
  const desk = await signIn(await visitor());
  const { page } = desk;
  await page.goto(`${base}/c/`);
  // The paper is not known to be right before somebody has typed it in.
  const unproved = page.getByRole('link', { name: /密钥单还没有照纸输一遍/ });
  await unproved.waitFor();
  program(['backup', '--demo', '--data', server.data, '--check-key'], `${sheet.toLowerCase()}\n`);
  await page.reload();
  await page.getByRole('link', { name: /上次备份/ }).waitFor();
  await until(async () => !(await unproved.count()), 'it is proved');
  const due = await dueHousehold(page);
  shell(`${server.data}.night`);

  // What a resident says after the backup is on their phone, and on the machine that is lost.
  const resident = await visitor(phone);
  await resident.page.goto(base + due.path);
  await resident.page.locator('.fine').click();
  const done = (one) => one.locator('.done', { hasText: '今天已报平安' });
  await done(resident.page).waitFor();
  const night = `${server.data}.night`;
  const elsewhere = mkdtempSync(join(tmpdir(), 'doorstep-elsewhere-'));
  await desk.context.close();
  await server.stop();
  program(['restore', '--demo', '--data', elsewhere, night], `${sheet}\n`);
  server = await startServer({ clock: '2022-12-02T11:20:00+08:00', from: { data: elsewhere, url: server.url } });
  rmSync(night);

  // On another phone the same link knows of nothing, until the first one has been looked at.
  const other = await visitor(phone);
  await other.page.goto(base + due.path);
  await other.page.locator('.fine').waitFor();
  assert.equal(await done(other.page).count(), 0);
  await resident.page.reload();
  await until(async () => {
    await other.page.reload();
    await other.page.locator('.fine, .done').first().waitFor();
    return (await done(other.page).count()) === 1;
  }, 'it is sent again');

  const again = await signIn(await visitor());
  await again.page.goto(`${base}/c/`);
  const held = again.page.getByRole('alert').filter({ hasText: '的备份恢复的' });
  await held.waitFor();
  await look(again.page, 'restored');
  assert.deepEqual(await unaccessible(again.page, 'restored'), []);
  await held.getByRole('button', { name: '已核对，放行' }).click();
  await again.page.getByText('已放行').waitFor();
  await until(async () => !(await held.count()), 'nothing is held any more');
  for (const one of [resident, other, again]) {
    assert.deepEqual(one.faults, []);
    await one.context.close();
  }
});

test('N7 an older page whose parts the upgraded server has no more loads itself anew', async () => {
  const desk = await signIn(await visitor());
  const { page } = desk;
  await page.goto(`${base}/c/`);
  await page.getByRole('link', { name: /上次备份/ }).waitFor();
  // As if this page were of yesterday: what it asks for has another name today.
  let asked = 0;
  await desk.context.route(/\/assets\/backups-[^/]+\.js$/, (route) =>
    asked++ === 0 ? route.fulfill({ status: 404, body: '' }) : route.continue(),
  );
  await page.goto(`${base}/c/`);
  await page.getByRole('link', { name: /上次备份/ }).waitFor();
  assert.ok(asked >= 2, 'asked again after loading anew');
  await desk.context.close();
});
