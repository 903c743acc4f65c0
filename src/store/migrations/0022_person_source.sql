-- By which ways somebody came to be known (B5, B20): one person, however many ways. A list that named them is
-- found by its rows; every other way stands here, with how often it confirmed them.
CREATE TABLE person_source (
  community_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL REFERENCES person (id),
  channel TEXT NOT NULL, -- desk, scan, door, phone, online
  times BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  by BIGINT NOT NULL, -- Who said it last.
  PRIMARY KEY (community_id, person_id, channel)
);
-- Who a row of a list is about, once that is known.
ALTER TABLE import_row ADD COLUMN person_id BIGINT;
CREATE INDEX import_row_by_person ON import_row (community_id, person_id) WHERE person_id IS NOT NULL;
