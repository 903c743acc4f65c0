-- Observation of a household, and every report inside it.

CREATE TABLE observation (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  ground TEXT NOT NULL, -- personal: health
  started_on TEXT NOT NULL, -- personal: health
  length_days BIGINT NOT NULL,
  first_day TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  opened_by BIGINT NOT NULL,
  ended_at BIGINT,
  end_reason TEXT,
  reported_at BIGINT NOT NULL,
  assurance TEXT,
  unwell_at BIGINT NOT NULL,
  seen_at BIGINT,
  seen_by BIGINT,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, household_id) REFERENCES household (community_id, id)
);
-- reported_at, assurance: of the last report, 0 and NULL before the first. unwell_at: of the last
-- report that asks for a call back; seen_at: when a worker took it up. One open row per household.
CREATE UNIQUE INDEX observation_open ON observation (community_id, household_id)
  WHERE ended_at IS NULL;
CREATE INDEX observation_open_by_path ON observation (community_id, path)
  WHERE ended_at IS NULL;

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
  PRIMARY KEY (community_id, id)
);
CREATE INDEX check_in_by_household ON check_in (community_id, household_id, recorded_at);
CREATE INDEX check_in_by_time ON check_in (community_id, recorded_at, assurance);
-- All of a household's, ended ones included: the board tells "released" from "never observed".
CREATE INDEX observation_by_household ON observation (community_id, household_id);
