# Builds src/store/migrations/NNNN_name.sql into the program. NNNN_name.sqlite.sql and
# NNNN_name.postgresql.sql stand instead of the shared text for one engine.

file(GLOB migration_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/store/migrations/*.sql)
set(migration_stems)
foreach(file IN LISTS migration_files)
  get_filename_component(base ${file} NAME)
  if(NOT base MATCHES "^([0-9][0-9][0-9][0-9]_[a-z_0-9]+)(\\.sqlite|\\.postgresql)?\\.sql$")
    message(FATAL_ERROR "${base}: a migration is named NNNN_name[.sqlite|.postgresql].sql")
  endif()
  list(APPEND migration_stems ${CMAKE_MATCH_1})
  # A changed text is a changed program.
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
endforeach()
list(SORT migration_stems)
list(REMOVE_DUPLICATES migration_stems)

set(migration_rows "")
set(migration_expected 1)
foreach(stem IN LISTS migration_stems)
  string(REGEX MATCH "^0*([0-9]+)_(.*)$" _ ${stem})
  set(number ${CMAKE_MATCH_1})
  set(name ${CMAKE_MATCH_2})
  if(NOT number EQUAL migration_expected)
    message(FATAL_ERROR "migration ${stem}: number ${migration_expected} is missing or taken twice")
  endif()
  math(EXPR migration_expected "${migration_expected} + 1")
  set(texts "")
  foreach(suffix .sql .sqlite.sql .postgresql.sql)
    set(text "")
    if(EXISTS ${CMAKE_SOURCE_DIR}/src/store/migrations/${stem}${suffix})
      file(READ ${CMAKE_SOURCE_DIR}/src/store/migrations/${stem}${suffix} text)
    endif()
    string(APPEND texts ",\n     R\"migration(${text})migration\"")
  endforeach()
  string(APPEND migration_rows "    {${number}, \"${name}\"${texts}},\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/migrations.cpp @ONLY CONTENT
"#include \"store/migrations.h\"

namespace doorstep::store {

std::span<const Migration> migrations() {
  static constexpr Migration table[] = {
@migration_rows@  };
  return table;
}

}  // namespace doorstep::store
")
target_sources(doorstep_store PRIVATE ${CMAKE_BINARY_DIR}/generated/migrations.cpp)
