-- What a session was opened by and on, so that whoever sees a strange one can end it.
ALTER TABLE session ADD COLUMN way TEXT NOT NULL DEFAULT 'password';
ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';
CREATE INDEX session_by_account ON session (account_id, expires_at);
-- For who has lost the authenticator: each is good once.
CREATE TABLE recovery_code (
  account_id BIGINT NOT NULL REFERENCES account (id),
  code_hash BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (account_id, code_hash)
);
-- Passkeys (WebAuthn): a key pair on somebody's device; only its public half is here.
CREATE TABLE passkey (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account (id),
  credential BYTEA NOT NULL,
  public_key BYTEA NOT NULL, -- COSE_Key (RFC 9053).
  sign_count BIGINT NOT NULL,
  device TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  removed_at BIGINT
);
CREATE UNIQUE INDEX passkey_by_credential ON passkey (credential);
CREATE INDEX passkey_by_account ON passkey (account_id);
-- Asked once, answered once. account_id: registering one; none: signing in.
CREATE TABLE passkey_challenge (
  challenge_hash BYTEA PRIMARY KEY,
  account_id BIGINT,
  ends_at BIGINT NOT NULL
);
CREATE INDEX passkey_challenge_by_end ON passkey_challenge (ends_at);
