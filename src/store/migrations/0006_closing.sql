-- The closing sheets: never altered. content: canonical JSON of ids, codes and times; late evidence
-- goes into a supplement, a row of its own.
CREATE TABLE closing_sheet (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  day TEXT NOT NULL,
  supplement_of BIGINT,
  made_at BIGINT NOT NULL,
  made_by BIGINT NOT NULL,
  content TEXT NOT NULL,
  hash BYTEA NOT NULL,
  signature BYTEA NOT NULL,
  signed_at BIGINT,
  signed_by BIGINT,
  signer TEXT, -- personal: name
  signer_signature BYTEA,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX closing_sheet_by_day ON closing_sheet (community_id, day)
  WHERE supplement_of IS NULL;
CREATE INDEX closing_sheet_supplements ON closing_sheet (community_id, supplement_of)
  WHERE supplement_of IS NOT NULL;
