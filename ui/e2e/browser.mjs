import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const base = process.env.DOORSTEP_URL;
if (!base) throw new Error('DOORSTEP_URL is not set: use `npm run e2e`');

let browser;
export async function open() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // A name of its own for tests that need an address which is not this machine's.
    args: ['--no-sandbox', '--host-resolver-rules=MAP door.test 127.0.0.1'],
  });
  return browser;
}
export async function close() {
  await browser?.close();
  browser = undefined;
}

/** A browser of its own, that fails the test on any request to another origin and on anything the policy blocks. */
export async function visitor(options = {}, own = base) {
  const context = await (
    await open()
  ).newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
    ...options,
  });
  const faults = [];
  await context.route(
    (url) => url.origin !== new URL(own).origin,
    (route) => {
      faults.push(`request to ${route.request().url()}`);
      return route.abort();
    },
  );
  context.on('console', (message) => {
    if (/Content Security Policy|Trusted/.test(message.text())) faults.push(message.text());
  });
  context.on('weberror', (error) => faults.push(String(error.error())));
  return { context, faults, page: await context.newPage() };
}

export const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

/** Signs in with the demo account that the server itself names on its sign-in page. */
export async function signIn(who, own = base) {
  const { page } = who;
  await page.goto(`${own}/c/`);
  await page.locator('.demo button').click();
  await page.locator('.top').waitFor();
  return who;
}

/** Calls the interface as the signed-in desk does. */
export const call = (page, method, path, body) =>
  page.evaluate(
    async ([method, path, body]) => {
      const noise = Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) =>
        byte.toString(16).padStart(2, '0'),
      ).join('');
      const time = Date.now().toString(16).padStart(12, '0');
      const key = `${time.slice(0, 8)}-${time.slice(8)}-7${noise.slice(1, 4)}-8${noise.slice(5, 8)}-${noise.slice(8)}`;
      const response = await fetch(`/api/v1${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', 'X-Doorstep': '1', 'Idempotency-Key': key },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const answer = await response.json();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
      return answer;
    },
    [method, path, body],
  );

/** A picture for whoever looks at the pages: into the folder that E2E_LOOK names. */
export const look = async (page, name) => {
  if (process.env.E2E_LOOK) await page.screenshot({ path: `${process.env.E2E_LOOK}/${name}.png`, fullPage: true });
};

/** Types into a scan field as a scanner does: the text, then Enter. */
export async function scan(page, text) {
  await page.locator('#scan').fill(text);
  await page.keyboard.press('Enter');
}

/** Asked again and again from here: in the page's own waiting a promise would count as yes at once. */
export async function until(asked, what, tries = 400) {
  for (let turn = 0; turn < tries; turn++) {
    const answer = await asked();
    if (answer) return answer;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`never came: ${what}`);
}

/** The first answer to every write is lost on its way back, after the server has done it. Gives what was sent and what was cut. */
export async function cutFirstReplies(context) {
  const seen = { posts: 0, cut: new Set() };
  await context.route('**/api/v1/**', async (route) => {
    const key = route.request().headers()['idempotency-key'];
    // That a link was opened is said in passing: nobody waits for the answer.
    if (!key || route.request().url().endsWith('/links/opened')) return route.continue();
    seen.posts++;
    if (seen.cut.has(key)) return route.continue();
    seen.cut.add(key);
    await route.fetch();
    return route.abort();
  });
  return seen;
}

/** Doors that a test of this process has taken: each test speaks for a household of its own. */
const taken = new Set();

/** A household that has not reported today (before or after the window's end) and the address of a new link for it. */
export async function dueHousehold(page) {
  const board = await call(page, 'GET', '/board');
  for (const building of board.buildings) {
    for (const cell of building.cells) {
      if ((cell.s !== 'due' && cell.s !== 'overdue') || taken.has(cell.id)) continue;
      taken.add(cell.id);
      const dwelling = await call(page, 'GET', `/dwellings/${cell.id}`);
      const household = dwelling.households[0];
      if (!household || household.people.length < 2) continue;
      const link = await call(page, 'POST', `/households/${household.id}/links`, { name: '测试' });
      return { dwelling, household, link, path: new URL(link.url, base).pathname };
    }
  }
  throw new Error('every household has reported');
}

/** What axe finds by the rules of WCAG 2.2 AA and best practice. */
export async function unaccessible(page, name) {
  await page.evaluate(axeSource);
  return page.evaluate(async (name) => {
    const result = await globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return result.violations.map(
      (rule) =>
        `${name}: ${rule.id}: ${rule.nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 160))
          .join(' | ')}`,
    );
  }, name);
}

/** Sideways scroll, and controls that stick out or whose words are cut. */
export async function misfits(page, name) {
  return page.evaluate((name) => {
    const out = [];
    const say = (fault) => out.push(`${name}: ${fault}`);
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width)
      say(`the page is ${document.documentElement.scrollWidth} px wide`);
    for (const control of document.querySelectorAll('button, a, input, select, textarea, summary')) {
      const box = control.getBoundingClientRect();
      // A wide table scrolls in its own frame; a skip link stands outside until it has the focus.
      if (!box.width || control.closest('.scroll, .vh, .skip') || control.matches('.vh')) continue;
      const words = (control.textContent || control.getAttribute('aria-label') || control.id).trim().slice(0, 30);
      if (box.left < -1 || box.right > width + 1)
        say(`${words} reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`);
      if (
        control.matches('button, a') &&
        control.scrollWidth > control.clientWidth + 2 &&
        getComputedStyle(control).display !== 'inline'
      )
        say(`${words} is cut`);
    }
    return out;
  }, name);
}

/** Every control a finger may want is at least so high. */
export async function assertTargets(page, least) {
  const small = await page.evaluate(
    (least) =>
      [...document.querySelectorAll('button, a, input, select, summary')]
        .map((control) => [control.textContent.trim(), control.getBoundingClientRect()])
        .filter(([, box]) => box.height > 0 && box.height < least - 0.5)
        .map(([words, box]) => `${words} is ${Math.round(box.height)} px high`),
    least,
  );
  assert.deepEqual(small, []);
}
