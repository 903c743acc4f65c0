-- Goods on their way to a door: parcels, points that hold them, runs, and every step that was taken.

-- Where goods lie: checkpoints at the gates, the workstation that receives, drop points. outside: on
-- the outer side of the closed loop. path: what it serves.
CREATE TABLE goods_point (
  community_id BIGINT NOT NULL REFERENCES community (id),
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  outside BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  closed_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX goods_point_by_name ON goods_point (community_id, name)
  WHERE closed_at IS NULL;

-- One bag or box. household_id is NULL while nobody knows whose it is; path is then that of the point.
-- code: what is typed where nothing can be scanned. barcode: what its sender printed on it. origin: the
-- order or errand that it comes of, and which bag of it. closed_at: delivered, returned, lost or
-- cancelled. position: in the order of its run. late: it came after its class's last window of the day.
CREATE TABLE parcel (
  community_id BIGINT NOT NULL REFERENCES community (id),
  id BIGINT NOT NULL,
  household_id BIGINT,
  path TEXT COLLATE "C" NOT NULL,
  code TEXT COLLATE "C" NOT NULL,
  barcode TEXT COLLATE "C", -- personal: contact
  class TEXT NOT NULL,
  goods TEXT NOT NULL,
  origin_kind TEXT NOT NULL,
  origin_id BIGINT,
  number BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  volume_ml BIGINT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  point_id BIGINT,
  run_id BIGINT,
  position BIGINT,
  window_from BIGINT,
  due_at BIGINT,
  late BOOLEAN NOT NULL,
  proof TEXT,
  expected_at BIGINT NOT NULL,
  received_at BIGINT,
  disinfected_at BIGINT,
  sorted_at BIGINT,
  out_at BIGINT,
  closed_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX parcel_by_code ON parcel (community_id, code) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX parcel_by_origin_key
  ON parcel (community_id, origin_kind, origin_id, class, number) WHERE origin_id IS NOT NULL;
CREATE INDEX parcel_by_barcode ON parcel (community_id, barcode) WHERE barcode IS NOT NULL;
CREATE INDEX parcel_by_household ON parcel (community_id, household_id, id);
CREATE INDEX parcel_by_path ON parcel (community_id, path) WHERE closed_at IS NULL;
CREATE INDEX parcel_by_run ON parcel (community_id, run_id, position) WHERE run_id IS NOT NULL;
CREATE INDEX parcel_by_receipt ON parcel (community_id, received_at);
CREATE INDEX parcel_by_closing ON parcel (community_id, closed_at);

-- Every step from the order to the door, with who, when and where (D13). at: when it was done (the
-- phone's clock), recorded_at: when this server learnt of it. counterpart: who gave or took it, by word
-- ("courier") or account. action: the key under which a phone sent it.
CREATE TABLE parcel_step (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  parcel_id BIGINT NOT NULL,
  step TEXT NOT NULL,
  at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  point_id BIGINT,
  run_id BIGINT,
  counterpart TEXT,
  reason TEXT,
  action TEXT,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX parcel_step_by_parcel ON parcel_step (community_id, parcel_id, id);
CREATE INDEX parcel_step_by_time ON parcel_step (community_id, step, at);

-- What somebody can carry, and on which side of the closed loop they work.
CREATE TABLE carrier (
  community_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES account (id),
  vehicle TEXT NOT NULL,
  grams BIGINT NOT NULL,
  millilitres BIGINT NOT NULL,
  outside BOOLEAN NOT NULL,
  PRIMARY KEY (community_id, account_id)
);

-- One carrier's way from a point to doors. version: counts changes, so that of two who change it at once
-- one hears of the other. path: all its doors lie below.
CREATE TABLE run (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  carrier_id BIGINT NOT NULL REFERENCES account (id),
  state TEXT NOT NULL,
  from_point_id BIGINT,
  leave_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  helpers BIGINT NOT NULL,
  flights BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  left_at BIGINT,
  closed_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX run_by_carrier ON run (community_id, carrier_id, leave_at);
CREATE INDEX run_by_time ON run (community_id, leave_at);

-- Opens one run on a phone; what it shows is gone when it expires.
CREATE TABLE run_link (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  run_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  token_hash BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  opened_at BIGINT,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX run_link_by_hash ON run_link (token_hash);
CREATE INDEX run_link_by_run ON run_link (community_id, run_id);

-- What phones sent, by the key they gave it: the same action twice counts once, also after the answers
-- that were kept are gone. undone_by: the key of the action that took it back.
CREATE TABLE run_action (
  community_id BIGINT NOT NULL,
  key TEXT NOT NULL,
  run_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  undone_by TEXT,
  PRIMARY KEY (community_id, key)
);
CREATE INDEX run_action_by_run ON run_action (community_id, run_id);

-- A picture of goods at a door, as the phone made it small and without what cameras add.
CREATE TABLE delivery_photo (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  run_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  key TEXT NOT NULL,
  picture BYTEA NOT NULL, -- personal: door
  at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX delivery_photo_by_run ON delivery_photo (community_id, run_id, household_id);
CREATE UNIQUE INDEX delivery_photo_by_key ON delivery_photo (community_id, key);

-- How far an order or errand has come: to be joined by whoever keeps orders.
CREATE VIEW parcels_of_origin AS
  SELECT community_id, origin_kind, origin_id, count(*) AS parcels,
    count(*) FILTER (WHERE received_at IS NOT NULL) AS received,
    count(*) FILTER (WHERE state = 'delivered') AS delivered,
    count(*) FILTER (WHERE state = 'returned') AS returned,
    count(*) FILTER (WHERE state = 'cancelled') AS cancelled,
    count(*) FILTER (WHERE closed_at IS NULL) AS open,
    min(due_at) AS due_at
  FROM parcel WHERE origin_id IS NOT NULL GROUP BY community_id, origin_kind, origin_id;
