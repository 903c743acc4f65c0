-- The reports of a day with who spoke for whom: the last fourteen cut-offs are counted without the reports themselves.
DROP INDEX check_in_by_time;
CREATE INDEX check_in_by_time ON check_in (community_id, recorded_at, assurance, household_id, person_id);
