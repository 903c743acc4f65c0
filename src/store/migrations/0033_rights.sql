-- What people ask about what is kept of them (N13), who looked, and what they agreed to (N12).
--
-- kept: subject_request.words, answer: proof; public_task; words since answered_at

-- One thing somebody asks: kind (access, correction, export, objection, complaint, who_looked, erasure). Owed an
-- answer until due_at. person_id 0: the whole household. guardian_id: who speaks for a minor. channel: page,
-- phone, paper, door. state: open, granted, partly, refused.
CREATE TABLE subject_request (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  path TEXT COLLATE "C" NOT NULL,
  person_id BIGINT NOT NULL,
  guardian_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  channel TEXT NOT NULL,
  by_link BOOLEAN NOT NULL,
  asked_by BIGINT NOT NULL,
  words TEXT NOT NULL, -- personal: health
  state TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  answered_at BIGINT,
  answered_by BIGINT,
  answer TEXT NOT NULL, -- personal: health
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, household_id) REFERENCES household (community_id, id)
);
CREATE INDEX subject_request_open ON subject_request (community_id, due_at) WHERE state = 'open';
CREATE INDEX subject_request_by_household ON subject_request (community_id, household_id, id);

-- Who of those who work here looked at a household or a person, once an hour: subject_id as in the address that
-- was opened (household, dwelling, person). what: a code. reason: why a number was shown; empty elsewhere.
CREATE TABLE look (
  community_id BIGINT NOT NULL,
  subject_id BIGINT NOT NULL,
  hour BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  what TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (community_id, subject_id, hour, account_id, what, reason)
);
CREATE INDEX look_by_account ON look (community_id, account_id, at);

-- What somebody agreed to: a purpose of the rules' [[rights.consents]], which text of it, when and how; and when
-- and how they took it back. No service looks here.
CREATE TABLE consent (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  purpose TEXT NOT NULL,
  text_version BIGINT NOT NULL,
  text_hash TEXT NOT NULL,
  channel TEXT NOT NULL,
  given_at BIGINT NOT NULL,
  given_by BIGINT NOT NULL,
  withdrawn_at BIGINT,
  withdrawn_by BIGINT,
  withdrawn_channel TEXT,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, household_id) REFERENCES household (community_id, id)
);
CREATE UNIQUE INDEX consent_one ON consent (community_id, household_id, person_id, purpose)
  WHERE withdrawn_at IS NULL;

-- Files that leave the house (N14). A permit is the right to one file with names: who asked for it, why, and when they
-- signed in again. reason: authority, medical, handover, outage, correction.
CREATE TABLE export_permit (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  reason TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  confirmed_at BIGINT,
  used_at BIGINT,
  PRIMARY KEY (community_id, id)
);
-- One row for each file; its id stands in the file. action: the word of docs/access.csv. account_id 0: at the shell.
CREATE TABLE export_made (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  action TEXT NOT NULL,
  format TEXT NOT NULL,
  row_count BIGINT NOT NULL,
  names BOOLEAN NOT NULL,
  permit_id BIGINT,
  at BIGINT NOT NULL,
  PRIMARY KEY (community_id, id)
);
