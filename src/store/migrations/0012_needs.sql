-- What people ask for, in their own words; the cycles in which goods are collected; one order per
-- household and cycle.

-- household_id 0: no door that is known was named. origin: resident, worker, proxy (somebody took it
-- down for them), third_party (the sender is not the receiver). state: waiting (nobody has decided),
-- asked_back (the household has to answer), accepted (somebody owes it), done, declined, cancelled.
-- unread: pieces of the text that nobody has read yet. note, note_media: a photo or a spoken note that
-- is the whole request; until somebody has typed what it says, unread is 1 and text is NULL.
CREATE TABLE need (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  origin TEXT NOT NULL,
  asked_by BIGINT NOT NULL,
  sender_household BIGINT NOT NULL,
  sender TEXT NOT NULL, -- personal: name
  channel TEXT NOT NULL,
  class TEXT NOT NULL,
  service TEXT NOT NULL,
  urgency TEXT NOT NULL,
  sign TEXT NOT NULL, -- personal: health
  text TEXT, -- personal: health
  note BYTEA, -- personal: health
  note_media TEXT,
  unread BIGINT NOT NULL,
  need_by BIGINT,
  due_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  answer TEXT NOT NULL, -- personal: health
  relay_id BIGINT NOT NULL,
  relay_row TEXT NOT NULL, -- personal: door
  gone BOOLEAN NOT NULL,
  order_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  decided_at BIGINT,
  decided_by BIGINT,
  PRIMARY KEY (community_id, id)
);
-- gone: the relay was posted again without this row; it is a question, no cancellation.
CREATE INDEX need_open ON need (community_id, due_at, id) WHERE state IN ('waiting', 'asked_back');
CREATE INDEX need_accepted ON need (community_id, order_id) WHERE state = 'accepted';
CREATE INDEX need_by_household ON need (community_id, household_id, id);
CREATE INDEX need_by_relay ON need (community_id, relay_id, relay_row) WHERE relay_id > 0;
CREATE INDEX need_by_path ON need (community_id, path);

-- What was made of the text. qty: thousandths of the unit; NULL: not said, the household is asked.
-- state: read, ask_back (how much?), too_much (over the household's limit).
CREATE TABLE need_line (
  community_id BIGINT NOT NULL,
  need_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  name TEXT NOT NULL, -- personal: money
  canonical TEXT NOT NULL,
  qty BIGINT,
  unit TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (community_id, need_id, number)
);

-- The newest words of a relay (接龙): what a repost is compared with.
CREATE TABLE relay (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  title TEXT NOT NULL, -- personal: door
  text TEXT NOT NULL, -- personal: health
  posts BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);

-- A collection and the drop it is for; made from the rule pack when its first order or its time comes.
-- state: open, closed (bought for), done.
CREATE TABLE cycle (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  opens_at BIGINT NOT NULL,
  cut_off_at BIGINT NOT NULL,
  drop_from BIGINT NOT NULL,
  drop_until BIGINT NOT NULL,
  state TEXT NOT NULL,
  closed_at BIGINT,
  closed_by BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX cycle_by_cut_off ON cycle (community_id, cut_off_at);

-- kind: isolated (under observation when it was made), neighbour. on_behalf: the account that took it
-- down for somebody. state: open, closed, bought, cancelled, delivered.
CREATE TABLE customer_order (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  cycle_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  kind TEXT NOT NULL,
  on_behalf BIGINT NOT NULL,
  diet BOOLEAN NOT NULL, -- personal: health
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX customer_order_one ON customer_order (community_id, cycle_id, household_id);
CREATE INDEX customer_order_by_household ON customer_order (community_id, household_id, id);

-- In trade units (斤 for everything weighed), thousandths. granted: what the purchase brings, NULL
-- until it is known; who sells it and for how much stands in the purchase. state: ordered, cancelled,
-- granted (all of it), short (less), replaced, out_of_stock, returned.
CREATE TABLE order_line (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  cycle_id BIGINT NOT NULL,
  need_id BIGINT NOT NULL,
  name TEXT NOT NULL, -- personal: money
  canonical TEXT NOT NULL,
  unit TEXT NOT NULL,
  qty BIGINT NOT NULL,
  granted BIGINT,
  instead TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX order_line_by_order ON order_line (community_id, order_id);
CREATE INDEX order_line_by_cycle ON order_line (community_id, cycle_id, canonical, unit);
CREATE INDEX order_line_by_need ON order_line (community_id, need_id);

-- One tap orders it: what is in it is copied into the order.
CREATE TABLE basket (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  price_fen BIGINT NOT NULL,
  offered BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE TABLE basket_line (
  community_id BIGINT NOT NULL,
  basket_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  name TEXT NOT NULL,
  canonical TEXT NOT NULL,
  qty BIGINT NOT NULL,
  unit TEXT NOT NULL,
  PRIMARY KEY (community_id, basket_id, number)
);

-- The collecting round before a cut-off (D14). outcome: ordered, nothing, absent.
CREATE TABLE collecting_visit (
  community_id BIGINT NOT NULL,
  cycle_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  PRIMARY KEY (community_id, cycle_id, household_id)
);
