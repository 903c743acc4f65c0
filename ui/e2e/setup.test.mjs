// A fresh installation, from the one-time link to a board of 950 doors.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { close, look, visitor } from './browser.mjs';
import { totp } from './totp.mjs';
import { startServer } from './with_server.mjs';

const file = (name) => fileURLToPath(new URL(`../../demo/${name}`, import.meta.url));
let server;
let manager;
before(async () => {
  if (!process.env.DOORSTEP_BINARY) return;
  server = await startServer({ demo: false });
  manager = await visitor({}, server.url);
});
after(async () => {
  await close();
  await server?.stop();
});

async function importFile(page, index, name) {
  await page.goto(`${server.url}/c/import`);
  await page.locator('.drop input').nth(index).setInputFiles(file(name));
  await page.locator('.figures').waitFor({ timeout: 60_000 });
  const figures = await page.locator('.figures li').allInnerTexts();
  return Object.fromEntries(figures.map((line) => [line.replace(/[\d\s]/g, ''), Number(line.match(/\d+/)[0])]));
}

const apply = async (page) => {
  await page.getByRole('button', { name: /^导入 \d+ 行$/ }).click();
  await page.getByRole('heading', { name: '导入好了' }).waitFor({ timeout: 60_000 });
};

test('the printed link sets the installation up once, with a one-time code', async (context) => {
  if (!server) return context.skip('DOORSTEP_BINARY names no program');
  const { page, faults } = manager;
  await page.goto(server.links.find((link) => link.includes('/c/setup#')));
  await page.getByLabel('社区名字').fill('富民花园');
  await page.getByLabel('您的姓名').fill('兰江');
  await page.getByLabel('账号').fill('lanjiang');
  await page.getByLabel('密码').fill('short');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('密码至少 10 个字。').waitFor();
  await page.getByLabel('密码').fill('a quiet door in the rain');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.locator('.qr').waitFor();
  const secret = await page.locator('.secret').innerText();
  await page.getByLabel('六位验证码').fill('000000');
  await page.getByRole('button', { name: '确认，进来' }).click();
  await page.getByText('六位数不对').waitFor();
  await page.getByLabel('六位验证码').fill(totp(secret));
  await page.getByRole('button', { name: '确认，进来' }).click();
  await page.locator('.top').waitFor();
  await page.locator('.who button').click();
  await page.getByRole('button', { name: '退出' }).click();
  await page.getByLabel('账号').fill('lanjiang');
  await page.getByLabel('密码').fill('a quiet door in the rain');
  // A code is good once: the next one counts already, within what clocks may differ.
  await page.getByLabel('六位验证码').fill(totp(secret, 1));
  await page.locator('form button.primary').click();
  await page.locator('.top').waitFor();
  assert.deepEqual(faults, []);
});

test('the first hour says what comes next, and houses that are alike need no table', async (context) => {
  if (!server) return context.skip('DOORSTEP_BINARY names no program');
  const { page, faults } = manager;
  const first = page.getByRole('region', { name: '头一个小时' });
  await first.getByText('0 / 5').waitFor();
  await look(page, 'first-hour-1366');
  await page.setViewportSize({ width: 360, height: 780 });
  await look(page, 'first-hour-360');
  await page.setViewportSize({ width: 1366, height: 880 });
  await first.getByRole('link', { name: '楼栋和门牌' }).click();
  await page.getByText('20 栋楼 · 60 个单元 · 840 扇门').waitFor();
  await page.getByLabel('楼栋', { exact: true }).fill('2');
  await page.getByText(/网格不能比楼多/).waitFor();
  await page.getByLabel('网格', { exact: true }).fill('1');
  await page.getByText('2 栋楼 · 6 个单元 · 84 扇门').waitFor();
  await look(page, 'generate-1366');
  await page.getByRole('button', { name: '先看看会有什么' }).click();
  await apply(page);
  await page.goto(`${server.url}/c/`);
  await first.getByText('1 / 5').waitFor();
  await first.getByText('已有 2').waitFor();
  await page.goto(`${server.url}/c/import`);
  await page.getByRole('link', { name: '按规律生成 2 栋' }).click();
  await page.getByRole('button', { name: '整批撤回' }).click();
  await page.getByRole('button', { name: '撤回这一批' }).click();
  await page.getByRole('heading', { name: '整批撤回了' }).waitFor({ timeout: 60_000 });
  assert.deepEqual(faults, []);
});

test('A1 A2 A6 two tables become a community, a building is put under observation, the same again changes nothing', async (context) => {
  if (!server) return context.skip('DOORSTEP_BINARY names no program');
  const { page, faults } = manager;
  const doors = await importFile(page, 0, 'fumin-dwellings.csv');
  assert.deepEqual(doors, { 栋楼: 20, 个单元: 68, 扇门: 950 });
  await apply(page);
  const people = await importFile(page, 1, 'fumin-residents.csv');
  assert.equal(people['户'], 950);
  assert.ok(people['人'] > 1900);
  await apply(page);
  await page.getByRole('link', { name: '去看楼栋' }).click();
  await page.locator('.wins i[id]').first().waitFor();
  assert.equal(await page.locator('.wins i[id]').count(), 950);
  assert.equal(await page.locator('.grid').count(), 5);
  await page.goto(`${server.url}/c/places`);
  await page.getByRole('button', { name: '开始观察 7栋', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const button = dialog.getByRole('button', { name: /给 \d+ 户开始观察/ });
  const households = (await button.innerText()).match(/\d+/)[0];
  await button.click();
  await page.getByText(`开始了 ${households} 户`).waitFor();
  await page.goto(`${server.url}/c/import`);
  await page.locator('.drop input').nth(1).setInputFiles(file('fumin-residents.csv'));
  await page.getByRole('heading', { name: '和现有的一样，没有要导入的' }).waitFor({ timeout: 60_000 });
  // A workbook as people keep it; everybody in it is made up.
  const workbook = fileURLToPath(new URL('files/register.xlsx', import.meta.url));
  await page.goto(`${server.url}/c/import`);
  await page.locator('.drop input').nth(1).setInputFiles(workbook);
  await page.locator('.figures').waitFor({ timeout: 60_000 });
  await page.getByText('读了：名单（4 行）').waitFor();
  await page.getByText(/没有读：说明（2 行）/).waitFor();
  await page.getByText('一格里有几个人，已拆成一人一行').first().waitFor();
  await page.getByText('一格里有几个人，分不清').first().waitFor();
  await look(page, 'import-workbook');
  await apply(page);
  await page.goto(`${server.url}/c/import`);
  await page.locator('.drop input').nth(1).setInputFiles(workbook);
  await page.getByRole('heading', { name: '和现有的一样，没有要导入的' }).waitFor({ timeout: 60_000 });
  const more = '楼栋,单元,楼层,门牌\n21栋,1单元,1,101\n21栋,1单元,1,102\n';
  await page.goto(`${server.url}/c/import`);
  await page
    .locator('.drop input')
    .first()
    .setInputFiles({ name: 'more.csv', mimeType: 'text/csv', buffer: Buffer.from(more) });
  await page.locator('.figures').waitFor({ timeout: 60_000 });
  await apply(page);
  await page.getByRole('button', { name: '整批撤回' }).click();
  await page.getByRole('button', { name: '撤回这一批' }).click();
  await page.getByRole('heading', { name: '整批撤回了' }).waitFor({ timeout: 60_000 });
  await page.goto(`${server.url}/c/board`);
  await page.locator('.wins i[id]').first().waitFor();
  assert.equal(await page.locator('.wins i[id]').count(), 950);
  assert.deepEqual(faults, []);
});
