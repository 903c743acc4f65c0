import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  assertTargets,
  base,
  call,
  close,
  dueHousehold,
  misfits,
  phone,
  signIn,
  unaccessible,
  visitor,
} from './browser.mjs';

let desk;
let screens;
let resident;
const sizes = [320, 360, 414, 1366];
const texts = [100, 150, 200];

before(async () => {
  desk = await signIn(await visitor());
  const due = await dueHousehold(desk.page);
  await call(desk.page, 'POST', `/links/${due.link.id}/prove`, { proof: 'phone' });
  resident = due.path;
  screens = [
    ['Today', '/c/', '.tile'],
    ['calls', '/c/calls', '.card.call .faces'],
    ['duties', '/c/duties', '.duty-rows'],
    ['closing', '/c/closing', '.page .card'],
    ['board', '/c/board', '.wins'],
    ['board of needs', '/c/board?lens=needs', '.sum .sw.d'],
    ['board of alerts', '/c/board?lens=alerts', '.sum .sw.d'],
    ['board of care', '/c/board?lens=care', '.sum .sw.d'],
    ['one door', `/c/board?d=${due.dwelling.id}`, '.side h2'],
    ['one building', `/c/board?building=${(await call(desk.page, 'GET', '/board')).buildings[0].id}`, '.big'],
    ['register', '/c/households', '.rows'],
    ['places', '/c/places', '.places'],
    ['staff', '/c/people', '.accounts'],
    ['gaps', '/c/people?tab=gaps', '.lines'],
    ['shifts', '/c/people?tab=shifts', '.card'],
    ['teams', '/c/people?tab=teams', '.card'],
    ['import', '/c/import', '.drop'],
    ['slips', '/c/slips?place=none', '.card'],
  ];
});
after(close);

const settle = async (page, url, ready) => {
  await page.goto(base + url);
  await page.locator(ready).first().waitFor();
  await page.waitForTimeout(120);
};

const signedIn = async (options) => {
  const who = await visitor(options);
  await who.context.addCookies(await desk.context.cookies());
  return who;
};

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing on the desk's screens, ${colorScheme}`, async () => {
    const found = [];
    const { page, context } = await signedIn({ colorScheme });
    // Words do not change with the colours, so each language is looked at in one of them.
    const lang = colorScheme === 'light' ? 'zh-CN' : 'en';
    for (const [name, url, ready] of screens) {
      await settle(page, `${url}${url.includes('?') ? '&' : '?'}lang=${lang}`, ready);
      found.push(...(await unaccessible(page, `${name}, ${lang}, ${colorScheme}`)));
    }
    await settle(page, '/c/?lang=zh-CN', '.tile');
    await page.keyboard.press('/');
    found.push(...(await unaccessible(page, `search, ${colorScheme}`)));
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    found.push(...(await unaccessible(page, `keys, ${colorScheme}`)));
    await settle(page, '/c/places?lang=zh-CN', '.places');
    await page
      .getByRole('button', { name: /^开始观察/ })
      .first()
      .click();
    found.push(...(await unaccessible(page, `observation, ${colorScheme}`)));
    await context.close();
    assert.deepEqual(found, []);
  });

  test(`axe finds nothing on the resident's screens, ${colorScheme}`, async () => {
    const found = [];
    const { page, context } = await visitor({ ...phone, colorScheme });
    for (const lang of ['zh-CN', 'en']) {
      await settle(page, `${resident}?lang=${lang}`, '.fine, .done');
      found.push(...(await unaccessible(page, `home, ${lang}, ${colorScheme}`)));
    }
    await page.route(/\/api\/v1\/check-ins/, (route) => route.abort());
    await page.locator('.foot button').click();
    found.push(...(await unaccessible(page, `unwell, ${colorScheme}`)));
    await page.getByText('Back').click();
    found.push(...(await unaccessible(page, `waiting, ${colorScheme}`)));
    await settle(page, '/r/nosuchlink', '.done.plain');
    found.push(...(await unaccessible(page, `no link, ${colorScheme}`)));
    await context.close();
    const still = await visitor({ ...phone, colorScheme, javaScriptEnabled: false });
    await still.page.goto(base + resident);
    found.push(...(await misfits(still.page, 'without script')));
    await still.context.close();
    assert.deepEqual(found, []);
  });
}

test('axe finds nothing on the sign-in page', async () => {
  const found = [];
  const { page, context } = await visitor();
  await settle(page, '/c/', 'form');
  found.push(...(await unaccessible(page, 'sign-in')));
  found.push(...(await misfits(page, 'sign-in')));
  await context.close();
  assert.deepEqual(found, []);
});

for (const width of sizes) {
  test(`nothing scrolls sideways or is cut at ${width} px and text of 100, 150, 200 %`, async () => {
    const found = [];
    const options = width < 700 ? { ...phone, viewport: { width, height: 740 } } : {};
    const { page, context } = await signedIn(options);
    const all = [...screens, ['resident', resident, '.fine, .done']];
    for (const lang of width === 360 ? ['zh-CN', 'en'] : ['zh-CN'])
      for (const [name, url, ready] of all) {
        await settle(page, `${url}${url.includes('?') ? '&' : '?'}lang=${lang}`, ready);
        for (const text of texts) {
          await page.evaluate((size) => document.documentElement.style.setProperty('font-size', `${size}%`), text);
          await page.waitForTimeout(30);
          found.push(...(await misfits(page, `${name}, ${lang}, ${width} px, ${text} %`)));
        }
      }
    await page.route(/\/api\/v1\/check-ins/, (route) => route.abort());
    await page.locator('.foot button').click();
    for (const text of texts) {
      await page.evaluate((size) => document.documentElement.style.setProperty('font-size', `${size}%`), text);
      found.push(...(await misfits(page, `unwell, ${width} px, ${text} %`)));
    }
    await context.close();
    assert.deepEqual(found, []);
  });
}

test('targets: 60 px for the resident, 24 px at the desk', async () => {
  const { page, context } = await visitor(phone);
  await settle(page, resident, '.fine, .done');
  await assertTargets(page, 60);
  await page.route(/\/api\/v1\/check-ins/, (route) => route.abort());
  await page.locator('.foot button').click();
  await assertTargets(page, 60);
  await context.close();
  const { page: wide, context: second } = await signedIn();
  for (const [, url, ready] of screens.slice(0, 3)) {
    await settle(wide, url, ready);
    const small = await wide.evaluate(() =>
      [...document.querySelectorAll('button, select, .btn')]
        .filter((c) => c.getBoundingClientRect().height > 0 && c.getBoundingClientRect().height < 23.5)
        .map((c) => c.textContent),
    );
    assert.deepEqual(small, []);
  }
  await second.close();
});
