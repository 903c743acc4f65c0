// Every page as a picture, for whoever looks: node pictures.mjs FOLDER [PAGE..]. At a desk and on a phone, light and dark, in
// three languages and with large letters; what sticks out, is cut, is no match for axe or an error of the page is printed.
import { mkdirSync } from 'node:fs';
import { startServer } from './with_server.mjs';

const [folder, ...named] = process.argv.slice(2);
if (!folder) throw new Error('usage: node pictures.mjs FOLDER [PAGE..]');
mkdirSync(folder, { recursive: true });
// A morning within the windows of reports and of fresh goods.
const server = await startServer({ clock: '2022-11-29T11:00:00+08:00' });
process.env.DOORSTEP_URL = server.url;
const { call, close, dueHousehold, misfits, phone, signIn, unaccessible, visitor } = await import('./browser.mjs');

const looks = [
  { name: 'desk', lang: 'zh-CN' },
  { name: 'phone', lang: 'zh-CN', options: phone },
  { name: 'desk-dark', lang: 'zh-TW', options: { colorScheme: 'dark' } },
  { name: 'phone-dark-en-150', lang: 'en', options: { ...phone, colorScheme: 'dark' }, text: 150 },
];

/** Pages of the console by what stands after /c/, those of residents by their whole address. */
async function allPages(desk) {
  const due = await dueHousehold(desk);
  await call(desk, 'POST', `/links/${due.link.id}/prove`, { proof: 'phone' });
  const { buildings } = await call(desk, 'GET', '/board');
  const household = due.household.id;
  const paths = {
    today: '', calls: 'calls', duties: 'duties', closing: 'closing', board: 'board', door: `board?d=${due.dwelling.id}`,
    building: `board?building=${buildings[0].id}`, 'board-needs': 'board?lens=needs', goods: 'goods', sort: 'goods/sort', runs: 'goods/runs',
    households: 'households', places: 'places', slips: `slips?place=${buildings[0].id}`, handout: `handout?place=${buildings[0].id}`,
    voice: 'voice', me: 'me', people: 'people', shifts: 'people?tab=shifts', teams: 'people?tab=teams', gaps: 'people?tab=gaps',
    ledger: 'ledger', care: 'care', progress: 'progress', bulletin: 'progress?show=bulletin', roll: 'roll', group: 'group',
    timeline: `timeline?h=${household}`, labels: `labels?h=${household}`, import: 'import', inbox: 'inbox', cycles: 'cycles', story: 'story',
    round: 'round', money: 'money', help: 'help', offers: 'offers', reach: 'reach', backups: 'backups', rights: 'rights',
    'rights-erase': 'rights?tab=erasures', 'rights-exports': 'rights?tab=exports', 'rights-kept': 'rights?tab=kept', unknown: 'no-such-page',
  };
  const pages = Object.entries(paths).map(([name, path]) => [name, `/c/${path}`]);
  return [...pages, ['resident', due.path], ['no-link', '/r/nosuchlink'], ['letter', '/l/'], ['claim', '/l/claim#x']];
}

let failures = 0;
const say = (line) => {
  failures++;
  console.log(line);
};
try {
  const desk = await signIn(await visitor());
  const cookies = await desk.context.cookies();
  const pages = (await allPages(desk.page)).filter(([name]) => !named.length || named.includes(name));
  for (const look of looks) {
    const { context, faults, page } = await visitor(look.options);
    await context.addCookies(cookies);
    for (const [name, path] of pages) {
      const [before, hash] = path.split('#');
      await page.goto(`${server.url}${before}${before.includes('?') ? '&' : '?'}lang=${look.lang}${hash ? `#${hash}` : ''}`);
      await page.locator('main').first().waitFor();
      await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined);  // The stream of news never ends.
      await page.waitForTimeout(250);
      if (look.text) await page.evaluate((size) => document.documentElement.style.setProperty('font-size', `${size}%`), look.text);
      const label = `${name}, ${look.name}`;
      for (const line of [...(await misfits(page, label)), ...(await unaccessible(page, label))]) say(line);
      if (await page.locator('.skel').count()) say(`${label}: still waits`);
      await page.screenshot({ path: `${folder}/${name}.${look.name}.png`, fullPage: true });
    }
    for (const fault of faults) say(`${look.name}: ${fault}`);
    await context.close();
  }
} finally {
  await close();
  await server.stop();
}
console.log(`${failures} findings; the pictures are in ${folder}`);
process.exit(failures ? 1 : 0);
