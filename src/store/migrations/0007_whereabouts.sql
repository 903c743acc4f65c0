-- Where somebody of a household is who is not at home (N20). One open row per person.
CREATE TABLE whereabouts (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  state TEXT NOT NULL, -- personal: health
  place TEXT NOT NULL, -- personal: health
  contact TEXT NOT NULL, -- personal: contact
  expected_on TEXT,
  override_reason TEXT, -- personal: case
  from_at BIGINT NOT NULL,
  recorded_by BIGINT NOT NULL,
  confirmed_by BIGINT,
  until_at BIGINT,
  PRIMARY KEY (community_id, id)
);
-- confirmed_by: the second person, where two are needed (deceased).
CREATE UNIQUE INDEX whereabouts_open ON whereabouts (community_id, person_id)
  WHERE until_at IS NULL;
CREATE INDEX whereabouts_by_household ON whereabouts (community_id, household_id)
  WHERE until_at IS NULL;

-- Everybody under observation here is away: who is where is asked day by day instead of the door.
ALTER TABLE observation ADD COLUMN nobody_home BOOLEAN NOT NULL DEFAULT FALSE;
DROP VIEW missed_now;
CREATE VIEW missed_now AS
  SELECT o.community_id, o.household_id AS subject_id, o.path, 'contact' AS kind, 'no_duty' AS why,
    o.opened_at AS since
  FROM observation o LEFT JOIN duty d ON d.community_id = o.community_id AND d.kind = 'contact'
    AND d.subject_id = o.household_id AND d.closed_at IS NULL
  WHERE o.ended_at IS NULL AND d.id IS NULL AND NOT o.nobody_home
  UNION ALL
  SELECT w.community_id, w.person_id, '', 'whereabouts', 'no_duty', w.from_at
  FROM whereabouts w LEFT JOIN duty d ON d.community_id = w.community_id
    AND d.kind = 'whereabouts' AND d.subject_id = w.person_id AND d.closed_at IS NULL
  WHERE w.until_at IS NULL AND w.state <> 'deceased' AND d.id IS NULL
  UNION ALL
  SELECT community_id, subject_id, path, kind, 'no_owner', raised_at FROM duty
  WHERE closed_at IS NULL AND raised_at IS NOT NULL AND owner_id = 0
  UNION ALL
  SELECT community_id, subject_id, path, kind, 'not_swept', next_at + 60000 FROM duty
  WHERE closed_at IS NULL;

-- Signs that nobody lives behind a door: two, by two persons, before it is believed (N22).
CREATE TABLE presence_sign (
  community_id BIGINT NOT NULL,
  dwelling_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  sign TEXT NOT NULL, -- personal: door
  at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  PRIMARY KEY (community_id, dwelling_id, number)
);

-- What a released household shows to whoever asks: valid or not, without a name (C4).
CREATE TABLE release_letter (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  code TEXT NOT NULL,
  household_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  first_day TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  released_at BIGINT NOT NULL,
  released_by BIGINT NOT NULL,
  revoked_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX release_letter_by_code ON release_letter (code);
CREATE INDEX release_letter_by_household ON release_letter (community_id, household_id);
