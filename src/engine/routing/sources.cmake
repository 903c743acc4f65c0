# Property tests draw their seeds with rapidcheck. The test program is declared after this file.
cmake_language(DEFER CALL target_link_libraries test_engine_routing PRIVATE rapidcheck)
