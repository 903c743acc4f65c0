-- Communities, the place tree, accounts, what they may do, and the links of residents.

CREATE TABLE rule_pack (
  hash TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  stored_at BIGINT NOT NULL
);

CREATE TABLE community (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  zone TEXT NOT NULL,
  rules_hash TEXT NOT NULL REFERENCES rule_pack (hash),
  created_at BIGINT NOT NULL
);

-- kind: compound, grid, building, entrance, dwelling, room. path: see access/path.h.
CREATE TABLE place (
  community_id BIGINT NOT NULL REFERENCES community (id),
  id BIGINT NOT NULL,
  parent_id BIGINT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  position BIGINT NOT NULL,
  floors BIGINT,
  lift BOOLEAN,
  floor BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX place_by_path ON place (community_id, path);
CREATE INDEX place_by_kind ON place (community_id, kind, path);
CREATE UNIQUE INDEX place_by_name ON place (community_id, parent_id, kind, name);

-- An account belongs to the installation; what it may do, to a community.
CREATE TABLE account (
  id BIGINT PRIMARY KEY,
  login TEXT NOT NULL,
  name TEXT NOT NULL, -- personal: name
  phone TEXT, -- personal: contact
  password_hash TEXT,
  totp_secret TEXT,
  totp_confirmed BOOLEAN NOT NULL,
  totp_last_step BIGINT NOT NULL,
  demo BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  closed_at BIGINT
);
CREATE UNIQUE INDEX account_by_login ON account (login);

CREATE TABLE access_grant (
  community_id BIGINT NOT NULL REFERENCES community (id),
  id BIGINT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  place_id BIGINT,
  path TEXT COLLATE "C" NOT NULL,
  from_at BIGINT NOT NULL,
  until_at BIGINT,
  granted_by BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX access_grant_by_account ON access_grant (account_id, community_id);
CREATE INDEX access_grant_by_role ON access_grant (community_id, role, path);

CREATE TABLE session (
  token_hash BYTEA PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account (id),
  community_id BIGINT NOT NULL REFERENCES community (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT
);

-- Failed attempts to sign in, by login (hashed: an unknown login is counted like a known one).
CREATE TABLE sign_in_failure (
  login_hash BYTEA NOT NULL,
  at BIGINT NOT NULL,
  id BIGINT NOT NULL,
  PRIMARY KEY (login_hash, at, id)
);

-- A one-time right to choose a password: the first manager's set-up, and staff who were invited.
CREATE TABLE invitation (
  token_hash BYTEA PRIMARY KEY,
  account_id BIGINT,
  community_id BIGINT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);

CREATE TABLE household (
  community_id BIGINT NOT NULL REFERENCES community (id),
  id BIGINT NOT NULL,
  dwelling_id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  label TEXT NOT NULL,
  door TEXT NOT NULL, -- personal: door
  access_notes TEXT NOT NULL, -- personal: door
  digital TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, dwelling_id) REFERENCES place (community_id, id)
);
CREATE UNIQUE INDEX household_by_path ON household (community_id, path);
CREATE UNIQUE INDEX household_by_label ON household (community_id, dwelling_id, label);

CREATE TABLE link_token (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  token_hash BYTEA NOT NULL,
  name TEXT NOT NULL, -- personal: name
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  proved_at BIGINT,
  proved_by BIGINT,
  proof TEXT,
  last_used_at BIGINT,
  revoked_at BIGINT,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, household_id) REFERENCES household (community_id, id)
);
CREATE UNIQUE INDEX link_token_by_hash ON link_token (token_hash);
CREATE INDEX link_token_by_household ON link_token (community_id, household_id);
