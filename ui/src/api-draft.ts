/**
 * The shapes of the HTTP interface, by hand from the contract. They live in this one file so that the types
 * which the server generates can take its place.
 */
export type Id = string;
/** RFC 3339 in UTC. */
export type Instant = string;
/** YYYY-MM-DD in the community's zone. */
export type Day = string;

export interface Problem {
  status: number;
  code: string;
  hint?: string;
}

export interface Page<Row> {
  rows: Row[];
  next: string | null;
  total?: number;
}

export interface TimeWindow {
  name: string;
  from: string;
  until: string;
}

// ---------- resident ----------

export type HomeState = 'none' | 'due' | 'safe' | 'overdue' | 'unwell';
export type Symptom = 'fever' | 'cough' | 'fatigue' | 'breathless' | 'diarrhoea' | 'other';
export type Wellbeing = 'fine' | 'unwell';

export interface Home {
  community: { name: string; zone?: string };
  proved: boolean;
  now: Instant;
  state: HomeState;
  reported_at: Instant | null;
  window: TimeWindow | null;
  next_window?: TimeWindow | null;
  day: { number: number; length: number; left: number } | null;
  household: { label: string; door: string } | null;
  people: { id: Id; name: string }[];
  contact: { name: string; role: string; phone: string } | null;
  duty_phone: string | null;
  emergency_phone: string;
  received: { at: Instant; by?: string } | null;
  unwell: { at: Instant; seen_by: string | null; seen_at: Instant | null } | null;
}

export interface CheckInRequest {
  wellbeing: Wellbeing;
  person?: Id;
  temperature?: number;
  no_thermometer?: boolean;
  symptoms?: Symptom[];
  occurred_at?: Instant;
}

export interface CheckInReceipt {
  id: Id;
  received_at: Instant;
  state: HomeState;
  call_back: boolean;
  emergency_phone: string;
}

// ---------- staff: set-up and session ----------

export interface Status {
  setup_needed: boolean;
  demo: boolean;
  name: string;
  demo_login?: { login: string; password: string; code?: string };
}

export interface QrBits {
  size: number;
  rows: string[];
}

export interface TotpSetup {
  account: Id;
  totp_secret: string;
  totp_uri: string;
  totp_qr: QrBits;
}

export interface Session {
  account: { id: Id; name: string; login: string };
  community: { id: Id; name: string; zone: string };
  roles: string[];
  today: Day;
  now: Instant;
  demo: boolean;
  language?: string;
}

// ---------- staff: the day ----------

export interface Today {
  as_of: Instant;
  day: Day;
  community: string;
  households: number;
  occupied: number;
  observed: { households: number; persons: number };
  not_reported: {
    left: number;
    due: number;
    window: TimeWindow | null;
    minutes_left: number | null;
    overdue: number;
  };
  reported: Record<Assurance, number>;
  unwell: { household: Id; place: Id; door: string; at: Instant }[];
  on_call: { account: Id; name: string; role: string; phone: string; until: Instant }[];
  gaps: { buildings_in_no_grid: number; households_without_worker: number; grids_understaffed: number };
  last_days: { day: Day; left_at_cutoff: number }[];
}

export type Assurance = 'self' | 'head' | 'remote' | 'voice' | 'seen';
export type CellState = 'safe' | 'due' | 'overdue' | 'alarm' | 'empty' | 'none' | 'released';
/** dwelling, entrance index, floor, column, door, state, households, needs care (0 or 1) */
export type CellRow = [Id, number, number, number, string, CellState, number, number];
export type Counts = Record<string, number>;

export interface BoardBuilding {
  id: Id;
  name: string;
  grid: Id | null;
  floors: number;
  entrances: { id: Id; name: string; lift: boolean; floors: number }[];
  cells: CellRow[];
}

export interface Board {
  seq: number;
  as_of: Instant;
  counts: Counts;
  grids: { id: Id; name: string; head: string | null; left: number }[];
  buildings: BoardBuilding[];
}

export interface BoardCells {
  seq: number;
  as_of: Instant;
  counts: Counts;
  cells: { id: Id; state: CellState }[];
  grids: { id: Id; left: number }[];
  buildings: { id: Id; left: number }[];
}

export interface JournalEvent {
  seq: number;
  kind: string;
  subject: Id;
  dwelling: Id | null;
  building: Id | null;
  at: Instant;
}

// ---------- staff: doors, people ----------

export interface TimelineEntry {
  at: Instant;
  kind: string;
  who: string | null;
  assurance?: Assurance;
  wellbeing?: Wellbeing;
  temperature?: number;
}

export interface Observation {
  id: Id;
  ground: string;
  started_on: Day;
  length: number;
  day_number: number;
  ends_on: Day;
  state: string;
}

export interface HouseholdDetail {
  id: Id;
  label: string;
  people: { id: Id; name: string; age: number | null; sex: string | null; relation: string | null }[];
  phones: { id: Id; number: string; name: string | null }[];
  access_notes: string | null;
  worker: { id: Id; name: string; phone: string } | null;
  deputy: { id: Id; name: string; phone: string } | null;
  observation: Observation | null;
  state: CellState | 'unwell';
  timeline: TimelineEntry[];
}

export interface DwellingDetail {
  id: Id;
  door: string;
  floor: number;
  lift: boolean;
  grid: string | null;
  households: HouseholdDetail[];
}

export interface StaffCheckIn {
  household: Id;
  person?: Id;
  wellbeing: Wellbeing;
  assurance: Assurance;
  channel: 'phone' | 'visit' | 'door_sign' | 'page';
}

export interface Found {
  kind: 'dwelling' | 'household' | 'person' | 'building';
  id: Id;
  dwelling: Id | null;
  title: string;
  subtitle: string;
}

export interface HouseholdRow {
  id: Id;
  dwelling: Id;
  door: string;
  label: string;
  people: number;
  phone: string | null;
  worker: string | null;
  state: CellState | 'unwell';
  day_number: number | null;
}

export interface LinkRow {
  id: Id;
  name: string;
  created_at: Instant;
  proved_at: Instant | null;
  last_used_at: Instant | null;
  revoked_at: Instant | null;
}

export interface NewLink {
  id: Id;
  url: string;
  token: string;
}

export interface Slip {
  household: Id;
  door: string;
  label: string;
  url: string;
  token: string;
}

// ---------- staff: places, people at work ----------

export type PlaceKind = 'community' | 'compound' | 'grid' | 'building' | 'entrance' | 'dwelling' | 'room';

export interface Place {
  id: Id;
  parent: Id | null;
  kind: PlaceKind;
  name: string;
  floors?: number | null;
  lift?: boolean | null;
  counts?: { buildings?: number; entrances?: number; dwellings?: number; households?: number; persons?: number };
}

export interface Gaps {
  buildings_in_no_grid: { id: Id; name: string }[];
  households_without_worker: { id: Id; dwelling: Id; door: string; label: string }[];
  grids: { id: Id; name: string; head: number; cadres: number; members: number; state: 'ok' | 'red' }[];
}

export interface AccountRow {
  id: Id;
  name: string;
  login: string;
  phone: string | null;
  state: 'active' | 'invited' | 'disabled';
  grants: { id: Id; role: string; place: Id; place_name: string; from: Day; until: Day | null }[];
}

export interface ShiftRow {
  id: Id;
  account: Id;
  name: string;
  role: string;
  from: Instant;
  until: Instant;
}

// ---------- staff: import ----------

export type ImportState =
  'reading' | 'mapping' | 'ready' | 'applying' | 'applied' | 'undoing' | 'undone' | 'failed' | 'cancelled';

export interface ImportBatch {
  id: Id;
  kind: 'dwellings' | 'residents';
  file_name: string;
  state: ImportState;
  created_at?: Instant;
  columns: { name: string; sample: string[]; field: string | null }[];
  fields: { field: string; required: boolean }[];
  total: number;
  counts: { new: number; changed: number; same: number; invalid: number };
  preview: { buildings: number; entrances: number; dwellings: number; households: number; persons: number } | null;
  progress: { done: number; total: number } | null;
  error: string | null;
}

export interface ImportRow {
  number: number;
  state: string;
  reason: string | null;
  cells: string[];
}
