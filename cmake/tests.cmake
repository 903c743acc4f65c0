# For every test of this folder: where its results go (tools/report_tests.py counts them) and where
# the program under test is. Included last.
add_test(NAME layers COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/check_layers.py ${CMAKE_SOURCE_DIR})
add_test(NAME sources COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/check_sources.py ${CMAKE_SOURCE_DIR})
add_test(NAME capabilities
  COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/check_capabilities.py ${CMAKE_SOURCE_DIR}/docs/capabilities.csv)
add_test(NAME tools COMMAND python3 -m unittest discover -s tools -p "*_test.py"
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
# "once": says the same under every preset, so the sanitizer runs leave it out.
set_property(TEST layers sources capabilities tools PROPERTY LABELS once)

# The pages in a browser, on the program itself: it starts one with the demo and one that is fresh.
if(DOORSTEP_PAGES)
  add_test(NAME e2e COMMAND ${CMAKE_SOURCE_DIR}/tools/pages.sh run e2e)
  set_tests_properties(e2e PROPERTIES LABELS once RUN_SERIAL ON TIMEOUT 1800
    ENVIRONMENT E2E_JUNIT=${CMAKE_BINARY_DIR}/results/e2e.xml)
endif()

# The declarations that the pages are checked against are the program's own.
add_test(NAME api_declarations COMMAND sh -c
  "$<TARGET_FILE:doorstep> openapi --typescript | diff -u ${CMAKE_SOURCE_DIR}/ui/api.d.ts -")

# Pages of the last release, open over an upgrade, still find what they ask for (N7).
add_test(NAME api_of_the_last_release COMMAND sh -c
  "$<TARGET_FILE:doorstep> openapi | python3 ${CMAKE_SOURCE_DIR}/tools/check_api.py ${CMAKE_SOURCE_DIR}/docs/api.json")

# The offline bundle is installed and used on a bare Debian without network.
if(DOORSTEP_PAGES)
  add_test(NAME N4_offline_bundle COMMAND ${CMAKE_SOURCE_DIR}/tools/offline_test.sh)
  set_tests_properties(N4_offline_bundle PROPERTIES LABELS once TIMEOUT 300
    ENVIRONMENT BUNDLE_BUILD=${CMAKE_BINARY_DIR})
endif()

# From an empty folder to the first report, as a bundle is used (N4).
add_test(NAME first_report
  COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/bundle_use.py --program $<TARGET_FILE:doorstep>)

# What can be guessed is let through as often as its limit says, and not once more (docs/security.md).
add_test(NAME attack
  COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/attack.py --program $<TARGET_FILE:doorstep>)
set_property(TEST attack PROPERTY LABELS once)

# What goes wrong under a running server (docs/chaos.md), in short; ./dev soak does it at length.
add_library(disk_faults MODULE tests/chaos/disk_faults.cpp)
set(chaos python3 ${CMAKE_SOURCE_DIR}/tools/chaos.py)
add_test(NAME chaos_postgres COMMAND ${CMAKE_SOURCE_DIR}/tools/with_postgres.sh
  ${chaos} postgres --program $<TARGET_FILE:doorstep> --rounds 4)
add_test(NAME chaos_disk COMMAND ${chaos} disk
  --program $<TARGET_FILE:doorstep> --library $<TARGET_FILE:disk_faults> --rounds 1)
add_test(NAME chaos_phones COMMAND ${chaos} phones --program $<TARGET_FILE:doorstep>)
set_property(TEST chaos_postgres chaos_disk chaos_phones PROPERTY LABELS once)

file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/results)
get_property(all_tests DIRECTORY PROPERTY TESTS)
foreach(test IN LISTS all_tests)
  set_property(TEST ${test} APPEND PROPERTY ENVIRONMENT
    GTEST_OUTPUT=xml:${CMAKE_BINARY_DIR}/results/${test}.xml
    DOORSTEP_RESULTS=${CMAKE_BINARY_DIR}/results
    DOORSTEP_BINARY=$<TARGET_FILE:doorstep>)
endforeach()
