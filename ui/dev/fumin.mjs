// Fumin Garden for looking at the pages without the server: 20 buildings, 68 entrances, 950 dwellings, 1,987
// residents, 5 grids. People and telephone numbers are invented.
const fourEntrances = new Set([1, 2, 5, 6, 9, 10, 13, 14]);
const surnames = [...'李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const given = ['秀英', '建国', '玉兰', '志强', '桂花', '国平', '小梅', '德明', '春燕', '永康', '丽华', '大勇'];
const numerals = ['一', '二', '三', '四', '五'];

/** The same small generator everywhere: a fixed seed gives the same compound on every machine. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

let counter = 0;
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
export function newId() {
  let n = 1_000_000_007 * ++counter;
  let text = '';
  for (let i = 0; i < 13; i++) {
    text = alphabet[n % 32] + text;
    n = Math.floor(n / 32) + i * 7;
  }
  return text;
}

export const day = '2022-11-28';
/** 09:26 in Chongqing. */
export const nowMs = Date.parse('2022-11-28T01:26:00Z');
const minutes = (n) => new Date(nowMs + n * 60_000).toISOString();

const workers = [
  ['兰江', 'lead', '13000009001'],
  ['孙丽', 'grid_head', '13000009011'],
  ['赵刚', 'grid_head', '13000009012'],
  ['李玉梅', 'grid_head', '13000009013'],
  ['何平', 'grid_head', '13000009014'],
  ['陈晓', 'grid_head', '13000009015'],
  ['周医生', 'doctor', '13000009020'],
];

export function makeCompound(doors = 0) {
  const rand = random(20221128);
  const root = { id: newId(), parent: null, kind: 'community', name: '富民花园' };
  const places = [root];
  const accounts = workers.map(([name, role, phone], i) => ({
    id: newId(),
    name,
    login: i === 0 ? 'demo' : `worker${i}`,
    phone,
    role,
    state: 'active',
    grants: [],
  }));
  const grids = numerals.map((numeral, i) => ({
    id: newId(),
    parent: root.id,
    kind: 'grid',
    name: `${numeral}网格`,
    head: accounts[i + 1],
  }));
  places.push(...grids);
  const buildings = [];
  const dwellings = new Map();
  const households = new Map();
  const many = doors ? Math.ceil(doors / 49) : 20;
  for (let number = 1; number <= many; number++) {
    const grid = doors
      ? grids[Math.min(4, Math.floor(((number - 1) / many) * 5))]
      : grids[Math.floor((number - 1) / 4)];
    const building = {
      id: newId(),
      parent: grid.id,
      kind: 'building',
      name: `${number}栋`,
      floors: 7,
      lift: false,
      entrances: [],
      cells: [],
    };
    places.push(building);
    buildings.push(building);
    const entrances = fourEntrances.has(((number - 1) % 20) + 1) ? 4 : 3;
    for (let e = 1; e <= entrances; e++) {
      const entrance = { id: newId(), parent: building.id, kind: 'entrance', name: `${e}单元`, floors: 7, lift: false };
      places.push(entrance);
      building.entrances.push(entrance);
      for (let floor = 7; floor >= 1; floor--) {
        const onFloor = (number === 19 || number === 20) && e === 3 && floor === 7 ? 1 : 2;
        for (let column = 1; column <= onFloor; column++)
          addDoor({ rand, building, e, floor, column, dwellings, households, grid });
      }
    }
  }
  const all = [...households.values()];
  settle(all, rand);
  accounts.forEach((account, i) => {
    const place = i === 0 || i === 6 ? root : grids[i - 1];
    account.grants.push({
      id: newId(),
      role: account.role,
      place: place.id,
      place_name: place.name,
      from: '2022-11-20',
      until: null,
    });
  });
  return { root, places, grids, buildings, dwellings, households, accounts };
}

function addDoor({ rand, building, e, floor, column, dwellings, households, grid }) {
  const door = `${floor}0${column}`;
  const dwelling = {
    id: newId(),
    building,
    entrance: e - 1,
    floor,
    column,
    door,
    name: `${building.name}${e}单元${door}`,
    households: [],
  };
  building.cells.push(dwelling);
  dwellings.set(dwelling.id, dwelling);
  const surname = surnames[Math.floor(rand() * surnames.length)];
  const size = 1 + Math.floor(rand() * 3.2);
  const people = Array.from({ length: Math.min(4, size) }, (_, i) => ({
    id: newId(),
    name: surname + given[Math.floor(rand() * given.length)],
    age: i === 0 ? 30 + Math.floor(rand() * 55) : 5 + Math.floor(rand() * 70),
    sex: rand() < 0.5 ? 'f' : 'm',
    relation: i === 0 ? 'head' : 'family',
  }));
  const household = {
    id: newId(),
    dwelling,
    label: `${surname}家`,
    people,
    phones:
      rand() < 0.93
        ? [{ id: newId(), number: `1300000${String(1000 + dwellings.size).slice(-4)}`, name: people[0].name }]
        : [],
    access_notes: rand() < 0.06 ? '听力不好，多敲一会' : null,
    worker: grid.head,
    state: 'safe',
    care: people.some((person) => person.age >= 80),
    links: [],
    timeline: [],
    observation: {
      id: newId(),
      ground: 'high_risk_area',
      started_on: '2022-11-20',
      length: 14,
      day_number: 8,
      ends_on: '2022-12-04',
      state: 'open',
    },
    assurance: 'self',
    at: null,
    unwell: null,
  };
  dwelling.households.push(household);
  households.set(household.id, household);
}

/** The morning as it stands at 09:26: most have reported, some have not, one is unwell. */
function settle(all, rand) {
  all.forEach((household, i) => {
    household.at = minutes(-Math.floor(rand() * 150) - 1);
    household.assurance = rand() < 0.15 ? 'head' : rand() < 0.07 ? 'voice' : rand() < 0.03 ? 'seen' : 'self';
    if (i % 37 === 11) Object.assign(household, { state: 'none', observation: null, at: null });
    else if (rand() < 0.035) Object.assign(household, { state: 'due', at: null });
    household.timeline = [
      ...(household.at
        ? [
            {
              at: household.at,
              kind: 'check_in',
              who: household.people[0].name,
              assurance: household.assurance,
              wellbeing: 'fine',
            },
          ]
        : []),
      {
        at: minutes(-60 * 24 - 20),
        kind: 'check_in',
        who: household.people[0].name,
        assurance: 'self',
        wellbeing: 'fine',
        temperature: 36.4,
      },
      { at: minutes(-60 * 24 * 8), kind: 'observation_opened', who: '兰江' },
    ];
  });
  for (const i of [301, 666, 777]) if (all[i]) Object.assign(all[i], { state: 'overdue', at: null, care: true });
  if (all[250])
    Object.assign(all[250], { state: 'alarm', at: null, unwell: { at: minutes(-14), seen_by: null, seen_at: null } });
}
