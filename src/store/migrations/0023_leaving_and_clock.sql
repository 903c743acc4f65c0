-- One person's word that somebody is not to be looked after (entered in error, lost, the same as
-- others): a second person confirms it, until then they stay in the due set (N22). ground_id 0: all.
CREATE TABLE leaving_claim (
  community_id BIGINT NOT NULL,
  observation_id BIGINT NOT NULL,
  ground_id BIGINT NOT NULL,
  reason TEXT NOT NULL,
  note TEXT NOT NULL, -- personal: case
  at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  PRIMARY KEY (community_id, observation_id, ground_id)
);

-- Why the clock is doubted (N8): "jumped" while the server ran, "start" when it began, "phones": so many of
-- them show another time.
ALTER TABLE clock_hold ADD COLUMN reason TEXT NOT NULL DEFAULT 'jumped';
ALTER TABLE clock_hold ADD COLUMN phones BIGINT NOT NULL DEFAULT 0;
-- When somebody last said that the clock is right.
CREATE TABLE clock_trust (
  community_id BIGINT NOT NULL PRIMARY KEY,
  confirmed_at BIGINT NOT NULL
);

-- Who was in the due set when the newest sheet was made: the next one says who came and who left (N22).
-- person_id 0: a household of which nobody is registered.
CREATE TABLE closing_due (
  community_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  PRIMARY KEY (community_id, household_id, person_id)
);
INSERT INTO closing_due (community_id, household_id, person_id)
SELECT DISTINCT o.community_id, o.household_id, coalesce(r.person_id, 0) FROM observation o
  LEFT JOIN residence r ON r.community_id = o.community_id AND r.household_id = o.household_id
    AND r.until_on IS NULL
  WHERE o.ended_at IS NULL AND NOT o.nobody_home AND EXISTS (SELECT 1 FROM closing_sheet s
    WHERE s.community_id = o.community_id AND s.made_at >= o.opened_at);
