# One static library per line of src/LAYERS, linked to exactly the layers that line names, and one
# test program per layer from its *_test.cpp. A folder without sources is skipped, so a layer exists
# as soon as its first file does.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n data)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(date REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PostgreSQL REQUIRED)
find_package(GTest REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(oath REQUIRED IMPORTED_TARGET liboath)
pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(pangocairo REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(zip REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(expat REQUIRED IMPORTED_TARGET expat)
pkg_check_modules(xlsxwriter REQUIRED IMPORTED_TARGET xlsxwriter)
pkg_check_modules(jemalloc REQUIRED IMPORTED_TARGET jemalloc)

# What a layer takes from outside the house. The compile firewall: Boost stays in these lines.
set(EXTERNAL_base fmt::fmt spdlog::spdlog date::date-tz ICU::uc ICU::i18n ICU::data
    PkgConfig::sodium PkgConfig::qrencode PkgConfig::zip PkgConfig::expat Threads::Threads)
# The allocator of every program (docs/adr/0044); the sanitizers bring their own.
if(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")
  list(APPEND EXTERNAL_base PkgConfig::jemalloc)
endif()
set(EXTERNAL_store PkgConfig::sqlite3 PostgreSQL::PostgreSQL)
set(EXTERNAL_access PkgConfig::oath)
set(EXTERNAL_api Boost::json OpenSSL::Crypto PkgConfig::xlsxwriter)
set(EXTERNAL_net OpenSSL::SSL OpenSSL::Crypto Boost::headers Boost::json ZLIB::ZLIB doorstep_pages)
set(EXTERNAL_app Boost::json)
set(EXTERNAL_drill_oracle Boost::json)

file(STRINGS src/LAYERS layer_lines REGEX "^[a-z]")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS src/LAYERS)
set(known_layers)
foreach(line IN LISTS layer_lines)
  string(REGEX REPLACE "#.*" "" line "${line}")
  string(REGEX MATCH "^([a-z/]+):(.*)$" _ "${line}")
  set(layer ${CMAKE_MATCH_1})
  string(STRIP "${CMAKE_MATCH_2}" allowed)
  string(REPLACE " " ";" allowed "${allowed}")
  string(REPLACE "/" "_" name ${layer})
  file(GLOB_RECURSE files CONFIGURE_DEPENDS src/${layer}/*.cpp)
  # A layer nested in another folder (drill/oracle in drill) belongs to itself alone.
  if(layer STREQUAL "drill")
    list(FILTER files EXCLUDE REGEX "/drill/oracle/")
  endif()
  set(sources ${files})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$|/main\\.cpp$|_bench\\.cpp$|_fuzz\\.cpp$")
  set(tests ${files})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(NOT sources)
    continue()
  endif()
  set(links)
  foreach(pattern IN LISTS allowed)
    foreach(lower IN LISTS known_layers)
      string(REPLACE "*" ".*" regex "${pattern}")
      if(lower MATCHES "^${regex}$")
        string(REPLACE "/" "_" lower_name ${lower})
        list(APPEND links doorstep_${lower_name})
      endif()
    endforeach()
  endforeach()
  add_library(doorstep_${name} STATIC ${sources})
  target_link_libraries(doorstep_${name} PUBLIC ${links} ${EXTERNAL_${name}})
  list(APPEND known_layers ${layer})
  if(tests)
    add_executable(test_${name} ${tests})
    target_link_libraries(test_${name} PRIVATE doorstep_${name} GTest::gtest_main GTest::gmock rapidcheck)
    if(layer MATCHES "^(api|care/.*|net|app|drill)$")
      target_link_libraries(test_${name} PRIVATE doorstep_endpoints) # the whole house, over the API
    endif()
    target_compile_definitions(test_${name} PRIVATE DOORSTEP_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND test_${name})
  endif()
  # What a layer builds besides: generated sources, benchmarks, fuzzers.
  include(src/${layer}/sources.cmake OPTIONAL)
endforeach()

include(cmake/embedded.cmake)
include(cmake/endpoints.cmake)

# The program, with a table of its commands made from the names in src/app/commands.
file(GLOB command_files CONFIGURE_DEPENDS src/app/commands/*.cpp)
set(declarations "")
set(rows "")
foreach(file IN LISTS command_files)
  get_filename_component(command ${file} NAME_WE)
  if(command MATCHES "_test$")
    continue()
  endif()
  string(APPEND declarations "Command ${command}_command();\n")
  string(APPEND rows "    ${command}_command(),\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/commands.cpp @ONLY CONTENT
"#include \"app/command.h\"

#include <vector>

namespace doorstep::app {

@declarations@
std::span<const Command> commands() {
  static const std::vector<Command> table{
@rows@  };
  return table;
}

}  // namespace doorstep::app
")
add_executable(doorstep src/app/main.cpp ${CMAKE_BINARY_DIR}/generated/commands.cpp)
target_link_libraries(doorstep PRIVATE doorstep_app doorstep_endpoints)
