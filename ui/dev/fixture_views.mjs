// What the routes show of the invented compound.
import { day, newId, nowMs } from './fumin.mjs';

/** The demo's clock: it stands on 28 November 2022 and runs. */
export const clock = (world) => new Date(nowMs + (Date.now() - world.started)).toISOString();

export const left = (households) =>
  households.filter((household) => ['due', 'overdue', 'alarm'].includes(household.state)).length;

export function stateOf(dwelling) {
  const worst = ['alarm', 'overdue', 'due', 'safe', 'none'];
  return (
    dwelling.households.map((household) => household.state).sort((a, b) => worst.indexOf(a) - worst.indexOf(b))[0] ??
    'empty'
  );
}

export function views(world) {
  const { dwellings, households, buildings, grids } = world;
  const inBuilding = (building) =>
    [...households.values()].filter((household) => household.dwelling.building === building);
  const gridOf = (building) => grids.find((grid) => grid.id === building.parent);
  const counts = () => {
    const out = { safe: 0, due: 0, overdue: 0, alarm: 0, empty: 0, none: 0, total: dwellings.size };
    for (const dwelling of dwellings.values()) out[stateOf(dwelling)]++;
    return out;
  };
  const gridLeft = (grid) => left(buildings.filter((building) => building.parent === grid.id).flatMap(inBuilding));
  const row = (household) => ({
    id: household.id,
    dwelling: household.dwelling.id,
    door: household.dwelling.name,
    label: household.label,
    people: household.people.length,
    phone: household.phones[0]?.number ?? null,
    worker: household.worker?.name ?? null,
    state: household.state,
    day_number: household.observation?.day_number ?? null,
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
    const own =
      kind === 'building'
        ? inBuilding(place)
        : kind === 'grid'
          ? buildings.filter((building) => building.parent === id).flatMap(inBuilding)
          : [];
    return {
      id,
      parent,
      kind,
      name,
      floors,
      lift,
      counts: { entrances: place.entrances?.length ?? 0, households: own.length },
    };
  };
  const person = (account) => account && { id: account.id, name: account.name, phone: account.phone };
  return { inBuilding, gridOf, counts, gridLeft, row, chosen, placeRow, person };
}

export function addLink(world, household, name) {
  const token = newId() + newId();
  const link = {
    id: newId(),
    name,
    token,
    url: `/r/${token}`,
    created_at: clock(world),
    proved_at: null,
    last_used_at: null,
    revoked_at: null,
  };
  household.links.push(link);
  return link;
}

/** Today's figures, counted from the households. */
export function todayOf(world) {
  const { accounts, buildings, grids, households } = world;
  const { gridOf } = views(world);
  const all = [...households.values()];
  const due = all.filter((household) => household.observation);
  const reported = { self: 0, head: 0, remote: 0, voice: 0, seen: 0 };
  due.forEach((household) => household.at && reported[household.assurance]++);
  return {
    as_of: clock(world),
    day,
    community: '富民花园',
    households: all.length,
    occupied: all.length,
    observed: { households: due.length, persons: due.reduce((sum, household) => sum + household.people.length, 0) },
    not_reported: {
      left: left(due),
      due: due.length,
      window: due.length ? { name: '上午', from: '00:00', until: '10:00' } : null,
      minutes_left: due.length ? 34 : null,
      overdue: due.filter((h) => h.state === 'overdue').length,
    },
    reported,
    unwell: due
      .filter((household) => household.state === 'alarm')
      .map((household) => ({
        household: household.id,
        place: household.dwelling.id,
        door: household.dwelling.name,
        at: household.unwell?.at ?? clock(world),
      })),
    on_call: due.length
      ? accounts.slice(0, 4).map((account) => ({
          account: account.id,
          name: account.name,
          role: account.role,
          phone: account.phone,
          until: '2022-11-28T12:00:00Z',
        }))
      : [],
    gaps: {
      buildings_in_no_grid: buildings.filter((building) => !gridOf(building)).length,
      households_without_worker: all.filter((h) => !h.worker).length,
      grids_understaffed: grids.length ? 1 : 0,
    },
    last_days: due.length
      ? [61, 52, 55, 40, 33, 29, 31, 24].map((n, i) => ({ day: `2022-11-${20 + i}`, left_at_cutoff: n }))
      : [],
  };
}
