# Builds docs/access.csv and docs/access_classes.csv into the access layer.
set(policy_cpp ${CMAKE_BINARY_DIR}/generated/policy_text.cpp)
file(READ docs/access.csv access_csv)
file(READ docs/access_classes.csv access_classes_csv)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS docs/access.csv docs/access_classes.csv)
file(CONFIGURE OUTPUT ${policy_cpp} @ONLY CONTENT
"#include \"access/policy_text.h\"

namespace doorstep::access {

std::string_view access_csv_text() {
  return R\"csv(@access_csv@)csv\";
}

std::string_view access_classes_csv_text() {
  return R\"csv(@access_classes_csv@)csv\";
}

}  // namespace doorstep::access
")
target_sources(doorstep_access PRIVATE ${policy_cpp})
