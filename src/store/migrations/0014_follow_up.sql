-- What has to be followed up: households that a closing sheet left open, and people who moved away
-- from an observed household.

-- Who was not reached on the newest sheet. A row goes once it stands in a supplement, so that the clock
-- need not read the sheet again and again.
CREATE TABLE closing_open (
  community_id BIGINT NOT NULL,
  sheet_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  PRIMARY KEY (community_id, sheet_id, household_id)
);

-- Somebody no longer lives in a household under observation: what was asked of them goes with them.
CREATE TABLE residence_left (
  community_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  PRIMARY KEY (community_id, household_id, person_id)
);
