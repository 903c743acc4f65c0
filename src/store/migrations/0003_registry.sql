-- Who lives where, how they are reached, who is on duty, and what was imported.

-- A person belongs to the installation, so that moving makes no second one.
CREATE TABLE person (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL, -- personal: name
  sex TEXT NOT NULL, -- personal: name
  born_on TEXT, -- personal: name
  created_at BIGINT NOT NULL,
  salt BYTEA NOT NULL
) {clustered};

-- Identity numbers: only a keyed hash and the last two characters.
CREATE TABLE identifier (
  kind TEXT NOT NULL,
  hash BYTEA NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person (id),
  tail TEXT NOT NULL, -- personal: name
  PRIMARY KEY (kind, hash)
) {clustered};
CREATE INDEX identifier_by_person ON identifier (person_id);

CREATE TABLE residence (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person (id),
  household_id BIGINT NOT NULL,
  relation TEXT NOT NULL,
  from_on TEXT NOT NULL,
  until_on TEXT,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, household_id) REFERENCES household (community_id, id)
) {clustered};
CREATE INDEX residence_by_household ON residence (community_id, household_id);
CREATE INDEX residence_by_person ON residence (person_id);
-- One current residence per person and household.
CREATE UNIQUE INDEX residence_current ON residence (community_id, person_id, household_id)
  WHERE until_on IS NULL;

-- A phone may serve many people, and a household several phones.
CREATE TABLE contact_point (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT COLLATE "C" NOT NULL, -- personal: contact
  PRIMARY KEY (community_id, id)
) {clustered};
CREATE UNIQUE INDEX contact_point_by_value ON contact_point (community_id, kind, value);

CREATE TABLE contact_point_use (
  community_id BIGINT NOT NULL,
  contact_point_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  from_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, household_id, person_id, contact_point_id)
) {clustered};
CREATE INDEX contact_point_use_by_point ON contact_point_use (community_id, contact_point_id);

-- Who is on duty when, and away when.
CREATE TABLE shift (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  from_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX shift_by_time ON shift (community_id, until_at);
CREATE INDEX shift_by_account ON shift (community_id, account_id, until_at);

CREATE TABLE absence (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES account (id),
  from_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX absence_by_time ON absence (community_id, until_at);
CREATE INDEX absence_by_account ON absence (community_id, account_id, until_at);

-- Groups that take over buildings (A27). The leader's grant follows the building.
CREATE TABLE team (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  leader_id BIGINT NOT NULL REFERENCES account (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX team_by_name ON team (community_id, name);
CREATE TABLE team_member (
  community_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES account (id),
  PRIMARY KEY (community_id, team_id, account_id)
);
CREATE TABLE team_building (
  community_id BIGINT NOT NULL,
  place_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  from_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, place_id)
);

-- What a search finds: folded doors, names, pinyin, initials, phone tails. Prefix ranges, no LIKE. The
-- first letter of a key is its kind.
CREATE TABLE search_key (
  community_id BIGINT NOT NULL,
  key TEXT COLLATE "C" NOT NULL, -- personal: name
  subject_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  PRIMARY KEY (community_id, key, subject_id, household_id)
) {clustered};
CREATE INDEX search_key_by_subject ON search_key (community_id, subject_id);

-- Import staging: each row of a file ends in a named state.
CREATE TABLE import_batch (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL, -- personal: name
  file_hash TEXT NOT NULL,
  mapping TEXT NOT NULL,
  header TEXT NOT NULL,
  state TEXT NOT NULL,
  total BIGINT NOT NULL,
  done BIGINT NOT NULL,
  preview TEXT NOT NULL,
  error TEXT,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  job_id BIGINT,
  PRIMARY KEY (community_id, id)
);
-- The rows of the file as they came, some hundred to a chunk, until the batch is applied or given up.
CREATE TABLE import_chunk (
  community_id BIGINT NOT NULL,
  batch_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  content TEXT NOT NULL, -- personal: name
  PRIMARY KEY (community_id, batch_id, number)
);
-- state: new, changed, same, invalid, applied, undone. made: what applying it created (ids) and changed (values before).
CREATE TABLE import_row (
  community_id BIGINT NOT NULL,
  batch_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  cells TEXT NOT NULL, -- personal: name
  state TEXT NOT NULL,
  reason TEXT,
  made TEXT, -- personal: name
  PRIMARY KEY (community_id, batch_id, number)
) {clustered};
CREATE INDEX import_row_by_state ON import_row (community_id, batch_id, state, number);
