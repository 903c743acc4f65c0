-- Who cannot read, hear or see, and in which language a household is spoken to (N25).
CREATE TABLE household_access (
  community_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  cannot_read BOOLEAN NOT NULL, -- personal: door
  cannot_hear BOOLEAN NOT NULL, -- personal: door
  cannot_see BOOLEAN NOT NULL, -- personal: door
  language TEXT NOT NULL, -- personal: door
  PRIMARY KEY (community_id, household_id)
);
-- kept: household_access.cannot_read, cannot_hear, cannot_see, language: care; request; residence since left
-- Which languages somebody of the staff speaks besides Mandarin: ISO 639-3, sorted, with a space between.
ALTER TABLE account ADD COLUMN languages TEXT NOT NULL DEFAULT '';
-- A notice that is heard: for all below a place, until an instant.
CREATE TABLE audio_notice (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  place_id BIGINT, -- None: the whole community.
  title TEXT NOT NULL,
  language TEXT NOT NULL,
  media TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX audio_notice_by_end ON audio_notice (community_id, until_at);
