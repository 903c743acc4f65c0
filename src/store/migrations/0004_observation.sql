-- Observation of a household, its grounds, and every report inside it.

CREATE TABLE observation (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  ordered BOOLEAN NOT NULL,
  first_day TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  opened_by BIGINT NOT NULL,
  ended_at BIGINT,
  end_reason TEXT,
  reported_at BIGINT NOT NULL,
  whole_at BIGINT NOT NULL,
  assurance TEXT,
  heard_at BIGINT NOT NULL,
  unwell_at BIGINT NOT NULL,
  seen_at BIGINT,
  seen_by BIGINT,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, household_id) REFERENCES household (community_id, id)
);
-- One open row per household; what follows from its open grounds stands in ordered (one of them is
-- no free choice), first_day (the earliest) and ends_on (the latest). reported_at: since when
-- everybody at home is covered, 0 before the first; whole_at: the last report for all at once;
-- assurance: of the last report; heard_at: the last voice or sight. unwell_at: of the last report
-- that asks for a call back; seen_at: when a worker took it up.
CREATE UNIQUE INDEX observation_open ON observation (community_id, household_id)
  WHERE ended_at IS NULL;
CREATE INDEX observation_open_by_path ON observation (community_id, path)
  WHERE ended_at IS NULL;

-- Why, for whom and how long: person_id 0 is everybody in the household. Several stand side by side.
CREATE TABLE observation_ground (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  observation_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  ground TEXT NOT NULL, -- personal: health
  source TEXT NOT NULL,
  started_on TEXT NOT NULL, -- personal: health
  length_days BIGINT NOT NULL,
  first_day TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  ended_at BIGINT,
  end_reason TEXT,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, observation_id) REFERENCES observation (community_id, id)
);
CREATE UNIQUE INDEX observation_ground_open
  ON observation_ground (community_id, household_id, person_id, ground) WHERE ended_at IS NULL;
CREATE INDEX observation_ground_by_end ON observation_ground (community_id, ends_on)
  WHERE ended_at IS NULL;
CREATE INDEX observation_ground_by_observation
  ON observation_ground (community_id, observation_id);

-- Longer, shorter, from the start again: the end before and after, who and why (C3).
CREATE TABLE observation_change (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  ground_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  ends_on_before TEXT NOT NULL,
  ends_on_after TEXT NOT NULL,
  reason TEXT NOT NULL, -- personal: case
  at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX observation_change_by_ground ON observation_change (community_id, ground_id);

-- The last report that named one person; one for the whole household is in the observation.
CREATE TABLE member_report (
  community_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  reported_at BIGINT NOT NULL,
  heard_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, household_id, person_id)
);

CREATE TABLE check_in (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  person_id BIGINT,
  observation_id BIGINT,
  wellbeing TEXT NOT NULL, -- personal: health
  temperature BIGINT, -- personal: health
  no_thermometer BOOLEAN NOT NULL,
  symptoms TEXT NOT NULL, -- personal: health
  assurance TEXT NOT NULL,
  channel TEXT NOT NULL,
  reported_by BIGINT NOT NULL,
  occurred_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  clock_off BIGINT,
  PRIMARY KEY (community_id, id)
);
-- clock_off: the device's clock less the server's when it was sent, in milliseconds.
CREATE INDEX check_in_by_household ON check_in (community_id, household_id, recorded_at);
CREATE INDEX check_in_by_time ON check_in (community_id, recorded_at, assurance);
-- All of a household's, ended ones included: the board tells "released" from "never observed".
CREATE INDEX observation_by_household ON observation (community_id, household_id);
