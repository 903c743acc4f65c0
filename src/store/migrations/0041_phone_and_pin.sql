-- A phone is signed in by a code on a desk that is signed in: shown for two minutes, taken by one device, confirmed at the
-- desk by the number that this device shows. desk_hash: the session that shows it. claim_hash: what the device that took it
-- holds; none before, and none again once it has its session.
CREATE TABLE phone_sign_in (
  token_hash BYTEA PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account (id),
  desk_hash BYTEA NOT NULL,
  ends_at BIGINT NOT NULL,
  claim_hash BYTEA,
  device TEXT NOT NULL,
  number BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  confirmed_at BIGINT,
  voided_at BIGINT
);
CREATE UNIQUE INDEX phone_sign_in_by_claim ON phone_sign_in (claim_hash);
CREATE INDEX phone_sign_in_by_account ON phone_sign_in (account_id);
CREATE INDEX phone_sign_in_by_end ON phone_sign_in (ends_at);
-- A session with a PIN sleeps from awake_until on: it answers nothing until the PIN was typed on this very device. pin_ms:
-- how long it stays awake after each touch. pin_tries: PINs typed since the last right one.
ALTER TABLE session ADD COLUMN pin_hash TEXT;
ALTER TABLE session ADD COLUMN pin_ms BIGINT;
ALTER TABLE session ADD COLUMN pin_tries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN awake_until BIGINT;
