-- What an order brings to a door and takes away again, and the household among others.

-- What hangs at a door while an order is in force (C6, N16): the label at the door, the one in the
-- ledger, a sensor. printed_at: made, with `until_on` on it; posted_at: it is where it belongs.
CREATE TABLE door_control (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  until_on TEXT NOT NULL,
  printed_at BIGINT NOT NULL,
  printed_by BIGINT NOT NULL,
  posted_at BIGINT,
  posted_by BIGINT,
  removed_at BIGINT,
  removed_by BIGINT,
  PRIMARY KEY (community_id, id),
  FOREIGN KEY (community_id, household_id) REFERENCES household (community_id, id)
);
-- until_on: the first day on which it may not hang there any more: that of the order it serves.
CREATE UNIQUE INDEX door_control_one ON door_control (community_id, household_id, kind)
  WHERE removed_at IS NULL;
CREATE UNIQUE INDEX door_control_by_code ON door_control (code);

-- The group of households under observation (C15). Who belongs to it follows from the observations;
-- here stands who has joined, under which number the others read them, and since which observation.
CREATE TABLE group_member (
  community_id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  observation_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  joined_at BIGINT NOT NULL,
  joined_by BIGINT NOT NULL,
  PRIMARY KEY (community_id, household_id)
);
CREATE UNIQUE INDEX group_member_number ON group_member (community_id, number);

-- What is written to all of them. household_id 0: by staff, author_id is the account.
CREATE TABLE group_post (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  author_id BIGINT NOT NULL,
  body TEXT NOT NULL, -- personal: health
  at BIGINT NOT NULL,
  hidden_at BIGINT,
  hidden_by BIGINT,
  hidden_reason TEXT, -- personal: case
  PRIMARY KEY (community_id, id)
);

-- Who stands together for a household (A23): doctor, police, community worker. Each sees by the role
-- of their grant, which ends with their part in the group.
CREATE TABLE joint_member (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  household_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES account (id),
  profession TEXT NOT NULL,
  grant_id BIGINT NOT NULL,
  from_at BIGINT NOT NULL,
  added_by BIGINT NOT NULL,
  until_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX joint_member_one ON joint_member (community_id, household_id, account_id)
  WHERE until_at IS NULL;

-- For how long there is food: the first day on which there is none, as was last said (F8, M5).
ALTER TABLE household ADD COLUMN food_on TEXT;
-- Why somebody went to a door (C25): a visit has a reason, everything else is free of contact.
ALTER TABLE check_in ADD COLUMN visit_reason TEXT;

-- Somebody in the ledger no longer lives where their entry says: it goes along.
CREATE TABLE care_left (
  community_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  PRIMARY KEY (community_id, person_id)
);
