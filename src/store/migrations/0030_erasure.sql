-- What is kept about people, why and for how long; who was erased, and what is to be (N11).
--
-- For each personal column of every migration one line says: what it is for, on what basis, and how long:
--   kept: table.column[, column]: purpose; basis; period since event
-- purpose: register, observation, care, messages, needs, delivery, supply, proof, staff, service.
-- basis: public_task (the community's duty by law), order (a quarantine order), request (they asked for it),
--   contract (who works here).
-- period: days of the pack (`rights.<period>_days`, or with a dot the key itself), `store` (it forgets by itself), or
--   `stays`. event: left (who it is about lives here no longer), made (the row was), else a column of the table.
-- A later migration with a personal column brings its own line; a test holds them against the schema.
--
-- kept: person.name, sex, born_on: register; public_task; residence since left
-- kept: identifier.tail: register; public_task; residence since left
-- kept: contact_point.value: register; public_task; residence since left
-- kept: search_key.key: register; public_task; residence since left
-- kept: link_key.key: register; public_task; residence since left
-- kept: link_token.name: register; request; residence since left
-- kept: household.door, access_notes, care: register; public_task; residence since left
-- kept: import_batch.file_name: register; public_task; raw since made
-- kept: import_chunk.content: register; public_task; raw since made
-- kept: import_row.cells, made: register; public_task; raw since made
-- kept: observation_ground.ground, started_on: observation; order; health since ended_at
-- kept: observation_change.reason: observation; order; health since made
-- kept: leaving_claim.note: observation; order; health since at
-- kept: check_in.wellbeing, temperature, symptoms, note: observation; order; health since made
-- kept: whereabouts.state, place, contact, override_reason: observation; public_task; health since until_at
-- kept: transfer.address, note: observation; public_task; health since made
-- kept: presence_sign.sign: observation; public_task; door since at
-- kept: release_feedback.note: observation; request; words since at
-- kept: duty.note: observation; public_task; words since closed_at
-- kept: duty_attempt.note: observation; public_task; words since at
-- kept: care_person.categories, note, medicine_on: care; request; health since closed_at
-- kept: care_tick.outcome, medicine_days, note: care; request; health since made
-- kept: message.body: messages; request; words since made
-- kept: group_post.body, hidden_reason: messages; request; words since made
-- kept: need.sender, sign, text, note, answer, relay_row, diet: needs; request; needs.words since decided_at
-- kept: need_line.name: needs; request; money since made
-- kept: need_file.bytes: needs; request; words since at
-- kept: relay.title, text: needs; request; words since made
-- kept: customer_order.diet: supply; request; money since made
-- kept: order_line.name: supply; request; money since made
-- kept: loan.lender: supply; request; money since made
-- kept: errand_purchase.thing, receipt: supply; request; money since made
-- kept: ledger_entry.note: supply; request; money since made
-- kept: stock_entry.note: supply; request; money since made
-- kept: payment_claim.reference, note: supply; request; money since made
-- kept: parcel.barcode: delivery; request; door since made
-- kept: delivery_photo.picture: delivery; request; door since made
-- Of who works here, and of businesses.
-- kept: account.name: proof; contract; stays
-- kept: account.phone: staff; contract; account since closed_at
-- kept: closing_sheet.signer: proof; public_task; stays
-- kept: shop.phone: supply; public_task; stays
-- Sealed under a key that only the client has (ADR 0019); forgotten after 14 days.
-- kept: idempotency.body: service; request; store
-- Nothing of the house keeps blobs about anybody.
-- kept: blob.data: service; public_task; store

-- One row for each person who is to be erased or was. state: asked (a second person has to say so too),
-- planned (the period is over; the manager has until planned_on to hold it), held, done. evidence: what is
-- destroyed may still be needed. households: ids, of which nothing personal is left either. certificate:
-- canonical JSON of ids, codes, counts and times. gone_at: since when the engine's own files hold nothing of
-- it. Part of every backup; what was erased later stands in the list beside the backups (erasures.log).
CREATE TABLE erasure (
  community_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('asked', 'expired', 'error')),
  state TEXT NOT NULL CHECK (state IN ('asked', 'planned', 'held', 'done')),
  evidence BOOLEAN NOT NULL,
  planned_on TEXT,
  hold_reason TEXT,
  asked_at BIGINT NOT NULL,
  asked_by BIGINT NOT NULL,
  done_at BIGINT,
  done_by BIGINT,
  households TEXT NOT NULL DEFAULT '',
  certificate TEXT,
  signature BYTEA,
  gone_at BIGINT,
  PRIMARY KEY (community_id, id)
);
CREATE UNIQUE INDEX erasure_one ON erasure (community_id, person_id);
CREATE INDEX erasure_not_gone ON erasure (done_at) WHERE state = 'done' AND gone_at IS NULL;

-- How far a table was gone through for what is over its period: everything made up to this id.
CREATE TABLE retention_mark (
  community_id BIGINT NOT NULL,
  table_name TEXT NOT NULL,
  up_to BIGINT NOT NULL,
  PRIMARY KEY (community_id, table_name)
);
-- The last day on which a community was gone through.
CREATE TABLE retention_day (
  community_id BIGINT NOT NULL PRIMARY KEY,
  day TEXT NOT NULL
);

-- Erasing looks for these.
CREATE INDEX duty_noted ON duty (community_id, closed_at) WHERE note IS NOT NULL;
CREATE INDEX import_row_unknown ON import_row (community_id, batch_id, number) WHERE person_id IS NULL;
CREATE INDEX delivery_photo_by_household ON delivery_photo (community_id, household_id);
