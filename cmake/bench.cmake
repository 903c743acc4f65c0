# One program per layer from its *_bench.cpp, built on demand: `ninja bench_store`.

file(GLOB_RECURSE bench_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*_bench.cpp)
foreach(file IN LISTS bench_files)
  get_filename_component(stem ${file} NAME_WE)
  string(REGEX REPLACE "_bench$" "" stem ${stem})
  file(RELATIVE_PATH layer ${CMAKE_SOURCE_DIR}/src ${file})
  get_filename_component(layer ${layer} DIRECTORY)
  string(REPLACE "/" "_" layer ${layer})
  add_executable(bench_${stem} EXCLUDE_FROM_ALL ${file})
  target_link_libraries(bench_${stem} PRIVATE doorstep_${layer} fmt::fmt)
endforeach()
