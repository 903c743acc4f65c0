// A community of its own under a rule pack of kind care, in Chinese: the pack from a file, the level typed, the calls of a
// window, and nothing of control on any page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startServer } from './with_server.mjs';
import { totp } from './totp.mjs';

const server = await startServer({ demo: false });
process.env.DOORSTEP_URL = server.url;
const { base, call, close, look, misfits, phone, unaccessible, visitor } = await import('./browser.mjs');

// At whatever hour this runs, the first window is open.
const pack = readFileSync(fileURLToPath(new URL('../../rules/heatwave-donghuli.toml', import.meta.url)), 'utf8')
  .replace('from = "08:00", until = "11:00"', 'from = "00:00", until = "23:58"')
  .replace('from = "15:00", until = "18:00"', 'from = "23:58", until = "23:59"')
  .replace('at = "20:30"', 'at = "23:59"');

let desk;
before(async () => {
  desk = await visitor();
  const { page } = desk;
  await page.goto(server.links.find((link) => link.includes('/c/setup#')));
  await page.getByLabel('社区名字').fill('东湖里');
  await page.getByLabel('您的姓名').fill('周姐');
  await page.getByLabel('账号').fill('zhoujie');
  await page.getByLabel('密码').fill('shade behind the curtain');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.locator('.qr').waitFor();
  await page.getByLabel('六位验证码').fill(totp(await page.locator('.secret').innerText()));
  await page.getByRole('button', { name: '确认，进来' }).click();
  await page.locator('.top').waitFor();
  const doors = [101, 102, 201, 202];
  await load(page, 'dwellings', `楼栋,单元,楼层,门牌\n${doors.map((door) => `1栋,1单元,${String(door)[0]},${door}`).join('\n')}\n`);
  const names = ['顾爷爷', '许伯', '丁老师', '郁婆婆'];
  const rows = doors.map((door, at) => `1栋,1单元,${door},${names[at]},女,1938-05-01,1300000600${at},本人,`);
  await load(page, 'residents', `楼栋,单元,门牌,姓名,性别,出生日期,电话,关系,备注\n${rows.join('\n')}\n`);
  const { flagged } = await call(page, 'GET', '/care/overlooked');
  for (const person of flagged.flatMap((one) => one.people)) {
    await call(page, 'POST', '/care', { person, categories: ['lone_elder'] });
  }
});
after(async () => {
  await close();
  await server.stop();
});

/** Imports a table and waits until it is applied. */
async function load(page, kind, csv) {
  await page.goto(`${base}/c/import`);
  await page
    .locator('.drop input')
    .nth(kind === 'dwellings' ? 0 : 1)
    .setInputFiles({ name: `${kind}.csv`, mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByRole('button', { name: /^导入 \d+ 行$/ }).click({ timeout: 60_000 });
  await page.getByRole('heading', { name: '导入好了' }).waitFor({ timeout: 60_000 });
}

const file = (text) => ({ name: 'heat.toml', mimeType: 'application/toml', buffer: Buffer.from(text) });

test('N29 a pack is loaded from a file, a mistyped one is refused by line and name', async () => {
  const { page, faults } = desk;
  await page.goto(`${base}/c/ledger`);
  assert.equal(await page.getByRole('navigation', { name: '主要页面' }).getByRole('link', { name: '关怀电话' }).count(), 0);
  await page.getByRole('link', { name: '规则包' }).click();
  await page.getByText('area-fumin').waitFor();
  await page.locator('input[type=file]').setInputFiles(file(pack.replace('review_days', 'reviw_days')));
  await page.getByText(/规则文件里有不认识的字.*line \d+: care\.reviw_days/).first().waitFor();
  await page.locator('input[type=file]').setInputFiles(file(pack));
  await page.getByText('heatwave-donghuli').first().waitFor();
  await page.locator('.top nav').getByRole('link', { name: '关怀电话' }).waitFor();
  assert.deepEqual(faults, []);
});

test('N29 no page offers control', async () => {
  const { page } = desk;
  await page.goto(`${base}/c/`);
  const menu = await page.locator('.top nav').innerText();
  for (const gone of ['点名', '进度', '标签']) assert.ok(!menu.includes(gone), gone);
  await page.goto(`${base}/c/places`);
  await page.getByRole('button', { name: /改名/ }).first().waitFor();
  assert.equal(await page.getByRole('button', { name: /开始观察|区域状态/ }).count(), 0);
  for (const path of ['calls', 'roll', 'labels', 'progress', 'suspicions']) {
    await page.goto(`${base}/c/${path}`);
    await page.getByRole('link', { name: '回到今天' }).waitFor();
  }
  assert.equal((await call(page, 'GET', '/session')).community.control, false);
});

test('N29 F3 the level is typed, everybody is called once, and who does not answer is tried again', async () => {
  const { page, faults } = desk;
  await page.goto(`${base}/c/care`);
  await page.getByText('还没人报').first().waitFor();
  await page.getByRole('button', { name: '报级别' }).click();
  await page.getByLabel('今天 °C').fill('39.4');
  await page.getByLabel('明天 °C').fill('40');
  await page.getByRole('dialog').getByRole('button', { name: '存下' }).click();
  await page.getByText('39.4 °C').waitFor();
  await page.getByText(/红色/).first().waitFor();
  await page.getByText('该联系 4：联系到 0，晚了 0，有原因 0，还没 4').waitFor();
  await look(page, 'care-day');
  assert.deepEqual(await unaccessible(page, 'care-day'), []);
  await page.getByRole('button', { name: '挺好 顾爷爷' }).click();
  await page.getByText('该联系 4：联系到 1，晚了 0，有原因 0，还没 3').waitFor();
  await page.getByRole('button', { name: '别的情况 许伯' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('怎么样').selectOption('no_answer');
  await look(page, 'care-call');
  await dialog.getByRole('button', { name: '存下' }).click();
  await page.getByText(/打过 1 次/).waitFor();
  await page.getByRole('button', { name: '别的情况 丁老师' }).click();
  await dialog.getByLabel('怎么联系的').selectOption('card');
  await dialog.getByRole('button', { name: '存下' }).click();
  await page.getByText('该联系 4：联系到 2，晚了 0，有原因 0，还没 2').waitFor();
  await page.getByText('自己按').waitFor();
  const small = await desk.context.newPage();
  await small.setViewportSize(phone.viewport);
  await small.goto(`${base}/c/care`);
  await small.getByText('该联系 4').waitFor();
  assert.deepEqual(await misfits(small, 'care-day-phone'), []);
  await look(small, 'care-day-phone');
  assert.deepEqual(faults, []);
});
