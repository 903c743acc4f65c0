#pragma once
/// \file A batch: one uploaded file on its way from being read to being applied or taken back.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/registry/import_slice.h"
#include "store/jobs.h"

namespace doorstep::registry {

struct Batch;

enum class BatchState : std::uint8_t {
  reading,   ///< A job looks at the rows.
  mapping,   ///< Somebody has to say what the columns mean.
  ready,     ///< Looked at; waits for apply or cancel.
  applying,  ///< A job writes the rows.
  applied,
  undoing,    ///< A job takes back what applying made.
  undone,     ///< Rows that could not be taken back are still "applied", with their reason.
  failed,     ///< The job gave up; what it applied so far can be undone.
  cancelled,  ///< Given up; what was applied until then can be undone.
};

/// Distinct ones in the rows that are not invalid.
struct Preview {
  std::int64_t buildings = 0;
  std::int64_t entrances = 0;
  std::int64_t dwellings = 0;
  std::int64_t households = 0;
  std::int64_t persons = 0;

  void fields(auto& f) {
    f("buildings", buildings);
    f("entrances", entrances);
    f("dwellings", dwellings);
    f("households", households);
    f("persons", persons);
  }
};

struct BatchRow {
  Id<Batch> id{};
  ImportKind kind = ImportKind::dwellings;
  std::string file_name = {};
  Mapping mapping = {};
  std::vector<std::string> header = {};
  BatchState state = BatchState::reading;
  std::int64_t total = 0;  ///< Rows of the file, or of what the present job goes through.
  std::int64_t done = 0;
  Preview preview = {};
  ImportSource source = {};
  std::optional<std::string> error = {};
  Instant created_at{};
  std::optional<std::int64_t> job = {};
};

inline constexpr std::string_view batch_columns =
    "b.id, b.kind, b.file_name, b.mapping, b.header, b.state, b.total, b.done, b.preview, b.error,"
    " b.created_at, b.job_id, b.source";
[[nodiscard]] BatchRow batch_from(const store::Row& row);

/// As it stands; "failed" with the job's code where its job gave up.
std::optional<BatchRow> find_batch(store::Snapshot& db, Id<Community> community, Id<Batch> id);

/// What the columns of the last file of this kind with this header were said to mean; none where no such file
/// was applied.
std::optional<Mapping> mapping_of_last(store::Snapshot& db, Id<Community> community,
                                       ImportKind kind, const std::string& header);

/// Writes what changes of a batch.
void save_batch(store::Transaction& tx, Id<Community> community, const BatchRow& batch);

/// Errors: forbidden "access.denied" without the whole community in scope: a file may name any door.
Result<void> check_import_scope(const api::Context& context);

/// Starts the job `kind` ("import.read", "import.apply", "import.undo") on a batch and saves both.
void start_import_job(api::WriteContext& context, BatchRow& batch, std::string_view kind,
                      BatchState state, std::int64_t total);

void forget_chunks(store::Transaction& tx, Id<Community> community, Id<Batch> batch);

/// Takes back what a row made and changed. None, or the code of why it must stay:
/// "import.undo_in_use" (something else hangs on it), "import.undo_changed_since".
std::optional<std::string> undo_row(const ImportSlice& slice, const Made& made);

/// The jobs of imports, for the server's runner. Requires that `store` and `rng` outlive it.
std::map<std::string, store::JobKind> import_jobs(store::Store& store, Rng& rng);

}  // namespace doorstep::registry

template <>
struct doorstep::api::Choices<doorstep::registry::BatchState> {
  static constexpr std::array words{"reading", "mapping", "ready",  "applying", "applied",
                                    "undoing", "undone",  "failed", "cancelled"};
};
