-- Whose duties are open. Without the state: coming due under the same owner then writes nothing here, and what presses
-- is found through duty_pressing.
DROP INDEX duty_by_owner;
CREATE INDEX duty_by_owner ON duty (community_id, owner_id) WHERE closed_at IS NULL;
