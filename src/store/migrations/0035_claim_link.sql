-- One link per building for its chat group: good for nothing without the code that a household's slip bears.
CREATE TABLE claim_link (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  place_id BIGINT NOT NULL,
  token_hash BYTEA NOT NULL,
  name TEXT NOT NULL, -- What links that are claimed by it are called.
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  revoked_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX claim_link_by_hash ON claim_link (token_hash);
CREATE UNIQUE INDEX claim_link_open ON claim_link (community_id, place_id) WHERE revoked_at IS NULL;
-- What only a household's newest slip bears. last_key, last_link: a claim that is sent again makes no second link.
CREATE TABLE claim_code (
  community_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  code_hash BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  links BIGINT NOT NULL,
  last_key BYTEA,
  last_link BIGINT,
  PRIMARY KEY (community_id, household_id)
);
CREATE INDEX claim_code_by_hash ON claim_code (community_id, code_hash);
-- Wrong codes of the last hour, by link and by who tried (a keyed hash of the address).
CREATE TABLE claim_failure (
  claim_link_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  id BIGINT NOT NULL,
  peer_hash BYTEA NOT NULL,
  PRIMARY KEY (claim_link_id, at, id)
);
-- How far a building's links were sent one by one: the newest word on each household.
CREATE TABLE handout (
  community_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  link_id BIGINT, -- None where the household was passed over.
  at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  PRIMARY KEY (community_id, household_id)
);
