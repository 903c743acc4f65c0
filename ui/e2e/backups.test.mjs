// How old the newest backup is, on the page that everybody who answers for the installation opens each morning.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, test } from 'node:test';
import { startServer } from './with_server.mjs';

let server = await startServer({ clock: '2022-11-29T11:00:00+08:00' });
process.env.DOORSTEP_URL = server.url;
const { base, close, look, misfits, phone, signIn, unaccessible, visitor } = await import('./browser.mjs');

const shell = (...args) =>
  execFileSync(process.env.DOORSTEP_BINARY, ['backup', '--demo', '--data', server.data, ...args], { encoding: 'utf8' });

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
  shell('--new-key');
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
