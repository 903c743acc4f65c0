-- What the store itself keeps.

-- One row: which installation this is. `keys` tells whether a data directory holds the secrets that
-- belong to it.
CREATE TABLE installation (
  one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
  id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  keys BYTEA NOT NULL
);

-- Append-only. Ids, codes and times, never a personal value. `seq` and `hash` are set by the sealer.
CREATE TABLE journal (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  seq BIGINT,
  at BIGINT NOT NULL,
  actor BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject BIGINT NOT NULL,
  path TEXT NOT NULL,
  data TEXT NOT NULL,
  hash BYTEA,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX journal_by_seq ON journal (seq) WHERE seq IS NOT NULL;
CREATE INDEX journal_unsealed ON journal (id) WHERE seq IS NULL;
CREATE INDEX journal_by_subject ON journal (community_id, subject, id);

-- One row: the newest link of the chain. The sealer holds it while it works.
CREATE TABLE journal_chain (
  one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
  seq BIGINT NOT NULL,
  hash BYTEA NOT NULL
);

CREATE TABLE journal_head (
  seq BIGINT NOT NULL PRIMARY KEY,
  hash BYTEA NOT NULL,
  at BIGINT NOT NULL,
  signature BYTEA NOT NULL
);

-- Answers to repeated requests, kept 14 days.
CREATE TABLE idempotency (
  actor BIGINT NOT NULL,
  key TEXT NOT NULL,
  request_hash BYTEA NOT NULL,
  at BIGINT NOT NULL,
  body BYTEA NOT NULL, -- personal: case
  media_type TEXT NOT NULL,
  file_name TEXT NOT NULL,
  PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_by_age ON idempotency (at);

CREATE TABLE job (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  input TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  cancel BOOLEAN NOT NULL DEFAULT FALSE,
  done BIGINT NOT NULL DEFAULT 0,
  total BIGINT NOT NULL DEFAULT 0,
  cursor TEXT NOT NULL DEFAULT '',
  result TEXT NOT NULL DEFAULT '',
  actor BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0,
  lease_owner BIGINT NOT NULL DEFAULT 0,
  lease_until BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX job_open ON job (created_at, id) WHERE state IN ('waiting', 'running');

-- On PostgreSQL the bytes are here; on SQLite they are files, and this is empty.
CREATE TABLE blob (
  hash TEXT NOT NULL PRIMARY KEY,
  data BYTEA NOT NULL -- personal: case
);
