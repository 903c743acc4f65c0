// The desk's side of the contract.
import { day, newId, nowMs } from './fumin.mjs';
import { importRoutes } from './fixture_import.mjs';

const zone = 'Asia/Shanghai';
/** The demo's clock: it stands on 28 November 2022 and runs. */
export const clock = (world) => new Date(nowMs + (Date.now() - world.started)).toISOString();

const qr = () => ({ size: 25, rows: Array.from({ length: 25 }, (_, y) => Array.from({ length: 25 }, (_, x) => ((x * y + x + y) % 3 ? '1' : '0')).join('')) });
const left = (households) => households.filter((household) => ['due', 'overdue', 'alarm'].includes(household.state)).length;

function stateOf(dwelling) {
  const worst = ['alarm', 'overdue', 'due', 'safe', 'none'];
  return dwelling.households.map((household) => household.state).sort((a, b) => worst.indexOf(a) - worst.indexOf(b))[0] ?? 'empty';
}

export function consoleRoutes(world) {
  const { dwellings, households, buildings, grids, places, accounts } = world;
  const inBuilding = (building) => [...households.values()].filter((household) => household.dwelling.building === building);
  const gridOf = (building) => grids.find((grid) => grid.id === building.parent);
  const signedIn = (request) => /doorstep=ok/.test(request.headers.cookie ?? '');
  const none = { problem: 401, code: 'session.none' };
  const cookie = 'doorstep=ok; Path=/; HttpOnly; SameSite=Strict';
  const totp = () => ({ account: newId(), totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', totp_uri: 'otpauth://totp/demo', totp_qr: qr() });

  const counts = () => {
    const out = { safe: 0, due: 0, overdue: 0, alarm: 0, empty: 0, none: 0, total: dwellings.size };
    for (const dwelling of dwellings.values()) out[stateOf(dwelling)]++;
    return out;
  };
  const gridLeft = (grid) => left(buildings.filter((building) => building.parent === grid.id).flatMap(inBuilding));
  const row = (household) => ({
    id: household.id, dwelling: household.dwelling.id, door: household.dwelling.name, label: household.label, people: household.people.length,
    phone: household.phones[0]?.number ?? null, worker: household.worker?.name ?? null, state: household.state, day_number: household.observation?.day_number ?? null,
  });
  const chosen = (url) => {
    const place = url.searchParams.get('place');
    const filter = url.searchParams.get('filter');
    return [...households.values()].filter((household) => {
      const { building } = household.dwelling;
      if (place && building.id !== place && building.parent !== place && place !== world.root.id) return false;
      if (filter === 'observed') return Boolean(household.observation);
      if (filter === 'not_reported') return household.state === 'due' || household.state === 'overdue';
      return filter !== 'without_worker' || !household.worker;
    });
  };
  const placeRow = (place) => {
    const { id, parent, kind, name, floors = null, lift = null } = place;
    const own = kind === 'building' ? inBuilding(place) : kind === 'grid' ? buildings.filter((building) => building.parent === id).flatMap(inBuilding) : [];
    return { id, parent, kind, name, floors, lift, counts: { entrances: place.entrances?.length ?? 0, households: own.length } };
  };
  const person = (account) => account && { id: account.id, name: account.name, phone: account.phone };
  const openApi = [
    ['GET', /^\/status$/, () => ({ setup_needed: world.setup, demo: !world.setup, name: '富民花园', ...(world.setup ? {} : { demo_login: { login: 'demo', password: 'fumin-garden' } }) })],
    ['POST', /^\/session$/, ({ input }) => (input.password === 'fumin-garden' ? { ok: true, cookie } : { problem: 401, code: 'session.wrong' })],
    ['DELETE', /^\/session$/, () => ({ ok: true, cookie: 'doorstep=; Path=/; Max-Age=0' })],
    ['POST', /^\/(setup|join)$/, totp],
    ['POST', /^\/(setup|join)\/confirm$/, ({ input }) => (/^\d{6}$/.test(input.code) ? { ok: true, cookie } : { problem: 422, code: 'totp.wrong' })],
  ];
  const staff = [
    ['GET', /^\/session$/, () => ({ account: { id: accounts[0].id, name: '兰江', login: 'demo' }, community: { id: world.root.id, name: '富民花园', zone }, roles: ['lead'], today: day, now: clock(world), demo: true })],
    ['GET', /^\/today$/, () => today()],
    ['GET', /^\/board$/, () => ({
      seq: world.seq, as_of: clock(world), counts: counts(),
      grids: grids.map((grid) => ({ id: grid.id, name: grid.name, head: grid.head?.name ?? null, left: gridLeft(grid) })),
      buildings: buildings.map((building) => ({
        id: building.id, name: building.name, grid: building.parent, floors: 7,
        entrances: building.entrances.map(({ id, name, lift, floors }) => ({ id, name, lift, floors })),
        cells: building.cells.map((dwelling) => [dwelling.id, dwelling.entrance, dwelling.floor, dwelling.column, dwelling.door, stateOf(dwelling), dwelling.households.length, dwelling.households.some((h) => h.care) ? 1 : 0]),
      })),
    })],
    ['GET', /^\/board\/cells$/, ({ url }) => {
      const asked = url.searchParams.get('dwellings').split(',').map((id) => dwellings.get(id)).filter(Boolean);
      const touched = [...new Set(asked.map((dwelling) => dwelling.building))];
      return {
        seq: world.seq, as_of: clock(world), counts: counts(), cells: asked.map((dwelling) => ({ id: dwelling.id, state: stateOf(dwelling) })),
        grids: [...new Set(touched.map(gridOf))].filter(Boolean).map((grid) => ({ id: grid.id, left: gridLeft(grid) })),
        buildings: touched.map((building) => ({ id: building.id, left: left(inBuilding(building)) })),
      };
    }],
    ['GET', /^\/dwellings\/(\w+)$/, ({ match }) => {
      const dwelling = dwellings.get(match[1]);
      if (!dwelling) return { problem: 404, code: 'not_found' };
      return {
        id: dwelling.id, door: dwelling.name, floor: dwelling.floor, lift: false, grid: gridOf(dwelling.building)?.name ?? null,
        households: dwelling.households.map((household) => ({
          id: household.id, label: household.label, people: household.people, phones: household.phones, access_notes: household.access_notes,
          worker: person(household.worker), deputy: null, observation: household.observation, state: household.state, timeline: household.timeline,
        })),
      };
    }],
    ['POST', /^\/search$/, ({ input }) => {
      const text = input.text.replace(/^(\d+)[-栋](\d+)?[-单元]*(\d+)?$/, (_, b, e, d) => `${b}栋${e ? `${e}单元` : ''}${d ?? ''}`);
      const rows = [];
      for (const household of households.values()) {
        const { dwelling } = household;
        if (dwelling.name.startsWith(text)) rows.push({ kind: 'dwelling', id: dwelling.id, dwelling: dwelling.id, title: dwelling.name, subtitle: household.label });
        for (const one of household.people) if (one.name.includes(text)) rows.push({ kind: 'person', id: one.id, dwelling: dwelling.id, title: one.name, subtitle: dwelling.name });
        if (rows.length >= 12) break;
      }
      return { rows };
    }],
    ['GET', /^\/events$/, ({ response, request }) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      response.write(': hello\n\n');
      world.streams.add(response);
      const beat = setInterval(() => response.write(': beat\n\n'), 15_000);
      request.on('close', () => (clearInterval(beat), world.streams.delete(response)));
    }],
    ['GET', /^\/places$/, () => ({ rows: places.map(placeRow) })],
    ['POST', /^\/places$/, ({ input }) => {
      const grid = { id: newId(), ...input };
      places.push(grid);
      grids.push(grid);
      return placeRow(grid);
    }],
    ['POST', /^\/places\/(\w+)\/move$/, ({ match, input }) => {
      places.find((place) => place.id === match[1]).parent = input.parent;
      world.publish('place_moved', match[1], null);
      return { ok: true };
    }],
    ['POST', /^\/places\/(\w+)\/rename$/, ({ match, input }) => {
      places.find((place) => place.id === match[1]).name = input.name;
      return { ok: true };
    }],
    ['POST', /^\/places\/(\w+)\/links$/, ({ match }) => ({
      rows: inBuilding(buildings.find((building) => building.id === match[1])).filter((household) => !household.links.length).map((household) => {
        const link = addLink(household, '门牌条');
        return { household: household.id, door: household.dwelling.name, label: household.label, url: link.url, token: link.token };
      }),
    })],
    ['GET', /^\/gaps$/, () => ({
      buildings_in_no_grid: buildings.filter((building) => !gridOf(building)).map(({ id, name }) => ({ id, name })),
      households_without_worker: [...households.values()].filter((household) => !household.worker).map((household) => ({ id: household.id, dwelling: household.dwelling.id, door: household.dwelling.name, label: household.label })),
      grids: grids.map((grid, i) => ({ id: grid.id, name: grid.name, head: 1, cadres: i === 2 ? 0 : 2, members: 26 - i, state: i === 2 ? 'red' : 'ok' })),
    })],
    ['GET', /^\/households$/, ({ url }) => {
      const rows = chosen(url);
      const from = Number(url.searchParams.get('cursor') ?? 0);
      const limit = Number(url.searchParams.get('limit') ?? 100);
      return { rows: rows.slice(from, from + limit).map(row), next: from + limit < rows.length ? String(from + limit) : null, total: rows.length };
    }],
    ['POST', /^\/households\/(\w+)\/notes$/, ({ match, input }) => {
      households.get(match[1]).access_notes = input.access_notes;
      return { ok: true };
    }],
    ['GET', /^\/households\/(\w+)\/links$/, ({ match }) => ({ rows: households.get(match[1]).links.map(({ token: _, url: __, ...link }) => link) })],
    ['POST', /^\/households\/(\w+)\/links$/, ({ match, input }) => {
      const { id, url, token } = addLink(households.get(match[1]), input.name);
      return { id, url, token };
    }],
    ['POST', /^\/links\/(\w+)\/(prove|revoke)$/, ({ match }) => {
      for (const household of households.values())
        for (const link of household.links) if (link.id === match[1]) link[match[2] === 'prove' ? 'proved_at' : 'revoked_at'] = clock(world);
      return { ok: true };
    }],
    ['POST', /^\/observations$/, ({ input }) => {
      const targets = input.household ? [households.get(input.household)] : inBuilding(buildings.find((building) => building.id === input.place));
      const fresh = targets.filter((household) => !household.observation);
      for (const household of fresh) {
        household.observation = { id: newId(), ground: input.ground, started_on: day, length: input.length_days ?? 14, day_number: 0, ends_on: '2022-12-12', state: 'open' };
        household.state = 'due';
        world.publish('observation_opened', household.id, household.dwelling);
      }
      return { opened: fresh.length, skipped: targets.length - fresh.length, ends_on: '2022-12-12' };
    }],
    ['POST', /^\/observations\/(\w+)\/end$/, ({ match }) => {
      for (const household of households.values())
        if (household.observation?.id === match[1]) {
          Object.assign(household, { observation: null, state: 'none' });
          world.publish('observation_ended', household.id, household.dwelling);
        }
      return { ok: true };
    }],
    ['GET', /^\/accounts$/, () => ({ rows: accounts.map(({ role: _, ...account }) => account), next: null })],
    ['POST', /^\/invitations$/, ({ input }) => {
      accounts.push({ id: newId(), name: input.name, login: input.login, phone: null, state: 'invited', grants: [] });
      return { url: `/c/join#${newId()}${newId()}` };
    }],
    ['POST', /^\/grants$/, ({ input }) => {
      const place = places.find((known) => known.id === input.place);
      accounts.find((account) => account.id === input.account).grants.push({ id: newId(), role: input.role, place: place.id, place_name: place.name, from: input.from, until: input.until ?? null });
      return { ok: true };
    }],
    ['POST', /^\/grants\/(\w+)\/end$/, ({ match }) => {
      for (const account of accounts) account.grants = account.grants.filter((grant) => grant.id !== match[1]);
      return { ok: true };
    }],
    ['GET', /^\/shifts$/, () => ({ rows: world.shifts ?? [], next: null })],
    ['POST', /^\/shifts$/, ({ input }) => {
      (world.shifts ??= []).push({ id: newId(), name: accounts.find((account) => account.id === input.account).name, ...input });
      return { ok: true };
    }],
    ...importRoutes(world),
  ];

  function addLink(household, name) {
    const token = newId() + newId();
    const link = { id: newId(), name, token, url: `/r/${token}`, created_at: clock(world), proved_at: null, last_used_at: null, revoked_at: null };
    household.links.push(link);
    return link;
  }

  function today() {
    const all = [...households.values()];
    const due = all.filter((household) => household.observation);
    const reported = { self: 0, head: 0, remote: 0, voice: 0, seen: 0 };
    due.forEach((household) => household.at && reported[household.assurance]++);
    return {
      as_of: clock(world), day, community: '富民花园', households: all.length, occupied: all.length,
      observed: { households: due.length, persons: due.reduce((sum, household) => sum + household.people.length, 0) },
      not_reported: { left: left(due), due: due.length, window: due.length ? { name: '上午', from: '00:00', until: '10:00' } : null, minutes_left: due.length ? 34 : null, overdue: due.filter((h) => h.state === 'overdue').length },
      reported,
      unwell: due.filter((household) => household.state === 'alarm').map((household) => ({ household: household.id, place: household.dwelling.id, door: household.dwelling.name, at: household.unwell?.at ?? clock(world) })),
      on_call: due.length ? accounts.slice(0, 4).map((account) => ({ account: account.id, name: account.name, role: account.role, phone: account.phone, until: '2022-11-28T12:00:00Z' })) : [],
      gaps: { buildings_in_no_grid: buildings.filter((building) => !gridOf(building)).length, households_without_worker: all.filter((h) => !h.worker).length, grids_understaffed: grids.length ? 1 : 0 },
      last_days: due.length ? [61, 52, 55, 40, 33, 29, 31, 24].map((n, i) => ({ day: `2022-11-${20 + i}`, left_at_cutoff: n })) : [],
    };
  }

  const guarded = staff.map(([method, pattern, handle]) => [method, pattern, (call) => (signedIn(call.request) ? handle(call) : none)]);
  return [...openApi, ...guarded];
}
