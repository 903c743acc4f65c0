-- The ledger of people who need somebody's eye (F1): one row for each, followed by somebody by name.
CREATE TABLE care_person (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person (id),
  household_id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  follower_id BIGINT NOT NULL REFERENCES account (id),
  categories TEXT NOT NULL, -- personal: health
  note TEXT NOT NULL, -- personal: health
  verified_on TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  opened_by BIGINT NOT NULL,
  food_on TEXT,
  medicine_on TEXT, -- personal: health
  ticked_at BIGINT,
  closed_at BIGINT,
  end_reason TEXT,
  PRIMARY KEY (community_id, id)
);
-- categories: words with a blank between them, each once. food_on, medicine_on: the first day on which
-- there is none left, as was last said. ticked_at: when somebody last heard of them.
CREATE UNIQUE INDEX care_person_open ON care_person (community_id, person_id)
  WHERE closed_at IS NULL;
CREATE INDEX care_person_by_path ON care_person (community_id, path) WHERE closed_at IS NULL;

-- One call or visit of the day (F3, F11). Several a day are kept.
CREATE TABLE care_tick (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  outcome TEXT NOT NULL, -- personal: health
  channel TEXT NOT NULL,
  food_days BIGINT,
  medicine_days BIGINT, -- personal: health
  note TEXT NOT NULL, -- personal: health
  at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX care_tick_by_person ON care_tick (community_id, person_id, at);
CREATE INDEX care_tick_by_household ON care_tick (community_id, household_id, at);

-- How long a call, a video call or a visit took (C10).
ALTER TABLE check_in ADD COLUMN duration_seconds BIGINT;
