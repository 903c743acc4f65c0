-- What follows a release, how areas stood, and what a household and its worker write to each other.

-- Somebody elsewhere whom the household named (N18): sees that they are safe, may raise an alarm; never
-- proved, so nothing personal is shown.
ALTER TABLE link_token ADD COLUMN trusted BOOLEAN NOT NULL DEFAULT FALSE;

-- What a released household said of its days (C14). One answer for each letter.
CREATE TABLE release_feedback (
  community_id BIGINT NOT NULL,
  letter_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  rating BIGINT NOT NULL,
  note TEXT NOT NULL, -- personal: case
  at BIGINT NOT NULL,
  PRIMARY KEY (community_id, letter_id)
);

-- How an area stood on which day (A5): from its first day until the day it ended or will end. A control
-- always has an end (N16); to go on it is set again, with a reason and by name.
CREATE TABLE area_status (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  place_id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  status TEXT NOT NULL,
  from_on TEXT NOT NULL,
  until_on TEXT NOT NULL,
  reason TEXT NOT NULL,
  set_at BIGINT NOT NULL,
  set_by BIGINT NOT NULL,
  replaced_at BIGINT,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, place_id) REFERENCES place (community_id, id)
);
-- until_on: the first day on which it is over. replaced_at: another one was set for these days.
CREATE INDEX area_status_by_place ON area_status (community_id, place_id, from_on);

-- One thread for each household (C16): with whoever owns it now.
CREATE TABLE message (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  from_household BOOLEAN NOT NULL,
  author_id BIGINT NOT NULL,
  body TEXT NOT NULL, -- personal: health
  sent_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
-- author_id: an account, or the link that wrote it.
CREATE INDEX message_by_household ON message (community_id, household_id, id);
