-- Somebody moves to another community of the installation (B6): offered by the one, taken over by the other.
-- community_id is the sender's, who answers for them until it is accepted.
CREATE TABLE transfer (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person (id),
  household_id BIGINT NOT NULL, -- Where they lived when it was offered.
  to_community_id BIGINT NOT NULL REFERENCES community (id),
  address TEXT NOT NULL, -- personal: door
  note TEXT NOT NULL, -- personal: health
  state TEXT NOT NULL CHECK (state IN ('offered', 'accepted', 'declined', 'withdrawn')),
  offered_at BIGINT NOT NULL,
  offered_by BIGINT NOT NULL,
  answered_at BIGINT,
  answered_by BIGINT,
  settled BOOLEAN NOT NULL DEFAULT FALSE, -- The clocks of both have put their duties right.
  noticed BOOLEAN NOT NULL DEFAULT FALSE, -- The receiver owes an answer.
  PRIMARY KEY (community_id, id)
);
-- A person is on their way to one place at a time.
CREATE UNIQUE INDEX transfer_open ON transfer (person_id) WHERE state = 'offered';
CREATE INDEX transfer_to ON transfer (to_community_id, id);
CREATE INDEX transfer_unsettled ON transfer (community_id) WHERE settled = FALSE;
