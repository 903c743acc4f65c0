import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transformWithOxc } from 'vite';
import { read } from './dist.mjs';

/** Compiles one source file that imports nothing but types, and loads it. */
async function load(path) {
  const { code } = await transformWithOxc(read(`src/${path}`), path);
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

test('UUIDv7 carries its time, its version and never repeats', async () => {
  const { uuid7 } = await load('uuid7.ts');
  const at = Date.parse('2022-11-28T01:12:00Z');
  const one = uuid7(at);
  assert.match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(parseInt(one.replaceAll('-', '').slice(0, 12), 16), at);
  assert.equal(new Set(Array.from({ length: 1000 }, () => uuid7(at))).size, 1000);
});

test('clock time follows the community and not the desk', async () => {
  const { clock, dayOf } = await load('time.ts');
  assert.equal(clock('2022-11-28T01:12:00Z', 'Asia/Shanghai'), '09:12');
  assert.equal(clock('2022-11-27T16:00:00Z', 'Asia/Shanghai'), '00:00');
  assert.equal(dayOf('2022-11-27T16:00:00Z', 'Asia/Shanghai'), '2022-11-28');
});

test('a QR code has its finder patterns, its size and a stable picture', async () => {
  const { encodeQr } = await load('qr.ts');
  const url = 'https://doorstep.example/r/0123456789abcdefghjkmnpqrs';
  const rows = encodeQr(url);
  const size = rows.length;
  assert.equal(size, 33);
  assert.ok(rows.every((row) => row.length === size));
  for (const [y, x] of [
    [0, 0],
    [0, size - 7],
    [size - 7, 0],
  ]) {
    assert.equal(rows[y].slice(x, x + 7), '1111111');
    assert.equal(rows[y + 3].slice(x, x + 7), '1011101');
  }
  // Read back once by an independent reader; from then on the picture is held.
  assert.equal(rows.join('\n'), read('test/qr_sample.txt').trim());
});

test('a generated table has every door once, and neighbouring houses share a grid', async () => {
  const { doorsOf, tableOf } = await load('console/plan.ts');
  const plan = { grids: 2, buildings: 3, entrances: 2, floors: 10, doors: 3 };
  const lines = tableOf(plan, true).trim().split('\n');
  assert.equal(lines.length, 1 + doorsOf(plan));
  assert.equal(new Set(lines).size, lines.length);
  assert.equal(lines[1], '1网格,1栋,1单元,1,101,有,10');
  assert.equal(lines.at(-1), '2网格,3栋,2单元,10,1003,有,10');
  assert.deepEqual([...new Set(lines.slice(1).map((line) => line.split(',').slice(0, 2).join(' ')))], ['1网格 1栋', '1网格 2栋', '2网格 3栋']);
});
