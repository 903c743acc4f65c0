-- What surrounds an order: shops nearby, errands that are bought, loans, files to print, offers to
-- neighbours, menus, guides and lessons, how long food lasts, kits and their stock, programmes, groups.

-- Sorted before ordinary purchases: somebody ill eats it (D23).
ALTER TABLE need ADD COLUMN diet BOOLEAN NOT NULL DEFAULT FALSE; -- personal: health
-- The words and the note are dropped after the pack's days; what came of it stays.
ALTER TABLE need ADD COLUMN words_dropped_at BIGINT;
CREATE INDEX need_decided ON need (community_id, decided_at)
  WHERE words_dropped_at IS NULL AND state IN ('done', 'declined', 'cancelled');

-- What became of a need, one row a decision: its timeline (D13, D18).
CREATE TABLE need_step (
  community_id BIGINT NOT NULL,
  need_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  PRIMARY KEY (community_id, need_id, version)
);

-- A basket belongs to a programme whose owner is named (D7). 0: to none.
ALTER TABLE basket ADD COLUMN programme_id BIGINT NOT NULL DEFAULT 0;
CREATE TABLE programme (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  owner TEXT NOT NULL, -- The organisation that runs it.
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX programme_by_name ON programme (community_id, name);
CREATE TABLE programme_helper (
  community_id BIGINT NOT NULL,
  programme_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  PRIMARY KEY (community_id, programme_id, account_id)
);

-- A file of a need (papers to print): for whom it is given to alone, and gone once it is done (D22).
CREATE TABLE need_file (
  community_id BIGINT NOT NULL,
  need_id BIGINT NOT NULL,
  media TEXT NOT NULL,
  bytes BYTEA NOT NULL, -- personal: health
  at BIGINT NOT NULL,
  PRIMARY KEY (community_id, need_id)
);

-- Who was asked to bring something, nearest first (D26). ring: 0 the same building, 1 the same place
-- above it, 2 everybody. state: open, accepted, declined, gone (somebody else took it, or it was decided).
CREATE TABLE need_offer (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  need_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  ring BIGINT NOT NULL,
  state TEXT NOT NULL,
  offered_at BIGINT NOT NULL,
  answered_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX need_offer_one ON need_offer (community_id, need_id, account_id);
CREATE INDEX need_offer_open ON need_offer (community_id, offered_at) WHERE state = 'open';
CREATE INDEX need_offer_by_account ON need_offer (community_id, account_id) WHERE state = 'open';

-- A thing that somebody gives or lends (D21). kind: loan, gift. state: lent, returned, given, lost.
-- lender: in their own words, where they have no account.
CREATE TABLE loan (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  need_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  lender_id BIGINT NOT NULL,
  lender TEXT NOT NULL, -- personal: name
  thing TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  due_at BIGINT,
  at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (community_id, id)
);

-- The four groups of the field; their queues are read from what is owed (A30).
CREATE TABLE group_lead (
  community_id BIGINT NOT NULL,
  word TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, word)
);

-- Minutes since midnight, local time; closed: shut whatever the hours say (D19).
CREATE TABLE shop (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  phone TEXT NOT NULL, -- personal: contact
  place TEXT NOT NULL,
  opens BIGINT NOT NULL,
  closes BIGINT NOT NULL,
  closed BOOLEAN NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX shop_by_name ON shop (community_id, name);

-- The step "bought at a shop" of an errand, with what it cost and its receipt (D18).
CREATE TABLE errand_purchase (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  need_id BIGINT NOT NULL,
  shop_id BIGINT NOT NULL,
  thing TEXT NOT NULL, -- personal: money
  fen BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  receipt BYTEA, -- personal: money
  at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX errand_purchase_by_need ON errand_purchase (community_id, need_id);

-- What is cooked or sold on a day (D8). kind: a key of the pack's supply.menu_kinds.
CREATE TABLE menu_dish (
  community_id BIGINT NOT NULL,
  day TEXT NOT NULL,
  number BIGINT NOT NULL,
  dish TEXT NOT NULL,
  kind TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  PRIMARY KEY (community_id, day, number)
);

-- How to order with an app oneself (D15), and who opened it.
CREATE TABLE guide (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  app TEXT NOT NULL,
  steps TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX guide_by_app ON guide (community_id, app);
CREATE TABLE guide_read (
  community_id BIGINT NOT NULL,
  guide_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (community_id, guide_id, household_id)
);
-- A lesson in ordering online (D16), and who came.
CREATE TABLE lesson (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  topic TEXT NOT NULL,
  channel TEXT NOT NULL,
  at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE TABLE lesson_attendee (
  community_id BIGINT NOT NULL,
  lesson_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  shops BOOLEAN NOT NULL,
  PRIMARY KEY (community_id, lesson_id, household_id)
);

-- Until when what a household has to eat lasts, as it last said (D33, F8).
CREATE TABLE supply_level (
  community_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  until_on TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  PRIMARY KEY (community_id, household_id)
);

-- Goods of the community's own, by double entry: what leaves one place arrives at another. place: store,
-- household, supplier, loss. Postings of an entry sum to nothing for each item. kind: received, issued,
-- returned, counted.
CREATE TABLE kit (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX kit_by_name ON kit (community_id, name);
CREATE TABLE kit_part (
  community_id BIGINT NOT NULL,
  kit_id BIGINT NOT NULL,
  item TEXT NOT NULL,
  qty BIGINT NOT NULL,
  PRIMARY KEY (community_id, kit_id, item)
);
CREATE TABLE stock_entry (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  kit_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  note TEXT NOT NULL, -- personal: case
  at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE TABLE stock_posting (
  community_id BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  place TEXT NOT NULL,
  owner_id BIGINT NOT NULL,
  item TEXT NOT NULL,
  qty BIGINT NOT NULL,
  PRIMARY KEY (community_id, entry_id, number)
);
CREATE INDEX stock_posting_by_item ON stock_posting (community_id, place, item);
