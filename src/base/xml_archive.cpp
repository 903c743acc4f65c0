#include "base/xml_archive.h"

#include <vector>

#include <expat.h>
#include <zip.h>

#include "base/check.h"

namespace doorstep {
namespace {

constexpr int piece_bytes = 1 << 16;
/// So much may come of even the smallest archive.
constexpr std::size_t ratio_free = std::size_t{1} << 20U;

Error damaged(std::string hint = {}) {
  return {ErrorKind::invalid, "archive.damaged", std::move(hint)};
}

std::string_view local(const char* name) {
  const std::string_view whole(name);
  return whole.substr(whole.find_last_of(':') + 1);  // npos + 1 is 0.
}

/// What expat hands back to each of its calls.
struct Run {
  XmlReader& reader;
  XML_Parser parser;
  bool doctype = false;
  std::vector<std::pair<std::string_view, std::string_view>> attributes = {};

  void stop_when_done() const {
    if (!reader.wants_more()) XML_StopParser(parser, XML_FALSE);
  }
};

void on_begin(void* data, const char* name, const char** attributes) {
  auto& run = *static_cast<Run*>(data);
  run.attributes.clear();
  for (std::size_t at = 0; attributes[at] != nullptr; at += 2) {
    run.attributes.emplace_back(local(attributes[at]), attributes[at + 1]);
  }
  run.reader.begin(local(name), run.attributes);
  run.stop_when_done();
}

void on_end(void* data, const char* name) {
  auto& run = *static_cast<Run*>(data);
  run.reader.end(local(name));
  run.stop_when_done();
}

void on_text(void* data, const char* text, int length) {
  const auto& run = *static_cast<Run*>(data);
  run.reader.text({text, static_cast<std::size_t>(length)});
  run.stop_when_done();
}

void on_doctype(void* data, const char* /*name*/, const char* /*id*/, const char* /*public_id*/,
                int /*internal*/) {
  auto& run = *static_cast<Run*>(data);
  run.doctype = true;
  XML_StopParser(run.parser, XML_FALSE);
}

struct FreeParser {
  void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

void XmlArchive::Closer::operator()(void* archive) const {
  zip_discard(static_cast<zip_t*>(archive));
}

Result<XmlArchive> XmlArchive::open(std::string_view bytes, ArchiveLimits limits) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  CHECK(source != nullptr);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (archive == nullptr) {
    zip_source_free(source);
    return damaged();
  }
  return XmlArchive(archive, bytes.size(), limits);
}

bool XmlArchive::holds(const std::string& name) const {
  return zip_name_locate(static_cast<zip_t*>(archive_.get()), name.c_str(), 0) >= 0;
}

Result<void> XmlArchive::read(const std::string& name, XmlReader& reader) {
  auto* archive = static_cast<zip_t*>(archive_.get());
  zip_stat_t about;
  if (zip_stat(archive, name.c_str(), 0, &about) != 0) {
    return Error{ErrorKind::not_found, "archive.no_part", name};
  }
  if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE) {
    return Error{ErrorKind::invalid, "archive.locked"};
  }
  const Error too_much{ErrorKind::too_large, "archive.too_much"};
  const std::size_t most = std::min(limits_.unpacked_max, packed_ * limits_.ratio_max + ratio_free);
  // What the archive says of itself is asked first: nothing of a bomb need be unpacked.
  if ((about.valid & ZIP_STAT_SIZE) != 0 && about.size > most - unpacked_) return too_much;
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen(archive, name.c_str(), 0));
  if (!file) return damaged(name);
  const std::unique_ptr<XML_ParserStruct, FreeParser> parser(XML_ParserCreate(nullptr));
  CHECK(parser);
  Run run{reader, parser.get()};
  XML_SetUserData(parser.get(), &run);
  XML_SetElementHandler(parser.get(), on_begin, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  while (true) {
    void* buffer = XML_GetBuffer(parser.get(), piece_bytes);
    CHECK(buffer != nullptr);
    const zip_int64_t got = zip_fread(file.get(), buffer, piece_bytes);
    if (got < 0) return damaged(name);
    unpacked_ += static_cast<std::size_t>(got);
    if (unpacked_ > most) return too_much;
    const XML_Status status = XML_ParseBuffer(parser.get(), static_cast<int>(got), got == 0);
    if (status != XML_STATUS_OK) {
      if (run.doctype) return Error{ErrorKind::invalid, "archive.entities"};
      if (!reader.wants_more()) return {};
      return damaged(name);
    }
    if (got == 0) return {};
  }
}

}  // namespace doorstep
