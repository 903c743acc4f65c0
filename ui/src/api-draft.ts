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
