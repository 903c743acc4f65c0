-- What of an imported file was no row: lines above its header, and its sheets by name, read or not.
-- kept: import_batch.source: register; public_task; raw since made
ALTER TABLE import_batch ADD COLUMN source TEXT NOT NULL DEFAULT '{}'; -- personal: name
