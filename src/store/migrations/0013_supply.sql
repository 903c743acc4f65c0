-- Who sells, for how much; what is bought for a cycle; what is owed and paid.

CREATE TABLE supplier (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  closed_at BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX supplier_by_name ON supplier (community_id, name) WHERE closed_at IS NULL;

-- A supplier's page opens with this; the token itself is kept nowhere.
CREATE TABLE supplier_link (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  supplier_id BIGINT NOT NULL,
  token_hash BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  revoked_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX supplier_link_by_hash ON supplier_link (token_hash);

-- For one unit, in fen. market_fen: what a shop asks for the same; NULL where nobody looked. stock:
-- thousandths of the unit that there are; NULL: as many as are wanted.
CREATE TABLE price (
  community_id BIGINT NOT NULL,
  supplier_id BIGINT NOT NULL,
  canonical TEXT NOT NULL,
  unit TEXT NOT NULL,
  price_fen BIGINT NOT NULL,
  market_fen BIGINT,
  stock BIGINT,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, supplier_id, canonical, unit)
);
CREATE INDEX price_by_good ON price (community_id, canonical, unit, price_fen);

-- The sheet of one supplier for one cycle. supplier_id 0: what nobody sells; a person finds a shop.
-- state: sent, answered, settled (money is booked, parcels are expected).
CREATE TABLE purchase (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  cycle_id BIGINT NOT NULL,
  supplier_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  settled_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX purchase_one ON purchase (community_id, cycle_id, supplier_id);

-- qty: the sum of the order lines. supplied: what comes; NULL while the supplier has not said.
-- answer: open, accepted, replaced, out_of_stock.
CREATE TABLE purchase_line (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  purchase_id BIGINT NOT NULL,
  canonical TEXT NOT NULL,
  unit TEXT NOT NULL,
  qty BIGINT NOT NULL,
  orders BIGINT NOT NULL,
  price_fen BIGINT,
  market_fen BIGINT,
  answer TEXT NOT NULL,
  supplied BIGINT,
  instead TEXT NOT NULL,
  answered_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX purchase_line_one ON purchase_line (community_id, purchase_id, canonical, unit);

-- Double entry: the postings of an entry sum to 0. kind: purchase, charge, payment, outlay, repayment,
-- return, correction. Nothing is changed or removed; what was wrong is corrected by a further entry.
CREATE TABLE ledger_entry (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  order_id BIGINT NOT NULL,
  corrects BIGINT NOT NULL,
  note TEXT NOT NULL, -- personal: money
  at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX ledger_entry_by_order ON ledger_entry (community_id, order_id) WHERE order_id > 0;
CREATE UNIQUE INDEX ledger_entry_corrected ON ledger_entry (community_id, corrects)
  WHERE corrects > 0;
-- account: household (what it owes), helper (what is owed to it, negative), supplier (negative: owed
-- to it), cash. owner_id: which household, account or supplier; 0 for cash. amount_fen: debit above 0.
CREATE TABLE ledger_posting (
  community_id BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  account TEXT NOT NULL,
  owner_id BIGINT NOT NULL,
  amount_fen BIGINT NOT NULL,
  PRIMARY KEY (community_id, entry_id, number)
);
CREATE INDEX ledger_posting_by_owner ON ledger_posting (community_id, account, owner_id);
