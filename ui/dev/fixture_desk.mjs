// The desk's side of the contract: places, households, links, staff.
import { day, newId } from './fumin.mjs';
import { addLink, clock, views } from './fixture_views.mjs';

export const deskRoutes = (world) => [...placeRoutes(world), ...householdRoutes(world), ...staffRoutes(world)];

function placeRoutes(world) {
  const { households, buildings, grids, places } = world;
  const { inBuilding, gridOf, placeRow } = views(world);
  return [
    ['GET', /^\/places$/, () => ({ rows: places.map(placeRow) })],
    [
      'POST',
      /^\/places$/,
      ({ input }) => {
        const grid = { id: newId(), ...input };
        places.push(grid);
        grids.push(grid);
        return placeRow(grid);
      },
    ],
    [
      'POST',
      /^\/places\/(\w+)\/move$/,
      ({ match, input }) => {
        places.find((place) => place.id === match[1]).parent = input.parent;
        world.publish('place_moved', match[1], null);
        return { ok: true };
      },
    ],
    [
      'POST',
      /^\/places\/(\w+)\/rename$/,
      ({ match, input }) => {
        places.find((place) => place.id === match[1]).name = input.name;
        return { ok: true };
      },
    ],
    [
      'POST',
      /^\/places\/(\w+)\/links$/,
      ({ match }) => ({
        rows: inBuilding(buildings.find((building) => building.id === match[1]))
          .filter((household) => !household.links.length)
          .map((household) => {
            const link = addLink(world, household, '门牌条');
            return {
              household: household.id,
              door: household.dwelling.name,
              label: household.label,
              url: link.url,
              token: link.token,
            };
          }),
      }),
    ],
    [
      'GET',
      /^\/gaps$/,
      () => ({
        buildings_in_no_grid: buildings.filter((building) => !gridOf(building)).map(({ id, name }) => ({ id, name })),
        households_without_worker: [...households.values()]
          .filter((household) => !household.worker)
          .map((household) => ({
            id: household.id,
            dwelling: household.dwelling.id,
            door: household.dwelling.name,
            label: household.label,
          })),
        grids: grids.map((grid, i) => ({
          id: grid.id,
          name: grid.name,
          head: 1,
          cadres: i === 2 ? 0 : 2,
          members: 26 - i,
          state: i === 2 ? 'red' : 'ok',
        })),
      }),
    ],
  ];
}

function householdRoutes(world) {
  const { households, buildings } = world;
  const { inBuilding, chosen, row } = views(world);
  return [
    [
      'GET',
      /^\/households$/,
      ({ url }) => {
        const rows = chosen(url);
        const from = Number(url.searchParams.get('cursor') ?? 0);
        const limit = Number(url.searchParams.get('limit') ?? 100);
        return {
          rows: rows.slice(from, from + limit).map(row),
          next: from + limit < rows.length ? String(from + limit) : null,
          total: rows.length,
        };
      },
    ],
    [
      'POST',
      /^\/households$/,
      ({ input }) => {
        const dwelling = world.dwellings.get(input.dwelling);
        const blank = { people: [], phones: [], access_notes: null, worker: null, links: [], timeline: [] };
        const household = { ...blank, id: newId(), dwelling, label: input.label, state: 'none', observation: null };
        dwelling.households.push(household);
        households.set(household.id, household);
        world.publish('household_created', household.id, dwelling);
        return { id: household.id };
      },
    ],
    [
      'POST',
      /^\/households\/(\w+)\/notes$/,
      ({ match, input }) => {
        households.get(match[1]).access_notes = input.access_notes;
        return { ok: true };
      },
    ],
    [
      'GET',
      /^\/households\/(\w+)\/links$/,
      ({ match }) => ({ rows: households.get(match[1]).links.map(({ token: _, url: __, ...link }) => link) }),
    ],
    [
      'POST',
      /^\/households\/(\w+)\/links$/,
      ({ match, input }) => {
        const { id, url, token } = addLink(world, households.get(match[1]), input.name);
        return { id, url, token };
      },
    ],
    [
      'POST',
      /^\/links\/(\w+)\/(prove|revoke)$/,
      ({ match }) => {
        for (const household of households.values())
          for (const link of household.links)
            if (link.id === match[1]) link[match[2] === 'prove' ? 'proved_at' : 'revoked_at'] = clock(world);
        return { ok: true };
      },
    ],
    [
      'POST',
      /^\/observations$/,
      ({ input }) => {
        const targets = input.household
          ? [households.get(input.household)]
          : inBuilding(buildings.find((building) => building.id === input.place));
        const fresh = targets.filter((household) => !household.observation);
        for (const household of fresh) {
          household.observation = {
            id: newId(),
            ground: input.ground,
            started_on: day,
            length: input.length_days ?? 14,
            day_number: 0,
            ends_on: '2022-12-12',
            state: 'open',
          };
          household.state = 'due';
          world.publish('observation_opened', household.id, household.dwelling);
        }
        return { opened: fresh.length, skipped: targets.length - fresh.length, ends_on: '2022-12-12' };
      },
    ],
    [
      'POST',
      /^\/observations\/(\w+)\/end$/,
      ({ match }) => {
        for (const household of households.values())
          if (household.observation?.id === match[1]) {
            Object.assign(household, { observation: null, state: 'none' });
            world.publish('observation_ended', household.id, household.dwelling);
          }
        return { ok: true };
      },
    ],
  ];
}

function staffRoutes(world) {
  const { accounts, places } = world;
  return [
    ['GET', /^\/accounts$/, () => ({ rows: accounts.map(({ role: _, ...account }) => account), next: null })],
    [
      'POST',
      /^\/invitations$/,
      ({ input }) => {
        accounts.push({ id: newId(), name: input.name, login: input.login, phone: null, state: 'invited', grants: [] });
        return { url: `/c/join#${newId()}${newId()}` };
      },
    ],
    [
      'POST',
      /^\/grants$/,
      ({ input }) => {
        const place = places.find((known) => known.id === input.place);
        accounts
          .find((account) => account.id === input.account)
          .grants.push({
            id: newId(),
            role: input.role,
            place: place.id,
            place_name: place.name,
            from: input.from,
            until: input.until ?? null,
          });
        return { ok: true };
      },
    ],
    [
      'POST',
      /^\/grants\/(\w+)\/end$/,
      ({ match }) => {
        for (const account of accounts) account.grants = account.grants.filter((grant) => grant.id !== match[1]);
        return { ok: true };
      },
    ],
    ['GET', /^\/shifts$/, () => ({ rows: world.shifts ?? [], next: null })],
    [
      'POST',
      /^\/shifts$/,
      ({ input }) => {
        (world.shifts ??= []).push({
          id: newId(),
          name: accounts.find((account) => account.id === input.account).name,
          ...input,
        });
        return { ok: true };
      },
    ],
  ];
}
