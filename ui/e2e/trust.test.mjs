// What one person alone cannot do, and what a clock alone cannot say: who leaves the due set is said by two, and
// phones that show another time are shown to the desk.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { startServer } from './with_server.mjs';

const server = await startServer();
process.env.DOORSTEP_URL = server.url;
const { base, call, close, dueHousehold, look, misfits, phone, signIn, unaccessible, until, visitor } = await import('./browser.mjs');

let desk;
before(async () => {
  desk = await signIn(await visitor());
});
after(async () => {
  await close();
  await server.stop();
});

/** The six digits of RFC 6238 for a secret in base32, now. */
function totp(secret) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of secret.replace(/[\s=]/g, '')) bits += letters.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Somebody else at the desk, on a phone. */
async function colleague() {
  const { url } = await call(desk.page, 'POST', '/invitations', { name: '冯叶', login: 'second', role: 'leader' });
  const second = await visitor(phone);
  await second.page.goto(base + new URL(url).pathname + new URL(url).hash);
  await second.page.getByLabel('密码').fill('a quiet door in the rain');
  await second.page.getByRole('button', { name: '下一步' }).click();
  await second.page.locator('.qr').waitFor();
  await second.page.getByLabel('六位验证码').fill(totp(await second.page.locator('.secret').innerText()));
  await second.page.locator('form button.primary').click();
  await second.page.locator('.top').waitFor();
  return second;
}

test('N22 who leaves without a new door is said by two, and reported on both screens', async () => {
  const { page, faults } = desk;
  const { dwelling, household } = await dueHousehold(page);
  const [person] = household.people;
  const door = `${base}/c/board?d=${dwelling.id}`;
  await page.goto(door);
  await page.getByRole('button', { name: '改 人和电话' }).click();
  await page.getByRole('button', { name: `不住这里了 ${person.name}` }).click();
  const modal = page.locator('.modal');
  await modal.locator('[name=reason]').selectOption('transferred');
  await modal.locator('[name=note]').fill('搬去女儿家');
  await look(page, 'n22-first-1366');
  await modal.locator('button.primary').click();
  await modal.waitFor({ state: 'detached' });
  await page.getByText('记下了，要另一个人确认').first().waitFor();
  const claimed = page.getByText(`有人说：${person.name}`);
  await claimed.waitFor();
  assert.match(await claimed.innerText(), /搬去女儿家/);
  // Whoever said it first cannot confirm it.
  assert.equal(await page.getByRole('button', { name: '确认', exact: true }).count(), 0);
  await look(page, 'n22-claimed-1366');

  const second = await colleague();
  await second.page.goto(door);
  await second.page.getByText(`有人说：${person.name}`).waitFor();
  await look(second.page, 'n22-second-360');
  assert.deepEqual(await misfits(second.page, 'n22'), []);
  assert.deepEqual(await unaccessible(second.page, 'n22'), []);
  await second.page.getByRole('button', { name: '确认', exact: true }).click();
  await until(async () => {
    const [now] = (await call(page, 'GET', `/dwellings/${dwelling.id}`)).households;
    return !now.people.some(({ id }) => id === person.id);
  }, 'the person left');
  assert.deepEqual(second.faults, []);
  assert.deepEqual(faults, []);
  await second.context.close();
});

test('N8 three phones that show another time hold releases, until somebody says which is right', async () => {
  const { page, faults } = desk;
  for (let n = 0; n < 3; n++) {
    const { path } = await dueHousehold(page);
    const resident = await visitor(phone);
    await resident.page.clock.setFixedTime(new Date(Date.now() - 3 * 3600_000));
    await resident.page.goto(base + path);
    await resident.page.locator('.fine').click();
    await resident.page.getByText(/收到了/).first().waitFor();
    await resident.context.close();
  }
  await until(async () => (await call(page, 'GET', '/call-round')).pressing.clock, 'the clock is doubted', 1200);
  await page.goto(`${base}/c/`);
  const doubt = page.locator('[role=alert]').filter({ hasText: '3' });
  await doubt.first().waitFor();
  assert.match(await doubt.first().innerText(), /服务器的时间可能不对.*3 部手机/);
  await look(page, 'n8-today-1366');
  const small = await desk.context.newPage();
  await small.setViewportSize({ width: 360, height: 740 });
  await small.goto(`${base}/c/`);
  await small.locator('[role=alert]').first().waitFor();
  await look(small, 'n8-today-360');
  assert.deepEqual(await misfits(small, 'n8'), []);
  await small.close();
  await doubt.getByRole('button').first().click();
  await until(async () => !(await call(page, 'GET', '/call-round')).pressing.clock, 'the clock is believed');
  assert.deepEqual(faults, []);
});
