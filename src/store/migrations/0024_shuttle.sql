-- Shuttles between designated shops and the compound (E19), and where those lie.

-- Metres east and north of the receiving point. kind "shop": goods are taken up there and never lie there.
ALTER TABLE goods_point ADD COLUMN east_m BIGINT NOT NULL DEFAULT 0;
ALTER TABLE goods_point ADD COLUMN north_m BIGINT NOT NULL DEFAULT 0;

-- One carrier's way from shops to points. state: planned, out, done, cancelled. version: counts changes,
-- so that of two who change it at once one hears of the other. grams: the most that is on board at once.
-- path: all that it brings is for below.
CREATE TABLE shuttle (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  carrier_id BIGINT NOT NULL REFERENCES account (id),
  state TEXT NOT NULL,
  leave_at BIGINT NOT NULL,
  metres BIGINT NOT NULL,
  grams BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  closed_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX shuttle_by_time ON shuttle (community_id, leave_at);

-- kind: pickup (at a shop), drop (at a point). then_point_id: where what is dropped goes on to by a
-- hand-over, where the carrier may not cross the boundary of the closed loop.
CREATE TABLE shuttle_stop (
  community_id BIGINT NOT NULL,
  shuttle_id BIGINT NOT NULL,
  position BIGINT NOT NULL,
  kind TEXT NOT NULL,
  point_id BIGINT NOT NULL,
  then_point_id BIGINT,
  at BIGINT NOT NULL,
  done_at BIGINT,
  done_by BIGINT,
  PRIMARY KEY (community_id, shuttle_id, position)
);

-- state: planned, taken, dropped, missing (it was not at the shop), cancelled. pickup and drop_at: the
-- positions of its two stops.
CREATE TABLE shuttle_bag (
  community_id BIGINT NOT NULL,
  shuttle_id BIGINT NOT NULL,
  parcel_id BIGINT NOT NULL,
  pickup BIGINT NOT NULL,
  drop_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (community_id, shuttle_id, parcel_id)
);
CREATE UNIQUE INDEX shuttle_bag_one ON shuttle_bag (community_id, parcel_id)
  WHERE state IN ('planned', 'taken');

-- A kit whose parcel went back or was lost: the entry that issued it; 0 for every other entry.
ALTER TABLE stock_entry ADD COLUMN returns BIGINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX stock_entry_returned ON stock_entry (community_id, returns) WHERE returns > 0;
