-- A need is private to the link that asked: nobody else of the household reads it, not even who heads it
-- (N26). 0: the household's.
ALTER TABLE need ADD COLUMN only_link BIGINT NOT NULL DEFAULT 0;
