-- One household opened in an emergency by somebody whose grants do not reach it. While it lasts it is a grant of the role
-- opener on that household's path: access/actor.cpp reads it beside access_grant, and nothing else has to know.
--
-- kept: opening.words, note: proof; public_task; words since opened_at
CREATE TABLE opening (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  account_id BIGINT NOT NULL,
  reason TEXT NOT NULL,
  words TEXT NOT NULL, -- personal: health
  opened_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  ended_at BIGINT, -- Before until_at, because somebody said so.
  verdict TEXT, -- Of whoever looks after the household: justified, mistaken, unjustified.
  reviewed_at BIGINT,
  reviewed_by BIGINT,
  note TEXT NOT NULL, -- personal: health
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, household_id) REFERENCES household (community_id, id)
);
CREATE INDEX opening_by_account ON opening (account_id, until_at);
CREATE INDEX opening_by_household ON opening (community_id, household_id);
