#include "api/export_file.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/csv.h"
#include "base/text.h"

namespace doorstep::api {
namespace {

constexpr std::string_view between_names = "、";

Error no_permit() {
  return {ErrorKind::forbidden, "export.permit"};
}

/// The cells of a line as the list had them: the table puts an apostrophe before what a spreadsheet would run.
Cells cells_of_line(const csv::Reader& reader) {
  Cells cells;
  for (const std::string_view field : reader.fields()) {
    const bool marked = field.starts_with('\'') && formula_safe(field.substr(1)) == field;
    cells.emplace_back(marked ? field.substr(1) : field);
  }
  return cells;
}

std::string masked_name(std::string_view name) {
  const std::u32string points = text::code_points(name);
  return points.empty() ? std::string{} : text::from_code_points(points.substr(0, 1)) + "**";
}

/// For each column of the whole list the column of the shown one, where it has it.
std::vector<std::optional<std::size_t>> places_of(const Cells& whole, const Cells& shown) {
  std::vector<std::optional<std::size_t>> places;
  for (const std::string& name : whole) {
    const auto found = std::ranges::find(shown, name);
    places.push_back(found == shown.end() ? std::nullopt
                                          : std::optional<std::size_t>(found - shown.begin()));
  }
  return places;
}

std::string cell_of(const std::string& whole, const std::string* shown) {
  if (shown == nullptr) return masked(whole);
  if (*shown == whole || !shown->empty()) return *shown;
  return masked(whole);
}

/// The last line of the file. Pairs of a word and its value: it is read by people and by machines.
Cells last_line(const Export& file) {
  Cells line{std::string(export_mark),
             to_text(file.id),
             "by",
             file.by,
             "at",
             to_text(file.at),
             "rows",
             std::to_string(file.rows),
             "names",
             file.permit ? "shown" : "masked"};
  if (file.permit) line.insert(line.end(), {"reason", file.reason});
  return line;
}

/// Both as CSV.
Result<store::Answer> merged(const store::Answer& whole, const store::Answer& shown, Export& file) {
  csv::Reader all(csv::from_text(whole.body));
  csv::Reader some(csv::from_text(shown.body));
  const Error unlike{ErrorKind::unavailable, "export.rows"};
  if (!TRY(all.next())) return unlike;
  const bool columns = TRY(some.next());
  const Cells header = cells_of_line(all);
  const auto places = places_of(header, columns ? cells_of_line(some) : Cells{});
  const auto table = Table::make(file.format, header);
  while (TRY(all.next())) {
    if (columns && !TRY(some.next())) return unlike;
    Cells cells = cells_of_line(all);
    const Cells allowed = columns ? cells_of_line(some) : Cells{};
    for (std::size_t at = 0; at < cells.size(); ++at) {
      cells[at] = cell_of(cells[at], places[at] ? &allowed.at(*places[at]) : nullptr);
    }
    table->add(cells);
    ++file.rows;
  }
  if (columns && TRY(some.next())) return unlike;
  table->add(last_line(file));
  store::Answer answer = table->finish();
  const auto dot = answer.file_name.rfind('.');
  answer.file_name.insert(dot, "-" + to_text(file.id));
  return answer;
}

}  // namespace

std::optional<FileAsked> file_asked(const std::vector<std::pair<std::string, std::string>>& query) {
  std::optional<FileAsked> file;
  std::optional<std::string> permit;
  for (const auto& [name, value] : query) {
    if (name == "permit") permit = value;
    if (name != "format") continue;
    if (value == "csv") file = FileAsked{Format::csv, {}};
    if (value == "xlsx") file = FileAsked{Format::xlsx, {}};
  }
  if (file) file->permit = std::move(permit);
  return file;
}

std::string masked(std::string_view text) {
  if (text.empty() || text.starts_with("**")) return std::string(text);  // The list masked it.
  const bool no_name =
      text.front() == '{' || text.front() == '[' || text == "true" || text == "false";
  if (no_name) return "**";
  std::string out;
  while (true) {
    const auto end = text.find(between_names);
    const std::string_view one = text.substr(0, end);
    const std::string number = text::digits(one);
    out += number.size() >= 5 ? "***" + number.substr(number.size() - 2) : masked_name(one);
    if (end == std::string_view::npos) return out;
    out += between_names;
    text.remove_prefix(end + between_names.size());
  }
}

access::Scope veiled(access::Scope scope, const access::Scope& names) {
  Classes kept;
  for (const Class one : {Class::door, Class::health, Class::money, Class::case_}) kept.add(one);
  std::vector<access::Reach> opened;
  for (access::Reach& one : scope.reaches) {
    if (names.covers(one.prefix)) continue;
    for (const access::Reach& open : names.reaches) {
      if (open.prefix.starts_with(one.prefix)) opened.push_back({open.prefix, one.classes});
    }
    one.classes.keep(kept);
  }
  scope.reaches.insert(scope.reaches.end(), opened.begin(), opened.end());
  return scope;
}

bool asks_permit(const Endpoint& endpoint) {
  return std::ranges::find(endpoint.request.fields, "permit", &Type::name) !=
         endpoint.request.fields.end();
}

bool permit_holds(const Context& context, std::string_view permit) {
  Export unused;
  return use_permit(context, permit, unused).ok();
}

Result<void> use_permit(const Context& context, std::string_view permit, Export& file) {
  const auto id = id_from_text(permit);
  if (!id) return no_permit();
  const auto row = context.db.first(
      "SELECT reason FROM export_permit WHERE community_id = $1 AND id = $2 AND account_id = $3"
      " AND confirmed_at > $4 AND used_at IS NULL",
      {context.community.id, *id, context.actor.id, context.now - permit_length});
  if (!row) return no_permit();
  file.permit = Id<ExportPermit>{*id};
  file.reason = row->text(0);
  return {};
}

Result<store::Answer> export_file(const Endpoint& endpoint, const Decoded& decoded, Context& whole,
                                  Context& shown, Export& file) {
  const auto name = whole.db.first("SELECT name FROM account WHERE id = $1", {whole.actor.id});
  file.by = name ? name->text(0) : "doorstep";
  const store::Answer all = TRY(endpoint.answer(whole, decoded.get(), Format::csv));
  return merged(all, TRY(endpoint.answer(shown, decoded.get(), Format::csv)), file);
}

Result<void> note_export(store::Transaction& tx, const Export& file) {
  if (file.permit) {
    const auto used = tx.run(
        "UPDATE export_permit SET used_at = $3 WHERE community_id = $1 AND id = $2"
        " AND used_at IS NULL",
        {file.community, *file.permit, file.at});
    if (used == 0) return no_permit();
  }
  const std::string_view format = file.format == Format::xlsx ? "xlsx" : "csv";
  tx.run(
      "INSERT INTO export_made (community_id, id, account_id, action, format, row_count, names,"
      " permit_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {file.community, file.id, file.account, file.action, format, file.rows,
       file.permit.has_value(), file.permit ? store::Value(*file.permit) : store::Value(),
       file.at});
  tx.journal({file.community.value(), file.account, "export.made", file.id.value(), "~",
              fmt::format(R"({{"action":"{}","rows":{},"names":{}}})", file.action, file.rows,
                          file.permit ? "true" : "false")});
  return {};
}

}  // namespace doorstep::api
