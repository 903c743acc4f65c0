/// \file `doorstep link`: the same people in two lists, or twice in one.

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/command.h"
#include "base/csv.h"
#include "base/text.h"
#include "engine/linkage/linkage.h"
#include "engine/linkage/schema.h"

namespace doorstep::app {
namespace {

namespace lk = linkage;

struct Arguments {
  std::string registry, list, dedupe, left, right, output, schema;
  std::string explain;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
};

/// An unusable file: what the user reads.
Error file_error(const std::string& file, const std::string& reason) {
  return {ErrorKind::invalid, "link.file", fmt::format("{}: {}", file, reason)};
}

/// A CSV file open for reading, its header read.
struct List {
  std::string path;
  std::ifstream stream;
  std::vector<std::string> header;
  std::optional<csv::Reader> reader;
  std::vector<std::string> ids;  ///< First column, in order of the rows.
};

Result<void> open_list(const std::string& path, List& list) {
  list.path = path;
  list.stream.open(path, std::ios::binary);
  if (!list.stream) return file_error(path, "cannot be opened");
  list.reader.emplace([&list](char* to, std::size_t size) {
    list.stream.read(to, static_cast<std::streamsize>(size));
    return static_cast<std::size_t>(list.stream.gcount());
  });
  const Result<bool> first = list.reader->next();
  if (!first) return file_error(path, first.error().hint);
  if (!*first) return file_error(path, "line 1: there is no header");
  list.header.assign(list.reader->fields().begin(), list.reader->fields().end());
  return {};
}

/// Hands every row to `add(id, values)`, the values by the columns of the slots.
template <class Add>
Result<void> read_rows(List& list, const std::vector<lk::Slot>& slots, bool left, Add&& add) {
  std::vector<std::string_view> values(slots.size());
  while (true) {
    const Result<bool> more = list.reader->next();
    if (!more) return file_error(list.path, more.error().hint);
    if (!*more) return {};
    const auto fields = list.reader->fields();
    for (std::size_t i = 0; i < slots.size(); ++i) {
      values[i] = fields[static_cast<std::size_t>(left ? slots[i].left : slots[i].right)];
    }
    list.ids.emplace_back(fields[0]);
    add(fields[0], values);
  }
}

Result<std::vector<lk::Column>> read_schema(const std::string& path) {
  if (path.empty()) return std::vector<lk::Column>{};
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return file_error(path, "cannot be opened");
  const std::string toml{std::istreambuf_iterator<char>(stream), {}};
  if (!text::valid_utf8(toml)) return file_error(path, "is not UTF-8");
  Result<std::vector<lk::Column>> columns = lk::schema_from_toml(toml);
  if (!columns) return file_error(path, columns.error().hint);
  return columns;
}

Result<void> write_output(const std::string& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(text.data(), static_cast<std::streamsize>(text.size()));
  stream.flush();
  if (!stream) return file_error(path, "cannot be written");
  return {};
}

constexpr csv::WriteOptions plain{.line_end = "\n"};

std::string verdict_rows(const std::vector<lk::Verdict>& verdicts, const List& registry,
                         const List& list) {
  std::string out = "row,match,decision,bits\n";
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const lk::Verdict& one = verdicts[i];
    const bool matched = one.match != lk::Verdict::nobody;
    csv::append_record(out,
                       {list.ids[i], matched ? std::string_view(registry.ids[one.match]) : "",
                        lk::to_text(one.decision), matched ? fmt::format("{:.1f}", one.bits) : ""},
                       plain);
  }
  return out;
}

std::string link_rows(const std::vector<lk::AcceptedLink>& links, const List& left,
                      const List& right) {
  std::string out = "left,right,bits\n";
  for (const lk::AcceptedLink& one : links) {
    csv::append_record(
        out, {left.ids[one.left], right.ids[one.right], fmt::format("{:.1f}", one.bits)}, plain);
  }
  return out;
}

/// A cluster is named by the smallest id in it, so that the order of the rows does not show.
std::string cluster_rows(const std::vector<lk::Row>& clusters, const List& list) {
  std::vector<std::string_view> names(clusters.size());
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    std::string_view& name = names[clusters[i]];
    if (name.data() == nullptr || list.ids[i] < name) name = list.ids[i];
  }
  std::string out = "row,cluster\n";
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    csv::append_record(out, {list.ids[i], names[clusters[i]]}, plain);
  }
  return out;
}

/// The bits of each property for the rows with this id and their best candidates.
void explain(const std::string& id, lk::Linkage& linkage, const List& left, const List* right,
             const std::vector<lk::Slot>& slots) {
  const auto& people = linkage.people();
  lk::Scorer scorer(linkage.model(), people, people, people);
  const auto name_of = [&](lk::Row row) -> const std::string& {
    return row < left.ids.size() ? left.ids[row] : right->ids[row - left.ids.size()];
  };
  for (const auto& one : linkage.candidates()) {
    if (name_of(one.left) != id && name_of(one.right) != id) continue;
    fmt::print(stderr, "{} - {}: {:.1f} bits{}\n", name_of(one.left), name_of(one.right), one.bits,
               one.conflict ? ", two different valid numbers" : "");
    for (const auto& part : scorer.explain(one.levels, one.left, one.right)) {
      const lk::Comparison& comparison = scorer.comparisons()[part.comparison];
      fmt::print(stderr, "  {:<16} {:>6.1f}\n",
                 comparison.order ? "order" : slots[comparison.slot].name, part.bits);
    }
  }
}

Result<void> run(const Arguments& arguments) {
  const std::vector<lk::Column> schema = TRY(read_schema(arguments.schema));
  const bool one_file = !arguments.dedupe.empty();
  const bool by_registry = !arguments.registry.empty();
  List left;
  List right;
  TRY(open_list(one_file      ? arguments.dedupe
                : by_registry ? arguments.registry
                              : arguments.left,
                left));
  if (!one_file) TRY(open_list(by_registry ? arguments.list : arguments.right, right));
  const auto slots = lk::line_up(schema, left.header, one_file ? left.header : right.header);
  if (slots.empty()) return file_error(left.path, "line 1: no column that can be compared");
  std::vector<lk::Kind> kinds;
  for (const lk::Slot& slot : slots) kinds.push_back(slot.kind);

  lk::Options options{.threads = arguments.threads};
  options.progress = [](std::string_view stage) { fmt::print(stderr, "link: {}\n", stage); };
  options.progress("reading");
  lk::Linkage linkage(kinds, options);
  TRY(read_rows(left, slots, true, [&](auto id, auto& values) { linkage.add_left(id, values); }));
  if (!one_file) {
    TRY(read_rows(right, slots, false,
                  [&](auto id, auto& values) { linkage.add_right(id, values); }));
  }
  std::string out;
  if (one_file) {
    out = cluster_rows(linkage.dedupe(), left);
  } else if (by_registry) {
    out = verdict_rows(linkage.link_list(), left, right);
  } else {
    out = link_rows(linkage.link_files(), left, right);
  }
  if (!arguments.explain.empty()) {
    explain(arguments.explain, linkage, left, one_file ? nullptr : &right, slots);
  }
  return write_output(arguments.output, out);
}

int main_link(int argc, char** argv) {
  CLI::App app{"Find the same people in two lists, or twice in one.", "doorstep link"};
  Arguments arguments;
  auto* registry = app.add_option("--registry", arguments.registry, "CSV of registered people");
  auto* list = app.add_option("--list", arguments.list, "CSV to match against the registry");
  auto* dedupe = app.add_option("--dedupe", arguments.dedupe, "CSV in which to find duplicates");
  auto* left = app.add_option("--left", arguments.left, "first of two CSV files to link");
  auto* right = app.add_option("--right", arguments.right, "second of two CSV files to link");
  app.add_option("--output", arguments.output, "CSV to write")->required();
  app.add_option("--schema", arguments.schema, "TOML with [columns] name = \"kind\"");
  app.add_option("--explain", arguments.explain, "print the bits of each column for this row id");
  app.add_option("--threads", arguments.threads, "threads to use")->check(CLI::Range(1, 64));
  registry->needs(list)->excludes(dedupe)->excludes(left)->excludes(right);
  list->needs(registry);
  left->needs(right)->excludes(dedupe);
  right->needs(left);
  dedupe->excludes(list)->excludes(right);
  try {
    app.parse(argc, argv);
    if (arguments.registry.empty() && arguments.dedupe.empty() && arguments.left.empty()) {
      throw CLI::RequiredError("--registry with --list, --dedupe, or --left with --right");
    }
  } catch (const CLI::ParseError& problem) {
    return app.exit(problem) == 0 ? 0 : 2;
  }
  const Result<void> done = run(arguments);
  if (done) return 0;
  fmt::print(stderr, "link: {}\n", done.error().hint);
  return 2;
}

}  // namespace

Command link_command() {
  return {"link", "find the same people in two lists, or twice in one", main_link};
}

}  // namespace doorstep::app
