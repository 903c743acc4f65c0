#include <array>

#include "app/doctor/check.h"

namespace doorstep::app {

std::span<const DoctorCheck> doctor_checks() {
  static constexpr std::array<DoctorCheck, 3> all{
      {{"machine", check_machine}, {"backup", check_backups}, {"reach", check_reach}}};
  return all;
}

}  // namespace doorstep::app
