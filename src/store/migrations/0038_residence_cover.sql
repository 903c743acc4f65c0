-- Who lives behind a door is asked for whole communities at a time: the index alone answers it.
DROP INDEX residence_by_household;
CREATE INDEX residence_by_household
  ON residence (community_id, household_id, until_on, person_id, from_on);
