# Twenty seeds of fourteen days: longer than other tests on a machine that is shared.
if(TEST drill)
  set_tests_properties(drill PROPERTIES TIMEOUT 3600)
endif()
