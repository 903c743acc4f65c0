// The desk's side of the contract: signing in, the day, the board and its doors.
import { day, newId } from './fumin.mjs';
import { deskRoutes } from './fixture_desk.mjs';
import { importRoutes } from './fixture_import.mjs';
import { clock, left as leftOf, stateOf, todayOf, views } from './fixture_views.mjs';

const zone = 'Asia/Shanghai';
const qr = () => ({
  size: 25,
  rows: Array.from({ length: 25 }, (_, y) =>
    Array.from({ length: 25 }, (_, x) => ((x * y + x + y) % 3 ? '1' : '0')).join(''),
  ),
});
const cookie = 'doorstep=ok; Path=/; HttpOnly; SameSite=Strict';
const totp = () => ({
  account: newId(),
  totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  totp_uri: 'otpauth://totp/demo',
  totp_qr: qr(),
});

export function consoleRoutes(world) {
  const signedIn = (request) => /doorstep=ok/.test(request.headers.cookie ?? '');
  const staff = [...dayRoutes(world), ...boardRoutes(world), ...deskRoutes(world), ...importRoutes()];
  return [
    ...openRoutes(world),
    ...staff.map(([method, pattern, handle]) => [
      method,
      pattern,
      (call) => (signedIn(call.request) ? handle(call) : { problem: 401, code: 'session.none' }),
    ]),
  ];
}

function openRoutes(world) {
  return [
    [
      'GET',
      /^\/status$/,
      () => ({
        setup_needed: world.setup,
        demo: !world.setup,
        name: '富民花园',
        ...(world.setup ? {} : { demo_login: { login: 'demo', password: 'fumin-garden' } }),
      }),
    ],
    [
      'POST',
      /^\/session$/,
      ({ input }) =>
        input.password === 'fumin-garden' ? { ok: true, cookie } : { problem: 401, code: 'session.wrong' },
    ],
    ['DELETE', /^\/session$/, () => ({ ok: true, cookie: 'doorstep=; Path=/; Max-Age=0' })],
    ['POST', /^\/(setup|join)$/, totp],
    [
      'POST',
      /^\/(setup|join)\/confirm$/,
      ({ input }) => (/^\d{6}$/.test(input.code) ? { ok: true, cookie } : { problem: 422, code: 'totp.wrong' }),
    ],
  ];
}

function boardRoutes(world) {
  const { dwellings, buildings, grids } = world;
  const { inBuilding, gridOf, counts, gridLeft, person } = views(world);
  const left = (building) => leftOf(inBuilding(building));
  return [
    [
      'GET',
      /^\/board$/,
      () => ({
        seq: world.seq,
        as_of: clock(world),
        counts: counts(),
        grids: grids.map((grid) => ({
          id: grid.id,
          name: grid.name,
          head: grid.head?.name ?? null,
          left: gridLeft(grid),
        })),
        buildings: buildings.map((building) => ({
          id: building.id,
          name: building.name,
          grid: building.parent,
          floors: 7,
          entrances: building.entrances.map(({ id, name, lift, floors }) => ({ id, name, lift, floors })),
          cells: building.cells.map((dwelling) => [
            dwelling.id,
            dwelling.entrance,
            dwelling.floor,
            dwelling.column,
            dwelling.door,
            stateOf(dwelling),
            dwelling.households.length,
            dwelling.households.some((h) => h.care) ? 1 : 0,
          ]),
        })),
      }),
    ],
    [
      'GET',
      /^\/board\/cells$/,
      ({ url }) => {
        const asked = url.searchParams
          .get('dwellings')
          .split(',')
          .map((id) => dwellings.get(id))
          .filter(Boolean);
        const touched = [...new Set(asked.map((dwelling) => dwelling.building))];
        return {
          seq: world.seq,
          as_of: clock(world),
          counts: counts(),
          cells: asked.map((dwelling) => ({ id: dwelling.id, state: stateOf(dwelling) })),
          grids: [...new Set(touched.map(gridOf))]
            .filter(Boolean)
            .map((grid) => ({ id: grid.id, left: gridLeft(grid) })),
          buildings: touched.map((building) => ({ id: building.id, left: left(building) })),
        };
      },
    ],
    [
      'GET',
      /^\/dwellings\/(\w+)$/,
      ({ match }) => {
        const dwelling = dwellings.get(match[1]);
        if (!dwelling) return { problem: 404, code: 'not_found' };
        return {
          id: dwelling.id,
          door: dwelling.name,
          floor: dwelling.floor,
          lift: false,
          grid: gridOf(dwelling.building)?.name ?? null,
          households: dwelling.households.map((household) => ({
            id: household.id,
            label: household.label,
            people: household.people,
            phones: household.phones,
            access_notes: household.access_notes,
            worker: person(household.worker),
            deputy: null,
            observation: household.observation,
            state: household.state,
            timeline: household.timeline,
          })),
        };
      },
    ],
  ];
}

function dayRoutes(world) {
  const { households, accounts } = world;
  return [
    [
      'GET',
      /^\/session$/,
      () => ({
        account: { id: accounts[0].id, name: '兰江', login: 'demo' },
        community: { id: world.root.id, name: '富民花园', zone },
        roles: ['lead'],
        today: day,
        now: clock(world),
        demo: true,
      }),
    ],
    ['GET', /^\/today$/, () => todayOf(world)],
    [
      'POST',
      /^\/search$/,
      ({ input }) => {
        const text = input.text.replace(
          /^(\d+)[-栋](\d+)?[-单元]*(\d+)?$/,
          (_, b, e, d) => `${b}栋${e ? `${e}单元` : ''}${d ?? ''}`,
        );
        const rows = [];
        for (const household of households.values()) {
          const { dwelling } = household;
          if (dwelling.name.startsWith(text))
            rows.push({
              kind: 'dwelling',
              id: dwelling.id,
              dwelling: dwelling.id,
              title: dwelling.name,
              subtitle: household.label,
            });
          for (const one of household.people)
            if (one.name.includes(text))
              rows.push({
                kind: 'person',
                id: one.id,
                dwelling: dwelling.id,
                title: one.name,
                subtitle: dwelling.name,
              });
          if (rows.length >= 12) break;
        }
        return { rows };
      },
    ],
    [
      'GET',
      /^\/events$/,
      ({ response, request }) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
        response.write(': hello\n\n');
        world.streams.add(response);
        const beat = setInterval(() => response.write(': beat\n\n'), 15_000);
        request.on('close', () => (clearInterval(beat), world.streams.delete(response)));
      },
    ],
  ];
}
