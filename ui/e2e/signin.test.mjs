// How somebody of the staff signs in: passkeys with a browser's virtual authenticator, sessions, recovery codes.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { close, look, misfits, signIn, unaccessible, visitor } from './browser.mjs';
import { startServer } from './with_server.mjs';

let server;
let base;

before(async () => {
  if (!process.env.DOORSTEP_BINARY) return;
  const port = await new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
  // A browser takes localhost for secure; a passkey is bound to the name of the address.
  base = `http://localhost:${port}`;
  const data = mkdtempSync(join(tmpdir(), 'doorstep-e2e-'));
  server = await startServer({ from: { data, url: `http://127.0.0.1:${port}` }, more: ['--public-url', base] });
});
after(async () => {
  await close();
  await server?.stop();
});

test('a passkey is added on this device and signs in by itself until it is removed', async (context) => {
  if (!server) return context.skip('DOORSTEP_BINARY names no program');
  const who = await visitor({}, base);
  const { page } = who;
  const devices = await who.context.newCDPSession(page);
  await devices.send('WebAuthn.enable');
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await signIn(who, base);
  await page.goto(`${base}/c/me`);
  await page.getByRole('button', { name: '给这台设备加一个' }).click();
  await page.getByText('加好了').waitFor();
  await page.getByRole('button', { name: /^删掉/ }).waitFor();
  assert.deepEqual(await unaccessible(page, 'me'), []);
  await look(page, 'me-1366');
  await page.setViewportSize({ width: 360, height: 740 });
  assert.deepEqual(await misfits(page, 'me 360'), []);
  await look(page, 'me-360');
  await page.setViewportSize({ width: 1366, height: 768 });
  await who.context.clearCookies({ name: 'doorstep' });
  await page.goto(`${base}/c/`);
  await page.getByRole('button', { name: '用通行密钥进来' }).click();
  await page.locator('.top').waitFor();
  await page.goto(`${base}/c/me`);
  await page.getByText(/通行密钥 · /).first().waitFor();
  // The first session is still open; it is ended from here.
  await page.getByRole('button', { name: '别的都退出' }).click();
  await page.getByText('退出了').waitFor();
  await page.getByRole('button', { name: /^删掉/ }).click();
  await page.getByText('去掉了').waitFor();
  await who.context.clearCookies({ name: 'doorstep' });
  await page.goto(`${base}/c/`);
  await page.getByRole('button', { name: '用通行密钥进来' }).click();
  await page.getByText('没有这个通行密钥，或者已经去掉了').waitFor();
  assert.deepEqual(who.faults.filter((fault) => !fault.includes('401')), []);
});

test('recovery codes are made against the password and shown once', async (context) => {
  if (!server) return context.skip('DOORSTEP_BINARY names no program');
  const who = await signIn(await visitor({}, base), base);
  const { page } = who;
  await page.goto(`${base}/c/me`);
  const form = page.getByLabel('密码', { exact: true });
  await form.fill('not the password');
  await page.getByRole('button', { name: '做十个新的，旧的作废' }).click();
  await page.getByText('密码不对。').waitFor();
  const status = await page.evaluate(async () => (await fetch('/api/v1/status')).json());
  await form.fill(status.demo_login.password);
  await page.getByRole('button', { name: '做十个新的，旧的作废' }).click();
  await page.locator('.codes li').first().waitFor();
  const codes = await page.locator('.codes li').allInnerTexts();
  assert.equal(codes.length, 10);
  for (const code of codes) assert.match(code.trim(), /^\d{4}(-\d{4}){3}$/);
  await page.getByText('还剩 10 个').waitFor();
  await page.reload();
  await form.waitFor();
  assert.equal(await page.locator('.codes').count(), 0);
  assert.deepEqual(who.faults.filter((fault) => !fault.includes('422')), []);
});
