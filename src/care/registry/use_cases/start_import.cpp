/// \file Upload a file to import: it is read and looked at, and changes nothing until it is applied.

#include "base/bytes.h"
#include "base/text.h"
#include "care/registry/import_batch.h"

namespace doorstep::registry {
namespace {

struct Request {
  std::string file;
  ImportKind kind = ImportKind::dwellings;
  std::optional<std::string> file_name;
  ImportFile read = {};  ///< Filled before the transaction.

  void fields(auto& f) {
    f("kind", kind);
    f("file_name", file_name);
  }
};

struct Response {
  Id<Batch> id;
  BatchState state = BatchState::reading;

  void fields(auto& f) {
    f("id", id);
    f("state", state);
  }
};

/// Errors: forbidden "access.denied" without the whole community; those of read_import().
Result<Response> start(api::WriteContext& context, const Request& request) {
  TRY(check_import_scope(context));
  const ImportFile& file = request.read;
  BatchRow batch;
  batch.id = context.new_id<Batch>();
  batch.kind = request.kind;
  batch.header = file.header;
  batch.mapping = match_columns(request.kind, file.header);
  batch.source = file.source;
  const std::string header = record_of(batch.header);
  if (const auto said = mapping_of_last(context.db, context.community.id, batch.kind, header)) {
    batch.source.remembered = *said != batch.mapping;
    batch.mapping = *said;
  }
  const std::string name = TRY(clean_text(request.file_name.value_or(""), 200, "import.file_name"));
  context.tx.post(
      "INSERT INTO import_batch (community_id, id, kind, file_name, file_hash, mapping, header,"
      " state, total, done, preview, created_at, created_by, source)"
      " VALUES ($1, $2, $3, $4, $5, '{}', $6, 'mapping', $7, 0, '{}', $8, $9, $10)",
      {context.community.id, batch.id, api::word(batch.kind), name, to_hex(blake2b(request.file)),
       header, file.rows, context.now, context.actor.id, api::to_json(batch.source)});
  for (std::size_t at = 0; at < file.chunks.size(); ++at) {
    context.tx.post(
        "INSERT INTO import_chunk (community_id, batch_id, number, content)"
        " VALUES ($1, $2, $3, $4)",
        {context.community.id, batch.id, std::int64_t(at), file.chunks[at]});
  }
  if (complete(batch.kind, batch.mapping)) {
    start_import_job(context, batch, "import.read", BatchState::reading, file.rows);
  } else {
    batch.state = BatchState::mapping;
    batch.total = file.rows;
    save_batch(context.tx, context.community.id, batch);
  }
  context.journal("import.started", batch.id.value(), "");
  return Response{batch.id, batch.state};
}

/// The file is read here and not in the transaction, which has 20 ms.
Result<api::Decoded> decode_file(api::Reader& reader, const api::Request& raw) {
  auto request = std::make_shared<Request>();
  request->fields(reader);
  TRY(reader.finish());
  request->file = raw.body;
  request->read = TRY(read_import(request->file, request->kind));
  return api::Decoded(std::move(request));
}

}  // namespace

api::Endpoint start_import() {
  api::Endpoint made = api::command(api::Method::post, "/api/v1/imports", "import.run",
                                    "Upload a file to import", start);
  made.decode = decode_file;
  return made;
}

}  // namespace doorstep::registry
