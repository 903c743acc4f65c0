-- Households that need somebody's eye, and those that are no longer there.

-- care: on its own the community looks after it more closely ("重点").
ALTER TABLE household ADD COLUMN care BOOLEAN NOT NULL DEFAULT FALSE; -- personal: name

-- The name of a household that ended is free again.
DROP INDEX household_by_label;
CREATE UNIQUE INDEX household_by_label ON household (community_id, dwelling_id, label)
  WHERE ended_at IS NULL;
