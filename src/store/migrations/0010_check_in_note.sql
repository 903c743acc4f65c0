-- What they need, in their words, heard in the same contact (D32). Needs name medicines: who may read
-- of health may read it.
ALTER TABLE check_in ADD COLUMN note TEXT; -- personal: health
