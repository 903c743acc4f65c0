// Somebody asks to be erased: nothing of them is found, and there is a certificate to hand out.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startServer } from './with_server.mjs';

const server = await startServer({ clock: '2022-11-29T11:00:00+08:00' });
process.env.DOORSTEP_URL = server.url;
const { base, close, look, misfits, phone, signIn, unaccessible, visitor } = await import('./browser.mjs');

after(async () => {
  await close();
  await server.stop();
});

/** As the desk's own page sends it. */
const send = (page, path, body) =>
  page.evaluate(
    async ([to, json]) => {
      const answer = await fetch(`/api/v1${to}`, {
        method: json ? 'POST' : 'GET',
        headers: { 'Content-Type': 'application/json', 'X-Doorstep': '1', 'Idempotency-Key': crypto.randomUUID() },
        body: json && JSON.stringify(json),
      });
      return { status: answer.status, body: await answer.json() };
    },
    [path, body],
  );

/** A household of its own behind a door: nobody there is under observation. */
async function newcomer(page, name) {
  const { body } = await send(page, '/households?limit=1');
  const home = await send(page, '/households', { dwelling: body.rows[0].dwelling, label: name });
  assert.equal(home.status, 200, JSON.stringify(home.body));
  const person = await send(page, `/households/${home.body.id}/people`, { name });
  assert.equal(person.status, 200, JSON.stringify(person.body));
}

test('N11 somebody who asks is erased, and the certificate names them by number alone', async () => {
  const desk = await signIn(await visitor());
  const { page } = desk;
  await page.goto(`${base}/c/people`);
  await newcomer(page, '章要走');
  await page.getByRole('link', { name: '个人信息' }).click();
  await page.getByText('没有要删除的人。').waitFor();
  await page.getByRole('button', { name: '删除一个人' }).click();
  await page.getByLabel('姓名或电话').fill('章要走');
  await page.getByRole('dialog').getByRole('button', { name: /找/ }).click();
  await page.getByRole('dialog').locator('b', { hasText: '章要走' }).waitFor();
  await look(page, 'rights-erase');
  await page.getByRole('button', { name: '本人要求' }).click();
  await look(page, 'rights-erase-sure');
  await page.getByRole('button', { name: '删除', exact: true }).last().click();
  await page.getByText('还留着的').waitFor();
  assert.equal(await page.getByText('章要走').count(), 0);
  await look(page, 'rights-certificate');
  assert.deepEqual(await unaccessible(page, 'rights-certificate'), []);
  const found = await send(page, '/search', { text: '章要走' });
  assert.equal(found.body.rows.length, 0);
  assert.deepEqual(desk.faults, []);
  await desk.context.close();
});

test('N11 what is kept stands with purpose, basis and days, also on a phone', async () => {
  const desk = await signIn(await visitor(phone));
  const { page } = desk;
  await page.goto(`${base}/c/rights?tab=kept`);
  await page.getByText('搬走后 90 天').first().waitFor();
  await page.getByText('check_in.temperature').waitFor();
  assert.deepEqual(await misfits(page, 'rights-kept'), []);
  await look(page, 'rights-kept');
  await desk.context.close();
});
