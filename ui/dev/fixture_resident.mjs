// The resident's side of the contract. The token in the address chooses which day one sees.
import { clock } from './fixture_views.mjs';
import { day, newId } from './fumin.mjs';

const window_ = { name: '上午', from: '00:00', until: '10:00' };

export function residentRoutes(world) {
  const all = [...world.households.values()];
  const tokens = new Map([
    [
      'proved',
      {
        household: all.find((household) => household.people.length > 1 && household.state === 'safe'),
        proved: true,
        state: 'due',
      },
    ],
    ['unproved', { household: all[40], proved: false, state: 'due' }],
    ['overdue', { household: all[301], proved: true, state: 'overdue' }],
    ['after', { household: all[11], proved: true, state: 'none' }],
  ]);
  const answers = new Map();

  const linkOf = (request) => {
    const token = /^Link (\w+)$/.exec(request.headers.authorization ?? '')?.[1];
    for (const household of world.households.values()) {
      const link = household.links.find((known) => known.token === token && !known.revoked_at);
      if (link && !tokens.has(token))
        tokens.set(token, { household, link, state: household.state === 'alarm' ? 'unwell' : household.state });
      if (household.links.some((known) => known.token === token && known.revoked_at)) return null;
    }
    return tokens.get(token) ?? null;
  };

  const home = (known) => {
    const { household, state, received, unwell } = known;
    const proved = known.proved ?? Boolean(known.link?.proved_at);
    return {
      community: { name: '富民花园', zone: 'Asia/Shanghai' },
      proved,
      now: clock(world),
      state,
      reported_at: received ?? null,
      window: state === 'none' ? null : window_,
      next_window: state === 'none' ? null : window_,
      day: proved && state !== 'none' ? { number: 8, length: 14, left: 6 } : null,
      household: proved
        ? {
            label: household.people.length > 1 ? household.label : household.people[0].name,
            door: household.dwelling.name,
          }
        : null,
      people: proved ? household.people.map(({ id, name }) => ({ id, name })) : [],
      contact: { name: '李玉梅', role: '网格员', phone: '13000009013' },
      duty_phone: '02300000001',
      emergency_phone: '120',
      received: received ? { at: received } : null,
      unwell: unwell ?? null,
    };
  };

  return [
    [
      'GET',
      /^\/home$/,
      ({ request }) => {
        const known = linkOf(request);
        if (!known) return { problem: 401, code: 'link.revoked' };
        // Somebody on duty reads it after eight seconds.
        if (known.unwell && !known.unwell.seen_at && Date.parse(clock(world)) - Date.parse(known.unwell.at) > 8000)
          Object.assign(known.unwell, { seen_by: '李玉梅', seen_at: clock(world) });
        return home(known);
      },
    ],
    [
      'POST',
      /^\/check-ins$/,
      ({ request, input }) => {
        if (!request.headers.authorization) return staffCheckIn(world, input);
        const known = linkOf(request);
        if (!known) return { problem: 401, code: 'link.revoked' };
        const key = request.headers['idempotency-key'];
        if (!key) return { problem: 422, code: 'idempotency.missing' };
        if (answers.has(key)) return answers.get(key);
        if (input.temperature !== undefined && (input.temperature < 34.5 || input.temperature > 41.5))
          return { problem: 422, code: 'check_in.temperature' };
        const at = clock(world);
        known.state = input.wellbeing === 'unwell' ? 'unwell' : 'safe';
        known.received = at;
        known.unwell = input.wellbeing === 'unwell' ? { at, seen_by: null, seen_at: null } : null;
        const { household } = known;
        household.state = known.state === 'unwell' ? 'alarm' : 'safe';
        household.timeline.unshift({
          at,
          kind: 'check_in',
          who: household.people[0].name,
          assurance: 'self',
          wellbeing: input.wellbeing,
          temperature: input.temperature,
        });
        world.publish('check_in', household.id, household.dwelling);
        const receipt = {
          id: newId(),
          received_at: at,
          state: known.state,
          call_back: (input.temperature ?? 36) >= 37.3,
          emergency_phone: '120',
          day,
        };
        answers.set(key, receipt);
        return receipt;
      },
    ],
  ];
}

function staffCheckIn(world, input) {
  const household = world.households.get(input.household);
  if (!household) return { problem: 404, code: 'not_found' };
  const at = clock(world);
  household.state = input.wellbeing === 'unwell' ? 'alarm' : 'safe';
  household.unwell = input.wellbeing === 'unwell' ? { at } : null;
  household.assurance = input.assurance;
  household.at = at;
  household.timeline.unshift({
    at,
    kind: 'check_in',
    who: '兰江',
    assurance: input.assurance,
    wellbeing: input.wellbeing,
  });
  world.publish('check_in', household.id, household.dwelling);
  return { id: newId(), received_at: at, state: household.state, call_back: false, emergency_phone: '120' };
}
