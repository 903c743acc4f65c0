-- When this store last came out of a backup (N6); one row at most. The id is the store's epoch: a phone that had receipts
-- under another one sends again what it had sent. made_at, seq: of the backup; what came after them is not known here.
CREATE TABLE restored (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  seq BIGINT NOT NULL
);

-- Nothing is sent out by the clock alone and nobody is released until a named person has said that what is missing
-- was looked at. made_at: of the backup.
CREATE TABLE outgoing_hold (
  community_id BIGINT NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL,
  made_at BIGINT NOT NULL
);

-- When the key sheet was typed in from paper and was the right one.
CREATE TABLE backup_key_check (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL
);
