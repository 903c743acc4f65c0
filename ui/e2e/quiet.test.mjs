// The quiet hour on the real program with its own clock: what comes is somebody's run without anybody pressing a button.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startServer } from './with_server.mjs';

const server = await startServer();
process.env.DOORSTEP_URL = server.url;
const { call, close, signIn, visitor } = await import('./browser.mjs');
after(async () => {
  await close();
  await server.stop();
});

test('E10 D27 what comes in a quiet hour is offered within a minute by the clock itself', async (context) => {
  const { page } = await signIn(await visitor());
  await call(page, 'POST', '/points', { kind: 'workstation', name: '接收点' });
  const { account } = await call(page, 'POST', '/invitations', { name: '小杨', login: 'quiet-1', role: 'volunteer' });
  const { parcel } = await call(page, 'POST', '/parcels/receive', { door: '10-2-301', class: 'parcel', giver: 'courier' });
  await call(page, 'POST', '/parcels/disinfect', { scans: [parcel.id] });
  const since = Date.now();
  let run;
  while (!run && Date.now() - since < 60_000) {
    [run] = (await call(page, 'GET', '/runs')).rows;
    if (!run) await page.waitForTimeout(250);
  }
  context.diagnostic(`offered after ${((Date.now() - since) / 1000).toFixed(1)} s`);
  assert.ok(run, 'within a minute');
  assert.equal(run.carrier, account);
  assert.equal(run.parcels, 1);
});
