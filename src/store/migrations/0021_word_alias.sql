-- Words that a community writes and the lexicon does not know (D1). A worker's correction proposes one; it
-- is read from the moment somebody said yes to it, and no longer than that is taken back. The words stand
-- alone: whose message they were in is not kept. state: proposed, approved, refused.
CREATE TABLE word_alias (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  alias TEXT NOT NULL,
  canonical TEXT NOT NULL, -- The good that is meant.
  state TEXT NOT NULL,
  times BIGINT NOT NULL, -- How often it was corrected so.
  proposed_by BIGINT NOT NULL,
  proposed_at BIGINT NOT NULL,
  decided_by BIGINT,
  decided_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX word_alias_by_words ON word_alias (community_id, alias, canonical);
-- A word has one meaning.
CREATE UNIQUE INDEX word_alias_approved ON word_alias (community_id, alias) WHERE state = 'approved';
