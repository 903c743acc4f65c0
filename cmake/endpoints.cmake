# The table of endpoints, from the names of the files in the folders use_cases: file
# src/care/registry/use_cases/list_households.cpp defines `Endpoint list_households()` in namespace
# doorstep::registry. A missing one is a link error; there is nothing to register by hand.
file(GLOB_RECURSE use_case_files CONFIGURE_DEPENDS src/*.cpp)
list(FILTER use_case_files INCLUDE REGEX "/use_cases/[a-z_]+\\.cpp$")
list(FILTER use_case_files EXCLUDE REGEX "_test\\.cpp$")
list(SORT use_case_files)
set(declarations "")
set(rows "")
foreach(file IN LISTS use_case_files)
  get_filename_component(use_case ${file} NAME_WE)
  string(REGEX REPLACE "^.*/([a-z]+)/use_cases/.*$" "\\1" module ${file})
  string(APPEND declarations "namespace doorstep::${module} {\napi::Endpoint ${use_case}();\n}\n")
  string(APPEND rows "  table.push_back(${module}::${use_case}());\n")
endforeach()
file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/generated/endpoints.cpp CONTENT "#include \"api/endpoint.h\"

${declarations}
namespace doorstep::api {

std::vector<Endpoint> all_endpoints() {
  std::vector<Endpoint> table;
${rows}  return table;
}

}  // namespace doorstep::api
")
add_library(doorstep_endpoints STATIC ${CMAKE_BINARY_DIR}/generated/endpoints.cpp)
set(endpoint_layers ${known_layers})
list(FILTER endpoint_layers INCLUDE REGEX "^(api|care/.*)$")
foreach(layer IN LISTS endpoint_layers)
  string(REPLACE "/" "_" name ${layer})
  target_link_libraries(doorstep_endpoints PUBLIC doorstep_${name})
endforeach()
