-- Backups of the installation, by the server each day or by hand, and those that could not be made (N5).
-- verified_at: restored once into a folder of its own, and its chain recomputed. problem: a code; null where it is whole.
CREATE TABLE backup (
  id BIGINT PRIMARY KEY,
  made_at BIGINT NOT NULL,
  file TEXT NOT NULL,
  verified_at BIGINT,
  seq BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  problem TEXT
);
CREATE INDEX backup_by_time ON backup (made_at);
