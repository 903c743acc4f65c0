#include <array>
#include <charconv>
#include <functional>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "care/registry/bulk.h"
#include "care/registry/import_batch.h"
#include "care/registry/read_ahead.h"

namespace doorstep::registry {
namespace {

constexpr std::int64_t undo_rows = 100;

/// What the rows read so far say, to find rows that come twice. Rebuilt from the chunks where it is
/// lost; noting the same rows again changes nothing.
struct Seen {
  std::int64_t next_chunk = 0;
  std::unordered_map<std::string, std::int64_t> rows;     ///< Last of `about` to its first line.
  std::unordered_map<std::string, std::int64_t> numbers;  ///< Identity numbers, likewise.
  std::array<std::unordered_set<std::string>, 5> about;
};

/// The jobs share this; they run one slice at a time.
struct Workshop {
  Workshop(store::Store& the_store, Rng& the_rng) : store(the_store), rng(the_rng), ids(the_rng) {}
  store::Store& store;
  Rng& rng;
  IdSource ids;
  std::map<std::int64_t, Seen> seen = {};  ///< By job.
  ReadAhead ahead = {};
};

std::int64_t number_of(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<BatchRow> batch_of(store::Transaction& tx, const store::Job& job) {
  const auto row = tx.first("SELECT " + std::string(batch_columns) +
                                " FROM import_batch b WHERE b.community_id = $1 AND b.job_id = $2"
                                " AND b.id = $3",
                            {job.community, job.id,
                             id_from_text(std::string_view(job.input).substr(10, 13)).value_or(0)});
  if (!row) return std::nullopt;
  return batch_from(*row);
}

Result<Day> today_of(store::Transaction& tx, const store::Job& job, Instant now) {
  const auto row = tx.first("SELECT zone FROM community WHERE id = $1", {job.community});
  if (!row) return Error{ErrorKind::not_found, "community.unknown"};
  const Zone zone = TRY(Zone::named(row->text(0)));
  return zone.day_of(now);
}

/// The rows of a chunk, a person each; none behind the last one.
std::optional<std::vector<ImportLine>> chunk_lines(store::Snapshot& db, std::int64_t community,
                                                   const BatchRow& batch, std::int64_t number) {
  const auto chunk = db.first(
      "SELECT content FROM import_chunk WHERE community_id = $1 AND batch_id = $2"
      " AND number = $3",
      {community, batch.id, number});
  if (!chunk) return std::nullopt;
  auto lines = lines_of(chunk->text(0));
  if (batch.kind == ImportKind::dwellings) return lines;
  return split_persons(batch.mapping, std::move(lines));
}

/// The next lines to apply behind line `after`.
std::vector<ImportLine> lines_to_apply(store::Snapshot& db, std::int64_t community, Id<Batch> batch,
                                       std::int64_t after) {
  std::string records;
  for (const store::Row& row :
       db.query("SELECT number, cells FROM import_row WHERE community_id = $1 AND batch_id = $2"
                " AND number > $3 AND state IN ('new', 'changed') ORDER BY number LIMIT $4",
                {community, batch, after, std::int64_t{chunk_rows}})) {
    records += std::to_string(row.integer(0)) + ',' + row.text(1) + '\n';
  }
  return lines_of(records);
}

/// What rows come to; those of `next` are read meanwhile.
std::vector<RowResult> process(
    Workshop& shop, const ImportSlice& slice, const BatchRow& batch,
    std::span<const ImportLine> lines,
    const std::function<std::vector<ImportLine>(store::Snapshot&)>& next) {
  if (batch.kind == ImportKind::dwellings) return process_dwellings(slice, batch.mapping, lines);
  const RowReading as{batch.mapping, slice.pepper, slice.today, slice.write};
  const auto rows = shop.ahead.take(as, lines);
  shop.ahead.begin(as, [&store = shop.store, next] {
    std::vector<ImportLine> found;
    const auto outcome = store.read([&](store::Snapshot& db) -> store::Outcome {
      found = next(db);
      return store::Answer{};
    });
    return outcome.ok() ? found : std::vector<ImportLine>{};
  });
  std::vector<RowResult> results = process_residents(slice, rows);
  // New ones that shared their line with others say so, for whoever looks the preview through.
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const bool split = row_place(lines[at].number).part > 0;
    if (split && results[at].reason.empty()) results[at].reason = "import.split";
  }
  return results;
}

/// Marks rows that an earlier line of the file has said already, and counts what the others say.
void note(Seen& seen, ImportKind kind, std::span<const ImportLine> lines,
          std::vector<RowResult>& results) {
  for (std::size_t at = 0; at < lines.size(); ++at) {
    RowResult& row = results[at];
    if (row.state == RowState::invalid) continue;
    const std::int64_t number = lines[at].number;
    const std::string& last = kind == ImportKind::dwellings ? row.about[2] : row.about[4];
    if (seen.rows.try_emplace(last, number).first->second != number) {
      row.state = RowState::invalid;
      row.reason =
          kind == ImportKind::dwellings ? "import.duplicate_door" : "import.duplicate_person";
      continue;
    }
    const bool numbered = !row.number_hash.empty();
    if (numbered && seen.numbers.try_emplace(row.number_hash, number).first->second != number) {
      row.state = RowState::invalid;
      row.reason = "import.duplicate_id_number";
      continue;
    }
    for (std::size_t level = 0; level < row.about.size(); ++level) {
      if (!row.about[level].empty()) seen.about[level].insert(row.about[level]);
    }
  }
}

/// The numbers of every part of a row's line: under other columns it was taken apart otherwise.
std::pair<std::int64_t, std::int64_t> whole_line(std::int64_t number) {
  RowPlace place = row_place(number);
  if (number < row_number({})) return {number, number};
  place.part = 0;
  const std::int64_t first = row_number(place);
  ++place.line;
  return {first, row_number(place) - 1};
}

std::optional<std::string> reason_of(const RowResult& row) {
  return row.reason.empty() ? std::nullopt : std::optional(row.reason);
}

std::optional<Id<Person>> person_of(const RowResult& row) {
  return row.state == RowState::invalid ? std::nullopt : row.person;
}

/// What the rows of a chunk come to; where the file was looked at before, instead of that.
void keep_preview(store::Transaction& tx, const store::Job& job, const BatchRow& batch,
                  std::span<const ImportLine> lines, std::span<const RowResult> results) {
  if (lines.empty()) return;
  tx.post(
      "DELETE FROM import_row WHERE community_id = $1 AND batch_id = $2 AND number BETWEEN $3"
      " AND $4",
      {job.community, batch.id, whole_line(lines.front().number).first,
       whole_line(lines.back().number).second});
  BulkInsert rows(tx,
                  "INSERT INTO import_row (community_id, batch_id, number, cells, state, reason,"
                  " person_id)");
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const RowResult& row = results[at];
    rows.add({job.community, batch.id, lines[at].number, record_of(lines[at].cells),
              api::word(row.state), reason_of(row), person_of(row)});
  }
  rows.flush();
}

/// What became of rows that were to be applied.
void keep_outcome(store::Transaction& tx, const store::Job& job, const BatchRow& batch,
                  std::span<const ImportLine> lines, std::span<const RowResult> results) {
  // The rows are there: an insertion that finds them is a change of many rows in one statement.
  BulkInsert rows(tx,
                  "INSERT INTO import_row (community_id, batch_id, number, cells, state, reason,"
                  " made, person_id)",
                  "ON CONFLICT (community_id, batch_id, number) DO UPDATE SET"
                  " state = excluded.state, reason = excluded.reason, made = excluded.made,"
                  " person_id = excluded.person_id");
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const RowResult& row = results[at];
    const bool wrote = row.state == RowState::fresh || row.state == RowState::changed;
    rows.add({job.community, batch.id, lines[at].number, "",
              api::word(wrote ? RowState::applied : row.state), reason_of(row),
              wrote ? std::optional(api::to_json(row.made)) : std::nullopt, person_of(row)});
  }
  rows.flush();
}

void journal(store::Transaction& tx, const store::Job& job, const BatchRow& batch, const char* kind,
             std::int64_t rows) {
  tx.journal({job.community, job.actor, kind, batch.id.value(), "",
              "{\"rows\":" + std::to_string(rows) + "}"});
}

/// `[["HOUSEHOLD","PERSON",..],..]`.
std::string lists_of(const Moves::People& people) {
  std::string lists;
  for (const auto& [household, persons] : people) {
    lists += (lists.empty() ? "[\"" : ",[\"") + id_text(household) + '"';
    for (const std::int64_t person : persons) lists += ",\"" + id_text(person) + '"';
    lists += ']';
  }
  return "[" + lists + "]";
}

void journal_moves(store::Transaction& tx, const store::Job& job, const BatchRow& batch,
                   const Moves& moves) {
  if (moves.joined.empty() && moves.left.empty()) return;
  tx.journal(
      {job.community, job.actor, "residents.imported", batch.id.value(), "",
       R"({"joined":)" + lists_of(moves.joined) + R"(,"left":)" + lists_of(moves.left) + "}"});
}

void finish(store::Transaction& tx, store::Job& job, BatchRow& batch, BatchState state,
            const char* kind) {
  batch.state = state;
  job.state = "done";
  job.result = "{}";
  save_batch(tx, Id<Community>{job.community}, batch);
  journal(tx, job, batch, kind, batch.done);
}

Result<void> read_slice(Workshop& shop, store::Transaction& tx, store::Job& job, Instant now) {
  const Day today = TRY(today_of(tx, job, now));
  BatchRow batch = TRY(some(batch_of(tx, job), "import.unknown"));
  const std::int64_t wanted = number_of(job.cursor);
  Seen& seen = shop.seen[job.id];
  Moves moves;
  const ImportSlice slice{tx,
                          Id<Community>{job.community},
                          shop.ids,
                          shop.rng,
                          shop.store.pepper(),
                          now,
                          today,
                          moves,
                          batch.created_at,
                          false};
  // Earlier chunks are gone through again only by a server that did not read them itself.
  for (std::int64_t at = std::min(seen.next_chunk, wanted); at <= wanted; ++at) {
    const auto lines = chunk_lines(tx, job.community, batch, at);
    if (!lines) {
      const auto& about = seen.about;
      batch.preview = {std::ssize(about[0]), std::ssize(about[1]), std::ssize(about[2]),
                       std::ssize(about[3]), std::ssize(about[4])};
      // The memory of other jobs stays; of this one it would be lost in a retry all the same.
      shop.seen.erase(job.id);
      finish(tx, job, batch, BatchState::ready, "import.read");
      return {};
    }
    std::vector<RowResult> results = process(
        shop, slice, batch, *lines,
        [community = job.community, batch, after = at + 1](store::Snapshot& db) {
          return chunk_lines(db, community, batch, after).value_or(std::vector<ImportLine>{});
        });
    note(seen, batch.kind, *lines, results);
    if (at < wanted) continue;
    keep_preview(tx, job, batch, *lines, results);
    batch.done += std::ssize(*lines);
    job.done = batch.done;
  }
  seen.next_chunk = wanted + 1;
  job.cursor = std::to_string(wanted + 1);
  save_batch(tx, slice.community, batch);
  return {};
}

Result<void> apply_slice(Workshop& shop, store::Transaction& tx, store::Job& job, Instant now) {
  const Day today = TRY(today_of(tx, job, now));
  BatchRow batch = TRY(some(batch_of(tx, job), "import.unknown"));
  const auto lines = lines_to_apply(tx, job.community, batch.id, number_of(job.cursor));
  Moves moves;
  const ImportSlice slice{tx,
                          Id<Community>{job.community},
                          shop.ids,
                          shop.rng,
                          shop.store.pepper(),
                          now,
                          today,
                          moves,
                          batch.created_at,
                          true};
  if (lines.empty()) {
    forget_chunks(tx, slice.community, batch.id);
    finish(tx, job, batch, BatchState::applied, "import.applied");
    return {};
  }
  const std::vector<RowResult> results =
      process(shop, slice, batch, lines,
              [community = job.community, id = batch.id, after = lines.back().number](
                  store::Snapshot& db) { return lines_to_apply(db, community, id, after); });
  keep_outcome(tx, job, batch, lines, results);
  batch.done += std::ssize(lines);
  job.done = batch.done;
  job.cursor = std::to_string(lines.back().number);
  save_batch(tx, slice.community, batch);
  journal(tx, job, batch, "import.rows_applied", std::ssize(lines));
  journal_moves(tx, job, batch, moves);
  return {};
}

/// From the last row to the first, so that what a later row stands on goes after it.
Result<void> undo_slice(Workshop& shop, store::Transaction& tx, store::Job& job, Instant now) {
  const Day today = TRY(today_of(tx, job, now));
  BatchRow batch = TRY(some(batch_of(tx, job), "import.unknown"));
  const auto rows = tx.query(
      "SELECT number, made FROM import_row WHERE community_id = $1 AND batch_id = $2"
      " AND number < $3 AND state = 'applied' ORDER BY number DESC LIMIT $4",
      {job.community, batch.id, job.cursor.empty() ? INT64_MAX : number_of(job.cursor), undo_rows});
  if (rows.empty()) {
    finish(tx, job, batch, BatchState::undone, "import.undone");
    return {};
  }
  Moves moves;
  const ImportSlice slice{tx,
                          Id<Community>{job.community},
                          shop.ids,
                          shop.rng,
                          shop.store.pepper(),
                          now,
                          today,
                          moves,
                          batch.created_at,
                          true};
  for (const store::Row& row : rows) {
    Made made;
    api::Reader reader(row.maybe_text(1).value_or(""));
    made.fields(reader);
    const auto refused = undo_row(slice, made);
    tx.post(
        "UPDATE import_row SET state = $1, reason = $2 WHERE community_id = $3 AND batch_id = $4"
        " AND number = $5",
        {refused ? "applied" : "undone", refused, job.community, batch.id, row.integer(0)});
  }
  batch.done += std::ssize(rows);
  job.done = batch.done;
  job.cursor = std::to_string(rows.back().integer(0));
  save_batch(tx, slice.community, batch);
  journal(tx, job, batch, "import.rows_undone", std::ssize(rows));
  journal_moves(tx, job, batch, moves);
  return {};
}

void cancelled(store::Transaction& tx, const store::Job& job, Instant /*now*/) {
  auto batch = batch_of(tx, job);
  if (!batch) return;
  batch->state = BatchState::cancelled;
  forget_chunks(tx, Id<Community>{job.community}, batch->id);
  save_batch(tx, Id<Community>{job.community}, *batch);
  journal(tx, job, *batch, "import.cancelled", batch->done);
}

}  // namespace

std::map<std::string, store::JobKind> import_jobs(store::Store& store, Rng& rng) {
  const auto shop = std::make_shared<Workshop>(store, rng);
  using Slice = Result<void> (*)(Workshop&, store::Transaction&, store::Job&, Instant);
  const auto kind = [&](Slice slice) {
    return store::JobKind{[shop, slice](store::Transaction& tx, store::Job& job, Instant now) {
                            return slice(*shop, tx, job, now);
                          },
                          cancelled};
  };
  return {{"import.read", kind(read_slice)},
          {"import.apply", kind(apply_slice)},
          {"import.undo", kind(undo_slice)}};
}

}  // namespace doorstep::registry
