#pragma once
/// \file Lists that leave the house as files (N14). Names and numbers are masked, unless a named role gave a reason and
/// signed in again; the file says who took it out; each is counted (ADR 0052).

#include <optional>
#include <string>
#include <string_view>

#include "api/endpoint.h"

namespace doorstep::api {

struct ExportPermit;
struct ExportMade;

/// Why names have to leave the house.
enum class ExportReason : std::uint8_t {
  authority,   ///< Who may ask by law does.
  medical,     ///< A hospital needs it.
  handover,    ///< To another community or shift.
  outage,      ///< Paper for when the power fails.
  correction,  ///< Rows of an import go back to be put right.
};

/// With this begins the last line of a file that left the house; pairs of a word and its value follow, among them
/// "names", which are "shown" or "masked".
inline constexpr std::string_view export_mark = "#export";

/// How long a permit is good for after the sign-in.
inline constexpr std::chrono::minutes permit_length{5};

/// What a request for a file asked for.
struct FileAsked {
  Format format = Format::csv;
  std::optional<std::string> permit = {};
};

/// None where the answer is no file. `query`: the parameters of the request.
[[nodiscard]] std::optional<FileAsked> file_asked(
    const std::vector<std::pair<std::string, std::string>>& query);

/// A file under way.
struct Export {
  Id<ExportMade> id{};
  Id<Community> community{};
  std::int64_t account = 0;
  std::string by = {};  ///< The name that the file bears.
  std::string action = {};
  Format format = Format::csv;
  std::int64_t rows = 0;
  std::optional<Id<ExportPermit>> permit = {};
  std::string reason = {};
  Instant at{};
};

/// `scope` without names and numbers but where `names` covers: what a file may show.
[[nodiscard]] access::Scope veiled(access::Scope scope, const access::Scope& names);

/// The list itself has to know of a permit: it masks numbers on the screen too.
[[nodiscard]] bool asks_permit(const Endpoint& endpoint);

/// The permit is the actor's, confirmed, not over and not used.
[[nodiscard]] bool permit_holds(const Context& context, std::string_view permit);

/// What the permit opens. Errors: forbidden "export.permit" (unknown, another's, not confirmed, over or used).
Result<void> use_permit(const Context& context, std::string_view permit, Export& file);

/// The file of a list: `whole` sees all that its reader may see and `shown` what the file may show. The list is run with both, in
/// one picture, so that the rows are the same; what differs is masked: of a name the first character stays, of a number the
/// last two digits. Counts the rows and says who took it. Errors: those of the list; unavailable "export.rows" (the two are
/// not the same list).
Result<store::Answer> export_file(const Endpoint& endpoint, const Decoded& decoded, Context& whole,
                                  Context& shown, Export& file);

/// Counts the file and uses its permit up. Errors: forbidden "export.permit" (used meanwhile).
Result<void> note_export(store::Transaction& tx, const Export& file);

/// "张三、李四" is "张**、李**", "13900001111" is "***11".
[[nodiscard]] std::string masked(std::string_view text);

}  // namespace doorstep::api

template <>
struct doorstep::api::Choices<doorstep::api::ExportReason> {
  static constexpr std::array words{"authority", "medical", "handover", "outage", "correction"};
};
