-- What a day's hazard is said to be (N29): kept as it was said, the newest counts.
CREATE TABLE hazard_level (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  day TEXT NOT NULL,
  value_tenths BIGINT, -- In tenths of the pack's unit; none where the level itself was said.
  level TEXT NOT NULL,
  said_at BIGINT NOT NULL,
  said_by BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX hazard_level_by_day ON hazard_level (community_id, day, id);

-- Somebody of the ledger is owed one contact in a window of the rule pack (F3); the duty of kind
-- "care_contact" has this row as its subject. state: open, met, late (after the window), excused.
CREATE TABLE care_contact (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  day TEXT NOT NULL,
  window_name TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'met', 'late', 'excused')),
  tick_id BIGINT,
  assurance TEXT,
  reason TEXT,
  opened_at BIGINT NOT NULL,
  closed_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX care_contact_one ON care_contact (community_id, day, window_name, person_id);
CREATE INDEX care_contact_open ON care_contact (community_id, person_id) WHERE state = 'open';

-- occurred_at: when they were heard of, as it was written down; `at` is when it was keyed in. seen_by: who saw
-- the card at the door.
ALTER TABLE care_tick ADD COLUMN occurred_at BIGINT;
ALTER TABLE care_tick ADD COLUMN seen_by BIGINT;
ALTER TABLE care_tick ADD COLUMN assurance TEXT;
