#pragma once
/// \file The checks of `doorstep doctor`. Each is a function in a file of its own here and a line of the list in
/// checks.cpp; it looks at one matter and says what it found. A check changes nothing, and one that cannot look says so.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/installation.h"

namespace doorstep::app {

enum class Health : std::uint8_t {
  good,  ///< Works.
  note,  ///< Works less than it could, or does not and is not meant to.
  bad,   ///< Has to be put right; the command ends with 1.
};

/// One thing that was looked at, in a line.
struct Finding {
  Health health = Health::good;
  std::string code;         ///< Stable: "reach.mode", "address.unproved".
  std::string words;        ///< For who runs the machine, in English; no personal values.
  std::string remedy = {};  ///< What to do about it; "" where nothing is.
};

struct Examined {
  const InstallationOptions& options;
  store::Reading* store = nullptr;  ///< None where the data directory holds no installation yet.
  std::string listen = {};          ///< HOST:PORT that the server would have.
  std::string certificate = {};     ///< PEM file; "" for plain http.
};

struct DoctorCheck {
  std::string_view area;  ///< Heading: "reach".
  std::vector<Finding> (*look)(const Examined&);
};

/// In the order in which they are shown.
[[nodiscard]] std::span<const DoctorCheck> doctor_checks();

std::vector<Finding> check_machine(const Examined& examined);
std::vector<Finding> check_backups(const Examined& examined);
std::vector<Finding> check_reach(const Examined& examined);

}  // namespace doorstep::app
