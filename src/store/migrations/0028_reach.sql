-- How people reach the house (N1): one row once somebody has declared it.
CREATE TABLE reach (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  mode TEXT NOT NULL CHECK (mode IN ('desk', 'local', 'public')),
  declared_at BIGINT NOT NULL,
  declared_by BIGINT NOT NULL
);
-- Each address the server was started with; the one it serves has no until_at. proved_at: a second device opened it (N2).
CREATE TABLE reach_address (
  url TEXT PRIMARY KEY,
  from_at BIGINT NOT NULL,
  until_at BIGINT,
  proved_at BIGINT
);
-- A one-time code that the desk shows and a second device opens. Addresses and devices only as keyed hashes.
CREATE TABLE reach_proof (
  token_hash BYTEA PRIMARY KEY,
  url TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  asked_by BIGINT NOT NULL,
  desk_peer BYTEA,
  desk_device BYTEA,
  ends_at BIGINT NOT NULL,
  proved_at BIGINT
);
-- Paper that bears the address: what has to be printed again once the address is another one.
CREATE TABLE reach_paper (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('slip', 'letter')),
  subject_id BIGINT NOT NULL, -- A household.
  path TEXT COLLATE "C" NOT NULL,
  url TEXT NOT NULL,
  printed_at BIGINT NOT NULL,
  printed_by BIGINT NOT NULL,
  removed_at BIGINT,
  removed_by BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX reach_paper_up ON reach_paper (community_id, kind, subject_id) WHERE removed_at IS NULL;
CREATE INDEX reach_paper_by_path ON reach_paper (community_id, path) WHERE removed_at IS NULL;
