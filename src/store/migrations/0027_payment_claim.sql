-- A household, or somebody elsewhere whom it trusts, says that it has paid (N18). Nothing of it counts as
-- paid before whoever keeps the money has seen it; entry_id is then the entry of the ledger.
CREATE TABLE payment_claim (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  order_id BIGINT NOT NULL, -- 0: of what is owed altogether.
  fen BIGINT NOT NULL CHECK (fen > 0),
  method TEXT NOT NULL,
  reference TEXT NOT NULL, -- personal: money
  state TEXT NOT NULL CHECK (state IN ('claimed', 'confirmed', 'rejected')),
  reason TEXT NOT NULL,
  note TEXT NOT NULL, -- personal: money
  entry_id BIGINT NOT NULL,
  link_id BIGINT NOT NULL, -- Whose word it is; it stays when the link is taken back.
  claimed_at BIGINT NOT NULL,
  decided_at BIGINT,
  decided_by BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE INDEX payment_claim_by_household ON payment_claim (community_id, household_id, id);
CREATE INDEX payment_claim_open ON payment_claim (community_id, id) WHERE state = 'claimed';
CREATE INDEX payment_claim_by_reference ON payment_claim (community_id, reference)
  WHERE reference <> '';
