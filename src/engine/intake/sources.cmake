# The lexicon is data in the repository and a constant in the program.
set(intake_dir ${CMAKE_CURRENT_LIST_DIR})
file(GLOB intake_tables CONFIGURE_DEPENDS ${intake_dir}/lexicon/*.tsv)
set(intake_lexicon ${CMAKE_BINARY_DIR}/generated/intake_lexicon.cpp)
add_custom_command(OUTPUT ${intake_lexicon}
  COMMAND python3 ${intake_dir}/embed_lexicon.py ${intake_lexicon} ${intake_tables}
  DEPENDS ${intake_dir}/embed_lexicon.py ${intake_tables} VERBATIM)
target_sources(doorstep_engine_intake PRIVATE ${intake_lexicon})

# The labelled messages with floors under every figure.
foreach(set dev own fresh1 fresh2 fresh3 fresh4 fresh5 fresh6 fresh7 fresh8
    fresh9 fresh10 fresh11 fresh12 fresh13 fresh14 fresh15 fresh16 fresh17 fresh18 fresh19 fresh20 fresh21 fresh22 fresh23 fresh24 fresh25 fresh26 fresh27 fresh28 fresh29 fresh30 fresh31 fresh32 fresh33 fresh34 fresh35 fresh36 fresh37 fresh38 fresh39 fresh40 fresh41 fresh42 fresh43 fresh44 fresh45 fresh46 fresh47 fresh48 fresh49 fresh50 fresh51 fresh52)
  add_test(NAME intake_score_${set} COMMAND python3 ${CMAKE_SOURCE_DIR}/tests/data/intake/check_floors.py
    $<TARGET_FILE:doorstep> ${set})
endforeach()
# Danger signs as people say them, and what only sounds like one.
add_test(NAME intake_danger_signs COMMAND python3 ${CMAKE_SOURCE_DIR}/tests/data/intake/check_signs.py
  $<TARGET_FILE:doorstep>)
