/** Names for the shapes of the HTTP interface, as the program itself declares them in api.d.ts. */
import type { Api, Id, Instant } from '../api';

export type { Day, Id, Instant, Problem } from '../api';

type Answer<Call extends keyof Api> = Api[Call]['response'];
type Asked<Call extends keyof Api> = Api[Call]['request'];
type Row<List> = List extends { rows: Array<infer One> } ? One : never;
type Item<List> = List extends Array<infer One> ? One : never;

export interface Page<One> {
  rows: One[];
  next?: string;
}

/** One entry of the stream /api/v1/events. */
export interface JournalEvent {
  seq: number;
  kind: string;
  subject: Id;
  dwelling?: Id;
  building?: Id;
  at: Instant;
}

// ---------- resident ----------
export type Home = Answer<'GET /api/v1/home'>;
export type CheckInRequest = Asked<'POST /api/v1/check-ins'>;
export type CheckInReceipt = Answer<'POST /api/v1/check-ins'>;
export type Symptom = Item<NonNullable<CheckInRequest['symptoms']>>;

export type NeedsHome = Answer<'GET /api/v1/needs/mine'>;
export type MyNeed = Item<NeedsHome['needs']>;
export type TextRead = Answer<'POST /api/v1/needs/read'>;
export type AskReceipt = Answer<'POST /api/v1/needs'>;

// ---------- desk: needs and purchase ----------
export type NeedRow = Row<Answer<'GET /api/v1/needs'>>;
export type NeedDetail = Answer<'GET /api/v1/needs/{need}'>;
export type NeedLine = Item<NonNullable<NeedDetail['lines']>>;
export type Decision = Asked<'POST /api/v1/needs/{need}/decide'>['decision'];
export type Decided = Answer<'POST /api/v1/needs/{need}/decide'>;
export type Inbox = Answer<'GET /api/v1/inbox'>;
export type RelayRead = Answer<'POST /api/v1/relays/read'>;
export type RelayPosted = Answer<'POST /api/v1/relays'>;
export type RelayRow = Row<RelayRead>;
export type CycleRow = Row<Answer<'GET /api/v1/cycles'>>;
export type CycleDetail = Answer<'GET /api/v1/cycles/{cycle}'>;
export type SheetRow = Row<Answer<'GET /api/v1/cycles/{cycle}/sheet'>>;
export type OrderLineRow = Row<Answer<'GET /api/v1/cycles/{cycle}/lines'>>;
export type OrderShown = Answer<'GET /api/v1/orders/{order}'>;
export type ErrandSteps = Answer<'GET /api/v1/needs/{need}/steps'>;
export type SupplierRow = Row<Answer<'GET /api/v1/suppliers'>>;
export type SupplierSheet = Answer<'POST /api/v1/supplier/sheet'>;
export type BalanceRow = Row<Answer<'GET /api/v1/ledger'>>;
export type Account = Answer<'GET /api/v1/households/{household}/ledger'>;
export type PaymentClaimRow = Row<Answer<'GET /api/v1/payment-claims'>>;
export type Payments = Answer<'GET /api/v1/payments/mine'>;
export type PaymentClaim = Asked<'POST /api/v1/payment-claims'>;
export type GroupRow = Row<Answer<'GET /api/v1/groups'>>;
export type GroupQueue = Answer<'GET /api/v1/groups/{group}/queue'>;
export type SupplyLevels = Answer<'GET /api/v1/supplies'>;
export type SuppliesSaid = Answer<'POST /api/v1/supplies'>;
export type Stock = Answer<'GET /api/v1/stock'>;
export type SourceRow = Row<Answer<'GET /api/v1/people/{person}/sources'>>;
export type LoanRow = Row<Answer<'GET /api/v1/loans'>>;
export type WordRow = Row<Answer<'GET /api/v1/words'>>;
export type ShopRow = Row<Answer<'GET /api/v1/shops'>>;
export type MenuDays = Answer<'GET /api/v1/menus'>;
export type MenuWeighed = Answer<'POST /api/v1/menus'>;
export type Guides = Answer<'GET /api/v1/guides'>;
export type Lessons = Answer<'GET /api/v1/lessons'>;
export type Programmes = Answer<'GET /api/v1/programmes'>;
export type DoorFound = Answer<'POST /api/v1/doors/resolve'>;
export type OfferRow = Row<Answer<'GET /api/v1/offers'>>;
export type CollectingRound = Answer<'GET /api/v1/collecting-round'>;

/** What anybody learns of a letter of release. */
export type LetterAnswer = Answer<'GET /api/v1/letters/{code}'>;
export type Thread = Answer<'GET /api/v1/messages'>;
export type Trusted = Row<Answer<'GET /api/v1/trusted'>>;

// ---------- desk: session and the day ----------
export type Status = Answer<'GET /api/v1/status'>;
export type Session = Answer<'GET /api/v1/session'>;
export type TotpSetup = Answer<'POST /api/v1/setup'>;
export type Today = Answer<'GET /api/v1/today'>;
export type Assurance = keyof Today['reported'];
export type DayHistory = Answer<'GET /api/v1/today/history'>;
export type Counts = Answer<'GET /api/v1/counts'>;
export type ObservationCounts = Answer<'GET /api/v1/observations/counts'>;
export type Board = Answer<'GET /api/v1/board'>;
export type BoardBuilding = Item<Board['buildings']>;
export type BoardCells = Answer<'GET /api/v1/board/cells'>;
export type CellState = Item<BoardCells['cells']>['s'];

export type DutyDoors = Answer<'GET /api/v1/board/duties'>;
export type DutyRow = Row<Answer<'GET /api/v1/duties'>>;
export type DutyOutcome = Asked<'POST /api/v1/duties/{duty}/end'>['outcome'];
export type CallRound = Answer<'GET /api/v1/call-round'>;
export type CallRow = Row<CallRound>;
export type OnCall = Row<Answer<'GET /api/v1/on-call'>>;
export type Closing = Answer<'GET /api/v1/closings/{closing}'>;
export type ClosingRow = Row<Answer<'GET /api/v1/closings'>>;

// ---------- desk: doors ----------
export type DwellingDetail = Answer<'GET /api/v1/dwellings/{dwelling}'>;
export type HouseholdDetail = Item<DwellingDetail['households']>;
export type AddedPerson = Answer<'POST /api/v1/households/{household}/people'>;
export type PersonDetail = Item<NonNullable<HouseholdDetail['people']>>;
export type Report = Item<HouseholdDetail['reports']>;
export type Observation = NonNullable<HouseholdDetail['observation']>;
export type Ground = Item<Observation['grounds']>;
export type OpenObservation = Asked<'POST /api/v1/observations'>;
export type ObservationOpened = Answer<'POST /api/v1/observations'>;
export type EndReason = Asked<'POST /api/v1/observations/{observation}/end'>['reason'];
export type HouseholdEdit = Asked<'POST /api/v1/households/{household}'>;
export type HouseholdRow = Row<Answer<'GET /api/v1/households'>>;
export type LinkRow = Row<Answer<'GET /api/v1/households/{household}/links'>>;
export type NewLink = Answer<'POST /api/v1/households/{household}/links'>;
export type Slip = Row<Answer<'POST /api/v1/places/{place}/links'>>;
export type Found = Row<Answer<'POST /api/v1/search'>>;

// ---------- desk: places and staff ----------
export type Reach = Answer<'GET /api/v1/reach'>;
export type AddressProof = Answer<'POST /api/v1/reach/proofs'>;
export type Paper = Row<Answer<'GET /api/v1/papers'>>;
export type Place = Row<Answer<'GET /api/v1/places'>>;
export type Gaps = Answer<'GET /api/v1/gaps'>;
export type AccountRow = Row<Answer<'GET /api/v1/accounts'>>;
export type Arrival = Row<Answer<'GET /api/v1/arrivals'>>;
export type Departures = Answer<'GET /api/v1/transfers'>;
export type ShiftRow = Row<Answer<'GET /api/v1/shifts'>>;
export type TeamRow = Row<Answer<'GET /api/v1/teams'>>;

// ---------- goods on their way ----------
/** Who carries a run reads its doors. */
export type RunStop = Item<Answer<'GET /api/v1/run'>['stops']> & { door: string };
export type RunSheet = Omit<Answer<'GET /api/v1/run'>, 'stops'> & { stops: RunStop[] };
export type RunActionRequest = Asked<'POST /api/v1/run/actions'>;
export type GoodsToday = Answer<'GET /api/v1/goods'>;
export type GoodsBoard = Answer<'GET /api/v1/board/goods'>;
export type CareDeliveries = Answer<'GET /api/v1/goods/care'>;
export type RunTimeline = Answer<'GET /api/v1/runs/{run}/timeline'>;
export type AudioNotice = Row<Answer<'GET /api/v1/audio-notices'>>;
export type AccessNeeds = Required<NonNullable<HouseholdDetail['access']>>;
export type Language = Required<AccessNeeds>['language'];
export type OwnSignIn = Answer<'GET /api/v1/sessions'>;
export type Handout = Answer<'GET /api/v1/places/{place}/handout'>;
export type DoorSlips = Answer<'GET /api/v1/places/{place}/door-slips'>;
export type GoodsFigures = Answer<'GET /api/v1/goods/figures'>;
export type ParcelRow = Row<Answer<'GET /api/v1/parcels'>>;
export type ParcelShown = Answer<'GET /api/v1/parcels/{parcel}'>;
export type Received = Answer<'POST /api/v1/parcels/receive'>;
export type Sorted = Answer<'POST /api/v1/parcels/sort'>;
export type Bin = Row<Answer<'GET /api/v1/manifest'>>;
export type Label = Item<Answer<'POST /api/v1/parcels/labels'>['labels']>;
export type RunRow = Row<Answer<'GET /api/v1/runs'>>;
export type RunDraft = Answer<'POST /api/v1/runs/draft'>;
export type Carriers = Answer<'GET /api/v1/carriers'>;
export type Shuttles = Answer<'GET /api/v1/shuttles'>;
export type ShuttleRow = Row<Shuttles>;
export type ShuttleSite = Item<Shuttles['sites']>;
export type ShuttleDraft = Item<Answer<'POST /api/v1/shuttles/draft'>['shuttles']>;
export type RunLink = Answer<'POST /api/v1/runs/{run}/link'>;
export type HomeParcels = Answer<'GET /api/v1/home/parcels'>;

// ---------- desk: backups ----------
export type Backup = Row<Answer<'GET /api/v1/backups'>>;
export type BackupState = Answer<'GET /api/v1/backups/state'>;

// ---------- desk: what people may ask about themselves ----------
export type ErasureRow = Row<Answer<'GET /api/v1/erasures'>>;
export type ExportReason = Asked<'POST /api/v1/exports/permits'>['reason'];
export type Exported = Answer<'GET /api/v1/exports'>;
export type Bulletin = Answer<'GET /api/v1/bulletin'>;
export type SubjectRequest = Row<Answer<'GET /api/v1/requests'>>;
export type Suspicion = Row<Answer<'GET /api/v1/suspicions'>>;
export type SuspicionCounts = Answer<'GET /api/v1/suspicions/counts'>;
export type AccountKind = Asked<'POST /api/v1/suspicions/{suspicion}/account'>['kind'];
export type Verdict = Asked<'POST /api/v1/suspicions/{suspicion}/decide'>['verdict'];
export type ErasedForRequest = Answer<'POST /api/v1/requests/{request}/erase'>;
export type SubjectRequestKind = SubjectRequest['kind'];
export type DataFile = Answer<'GET /api/v1/requests/{request}/file'>;
export type Looks = Answer<'GET /api/v1/looks'>;
export type Consents = Answer<'GET /api/v1/consents'>;
export type Revealed = Answer<'POST /api/v1/households/{household}/reveal'>;
export type ErasureShown = Answer<'GET /api/v1/erasures/{erasure}'>;
export type PrivacyReport = Answer<'GET /api/v1/privacy'>;

// ---------- desk: import ----------
export type ImportBatch = Answer<'GET /api/v1/imports/{import}'>;
export type ImportState = ImportBatch['state'];
export type ImportKind = ImportBatch['kind'];
export type ImportListed = Row<Answer<'GET /api/v1/imports'>>;
export type ImportRow = Row<Answer<'GET /api/v1/imports/{import}/rows'>>;

// ---------- desk: after the days, and who needs somebody's eye ----------
export type Stages = Answer<'GET /api/v1/observations/stages'>;
export type RollCall = Answer<'GET /api/v1/roll-call'>;
export type Group = Answer<'GET /api/v1/group'>;
export type LightCounts = Answer<'GET /api/v1/lights'>;
export type ContactFree = Answer<'GET /api/v1/contact-free'>;
export type HouseholdTimeline = Answer<'GET /api/v1/households/{household}/timeline'>;
export type OpeningDoors = Answer<'POST /api/v1/openings/doors'>;
export type OpenedHousehold = Answer<'POST /api/v1/openings'>;
export type OpeningReason = Asked<'POST /api/v1/openings'>['reason'];
export type OpeningRow = Row<Answer<'GET /api/v1/openings'>>;
export type OpeningVerdict = Asked<'POST /api/v1/openings/{opening}/review'>['verdict'];
export type Control = Item<NonNullable<HouseholdDetail['controls']>>;
export type Completed = Row<Answer<'GET /api/v1/observations/completed'>>;
export type Diary = Answer<'GET /api/v1/households/{household}/diary'>;
export type AreaStatus = Answer<'GET /api/v1/places/{place}/status'>;
export type Ledger = Answer<'GET /api/v1/care'>;
export type LedgerRow = Row<Ledger>;
export type Overlooked = Answer<'GET /api/v1/care/overlooked'>;
export type OverlookedRow = Item<Overlooked['flagged']>;
export type CareDay = Answer<'GET /api/v1/care/day'>;
export type CareLevel = CareDay['today'];
export type CareWindow = Item<CareDay['windows']>;
export type CareContact = Row<CareDay>;
export type LevelSaid = Answer<'POST /api/v1/care/level'>;
export type RulesLoaded = Answer<'POST /api/v1/rules'>;
export type Ticked = Answer<'POST /api/v1/care/{person}/ticks'>;
