# The pages of ui/ inside the program: `npm run build` whenever a source of theirs changes, then one
# object with every file and a table of them (src/net/pages.h). A library of its own: doorstep_pages.
option(DOORSTEP_PAGES "Build the pages of ui/ into the program (OFF: an empty table)" ON)

set(pages_out ${CMAKE_BINARY_DIR}/pages)
set(pages_dist)
set(pages_sources)
if(NOT DOORSTEP_PAGES)
  message(STATUS "Pages: left out (DOORSTEP_PAGES=OFF)")
elseif(NOT EXISTS ${CMAKE_SOURCE_DIR}/ui/package.json)
  message(STATUS "Pages: none, there is no ui/package.json")
else()
  set(pages_dist ${CMAKE_SOURCE_DIR}/ui/dist)
  file(GLOB pages_entries CONFIGURE_DEPENDS LIST_DIRECTORIES true ui/* ui/.npmrc)
  list(FILTER pages_entries EXCLUDE REGEX "/ui/(node_modules|dist)$")
  foreach(entry IN LISTS pages_entries)
    if(IS_DIRECTORY ${entry})
      file(GLOB_RECURSE entry CONFIGURE_DEPENDS ${entry}/*)
    endif()
    list(APPEND pages_sources ${entry})
  endforeach()
  add_custom_command(OUTPUT ${pages_out}/built
    COMMAND ${CMAKE_SOURCE_DIR}/tools/pages.sh build
    COMMAND ${CMAKE_COMMAND} -E make_directory ${pages_out}
    COMMAND ${CMAKE_COMMAND} -E touch ${pages_out}/built
    DEPENDS ${pages_sources} ${CMAKE_SOURCE_DIR}/tools/pages.sh ${CMAKE_SOURCE_DIR}/tools/node.sh
      ${CMAKE_SOURCE_DIR}/tools/node/package-lock.json
    COMMENT "Building the pages in ui/" VERBATIM)
  list(APPEND pages_sources ${pages_out}/built)
  add_test(NAME pages_types COMMAND ${CMAKE_SOURCE_DIR}/tools/pages.sh check)
  set_property(TEST pages_types PROPERTY LABELS once)
  # The script `test`: sizes, syntax, words, codes. `e2e`, with a browser, stands in tests.cmake.
  file(READ ${CMAKE_SOURCE_DIR}/ui/package.json pages_package)
  string(JSON pages_script ERROR_VARIABLE pages_no_test GET "${pages_package}" scripts test)
  file(GLOB pages_tests CONFIGURE_DEPENDS ui/test/*)
  if(pages_tests AND NOT pages_no_test)
    add_test(NAME pages COMMAND ${CMAKE_SOURCE_DIR}/tools/pages.sh run test)
    set_tests_properties(pages PROPERTIES LABELS once ENVIRONMENT "NODE_OPTIONS=\
--test-reporter=spec --test-reporter-destination=stdout \
--test-reporter=junit --test-reporter-destination=${CMAKE_BINARY_DIR}/results/pages.xml")
  endif()
endif()

add_custom_command(OUTPUT ${pages_out}/pages.cpp ${pages_out}/pages.S ${pages_out}/pages.bin
  COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/embed_pages.py ${pages_out} ${pages_dist}
  DEPENDS ${pages_sources} ${CMAKE_SOURCE_DIR}/tools/embed_pages.py
  COMMENT "Embedding the pages" VERBATIM)
set_source_files_properties(${pages_out}/pages.S PROPERTIES OBJECT_DEPENDS ${pages_out}/pages.bin)
add_library(doorstep_pages STATIC ${pages_out}/pages.cpp ${pages_out}/pages.S)
