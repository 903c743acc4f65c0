#include "care/registry/import_batch.h"

#include "base/check.h"
#include "base/csv.h"

namespace doorstep::registry {
namespace {

struct Columns {
  Mapping columns;
  void fields(auto& f) { f("columns", columns); }
};

/// What the house itself wrote; anything else is a bug.
template <class T>
T from_json(std::string_view json) {
  T value;
  api::Reader reader(json);
  value.fields(reader);
  CHECK(reader.finish().ok());
  return value;
}

}  // namespace

BatchRow batch_from(const store::Row& row) {
  BatchRow batch;
  batch.id = row.id<Batch>(0);
  batch.kind = api::from_word<ImportKind>(row.text(1)).value_or(ImportKind::dwellings);
  batch.file_name = row.text(2);
  batch.mapping = from_json<Columns>(row.text(3)).columns;
  for (ImportLine& line : lines_of("0," + row.text(4) + "\n")) batch.header = std::move(line.cells);
  batch.state = api::from_word<BatchState>(row.text(5)).value_or(BatchState::failed);
  batch.total = row.integer(6);
  batch.done = row.integer(7);
  batch.preview = from_json<Preview>(row.text(8));
  batch.error = row.maybe_text(9);
  batch.created_at = row.instant(10);
  batch.job = row.maybe_integer(11);
  batch.source = from_json<ImportSource>(row.text(12));
  return batch;
}

std::optional<BatchRow> find_batch(store::Snapshot& db, Id<Community> community, Id<Batch> id) {
  const auto row = db.first("SELECT " + std::string(batch_columns) +
                                " FROM import_batch b WHERE b.community_id = $1 AND b.id = $2",
                            {community, id});
  if (!row) return std::nullopt;
  BatchRow batch = batch_from(*row);
  const bool working = batch.state == BatchState::reading || batch.state == BatchState::applying ||
                       batch.state == BatchState::undoing;
  if (working && batch.job) {
    const auto job = store::find_job(db, community.value(), *batch.job);
    if (job && job->state == "failed") {
      batch.state = BatchState::failed;
      batch.error = job->result;
    }
  }
  return batch;
}

std::optional<Mapping> mapping_of_last(store::Snapshot& db, Id<Community> community,
                                       ImportKind kind, const std::string& header) {
  const auto row = db.first(
      "SELECT mapping FROM import_batch WHERE community_id = $1 AND kind = $2 AND header = $3"
      " AND state = 'applied' ORDER BY created_at DESC, id DESC LIMIT 1",
      {community, api::word(kind), header});
  if (!row) return std::nullopt;
  return from_json<Columns>(row->text(0)).columns;
}

void save_batch(store::Transaction& tx, Id<Community> community, const BatchRow& batch) {
  tx.post(
      "UPDATE import_batch SET mapping = $1, state = $2, total = $3, done = $4, preview = $5,"
      " error = $6, job_id = $7 WHERE community_id = $8 AND id = $9",
      {api::to_json(Columns{batch.mapping}), api::word(batch.state), batch.total, batch.done,
       api::to_json(batch.preview), batch.error, batch.job, community, batch.id});
}

Result<void> check_import_scope(const api::Context& context) {
  if (context.scope.whole()) return {};
  return Error{ErrorKind::forbidden, "access.denied"};
}

void start_import_job(api::WriteContext& context, BatchRow& batch, std::string_view kind,
                      BatchState state, std::int64_t total) {
  store::Job job;
  job.community = context.community.id.value();
  job.id = context.new_id<store::Job>().value();
  job.kind = kind;
  job.input = "{\"batch\":\"" + to_text(batch.id) + "\"}";
  job.total = total;
  job.actor = context.actor.id;
  store::add_job(context.tx, job, context.now);
  batch.state = state;
  batch.total = total;
  batch.done = 0;
  batch.job = job.id;
  save_batch(context.tx, context.community.id, batch);
}

void forget_chunks(store::Transaction& tx, Id<Community> community, Id<Batch> batch) {
  tx.post("DELETE FROM import_chunk WHERE community_id = $1 AND batch_id = $2", {community, batch});
}

}  // namespace doorstep::registry
