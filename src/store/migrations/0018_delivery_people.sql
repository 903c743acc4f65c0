-- How far somebody's vehicle goes in one run; NULL: no limit. Who goes with the carrier where goods are too
-- heavy for one (E12, E18).
ALTER TABLE carrier ADD COLUMN range_m BIGINT;
ALTER TABLE run ADD COLUMN helper_id BIGINT;
