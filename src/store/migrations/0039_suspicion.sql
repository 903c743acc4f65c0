-- Somebody under an order is thought to have gone out (N17): what was seen, their account, what a second person
-- decided, what they object and what a third person says of that.
--
-- kept: suspicion.evidence, note, account_kind, account, verdict, why, objection, answer: observation; order; health since closed_at

-- person_id 0: nobody knows which of them. state: asked, answered, decided, objected, upheld, overturned, withdrawn.
-- evidence, account_kind, verdict: the words of care/observation/suspicion.h. account_by, objected_by: a link where
-- account_channel, objection_channel say "page", else who wrote it down. verdict_by 0: the account itself ended it.
-- closed_at: nothing is owed any more; an objection opens it again.
CREATE TABLE suspicion (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  evidence TEXT NOT NULL, -- personal: health
  note TEXT NOT NULL, -- personal: health
  seen_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  recorded_by BIGINT NOT NULL,
  account_due_at BIGINT NOT NULL,
  account_at BIGINT,
  account_by BIGINT NOT NULL,
  account_channel TEXT NOT NULL,
  account_kind TEXT NOT NULL, -- personal: health
  account TEXT NOT NULL, -- personal: health
  verdict_at BIGINT,
  verdict_by BIGINT NOT NULL,
  verdict TEXT NOT NULL, -- personal: health
  why TEXT NOT NULL, -- personal: health
  objected_at BIGINT,
  objected_by BIGINT NOT NULL,
  objection_channel TEXT NOT NULL,
  objection_due_at BIGINT,
  objection TEXT NOT NULL, -- personal: health
  settled_at BIGINT,
  settled_by BIGINT NOT NULL,
  answer TEXT NOT NULL, -- personal: health
  closed_at BIGINT,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, household_id) REFERENCES household (community_id, id)
);
CREATE INDEX suspicion_by_household ON suspicion (community_id, household_id, id);
CREATE INDEX suspicion_open ON suspicion (community_id, id) WHERE closed_at IS NULL;

-- An erasure that was asked for at the data-subject desk; 0: not from there.
ALTER TABLE erasure ADD COLUMN request_id BIGINT NOT NULL DEFAULT 0;
