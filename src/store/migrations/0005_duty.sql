-- What is owed: to a subject, by an owner, until a time.

CREATE TABLE duty (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject_id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  field_class TEXT NOT NULL,
  by_hand BOOLEAN NOT NULL,
  owner_id BIGINT NOT NULL,
  level TEXT NOT NULL,
  state TEXT NOT NULL,
  step BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  from_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  raised_at BIGINT,
  acknowledged_at BIGINT,
  closed_at BIGINT,
  closed_by BIGINT,
  evidence_id BIGINT,
  reason TEXT,
  note TEXT, -- personal: case
  PRIMARY KEY (community_id, id)
);
-- state: waiting (not due yet), raised (somebody has to take it up), acknowledged, paused; then met
-- or excused, with closed_at. step: rungs of the welfare ladder that were tried. next_at: when the
-- sweep looks at it again if nothing happens. A recurring duty is one row that moves on to its next
-- window; what it was is in the journal. by_hand: somebody may end it by saying so.
CREATE UNIQUE INDEX duty_open ON duty (community_id, kind, subject_id) WHERE closed_at IS NULL;
CREATE INDEX duty_next ON duty (community_id, next_at) WHERE closed_at IS NULL;
CREATE INDEX duty_by_owner ON duty (community_id, owner_id, state) WHERE closed_at IS NULL;
CREATE INDEX duty_by_path ON duty (community_id, path) WHERE closed_at IS NULL;
CREATE INDEX duty_by_subject ON duty (community_id, subject_id);
CREATE INDEX duty_pressing ON duty (community_id, raised_at)
  WHERE closed_at IS NULL AND raised_at IS NOT NULL;

-- What was tried: a call, a knock, and what came of it (N24). opened_for: due_at of the window it was for.
CREATE TABLE duty_attempt (
  community_id BIGINT NOT NULL,
  duty_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  opened_for BIGINT NOT NULL,
  rung TEXT NOT NULL,
  outcome TEXT NOT NULL,
  at BIGINT NOT NULL,
  by BIGINT NOT NULL,
  note TEXT, -- personal: case
  PRIMARY KEY (community_id, duty_id, number)
);

-- Who would be missed, and from when on: empty for every instant of the present (promise 1).
-- no_duty: somebody is under observation and nobody owes them anything. no_owner: nobody is named.
-- not_swept: its time came and nothing happened.
CREATE VIEW missed_now AS
  SELECT o.community_id, o.household_id AS subject_id, o.path, 'contact' AS kind, 'no_duty' AS why,
    o.opened_at AS since
  FROM observation o LEFT JOIN duty d ON d.community_id = o.community_id AND d.kind = 'contact'
    AND d.subject_id = o.household_id AND d.closed_at IS NULL
  WHERE o.ended_at IS NULL AND d.id IS NULL
  UNION ALL
  SELECT community_id, subject_id, path, kind, 'no_owner', raised_at FROM duty
  WHERE closed_at IS NULL AND raised_at IS NOT NULL AND owner_id = 0
  UNION ALL
  SELECT community_id, subject_id, path, kind, 'not_swept', next_at + 60000 FROM duty
  WHERE closed_at IS NULL;

-- Whose household an account's holder lives in: nobody looks after their own duty.
ALTER TABLE account ADD COLUMN person_id BIGINT;
CREATE INDEX account_by_person ON account (person_id) WHERE person_id > 0;

-- The clock jumped, and nobody has said yet that it is right: nothing is released, all else goes on.
CREATE TABLE clock_hold (
  community_id BIGINT NOT NULL PRIMARY KEY,
  expected_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);
