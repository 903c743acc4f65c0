# Builds files of the repository into the base layer, byte for byte (assembler .incbin, so size does
# not matter): policy, rule packs, demo data.
file(GLOB embedded_paths CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
  docs/access.csv docs/access_classes.csv rules/*.toml demo/*.csv demo/*.toml)
list(SORT embedded_paths)
set(assembler ".section .rodata\n")
set(declarations "")
set(rows "")
set(number 0)
foreach(path IN LISTS embedded_paths)
  string(APPEND assembler ".global embedded_${number}, embedded_${number}_end\nembedded_${number}:\n.incbin \"${CMAKE_SOURCE_DIR}/${path}\"\nembedded_${number}_end:\n.byte 0\n")
  string(APPEND declarations "extern \"C\" const char embedded_${number}[];\nextern \"C\" const char embedded_${number}_end[];\n")
  string(APPEND rows "      {\"${path}\", embedded_${number}, embedded_${number}_end},\n")
  math(EXPR number "${number} + 1")
endforeach()
string(APPEND assembler ".section .note.GNU-stack,\"\",@progbits\n")
set(generated ${CMAKE_BINARY_DIR}/generated)
file(GENERATE OUTPUT ${generated}/embedded.S CONTENT "${assembler}")
file(GENERATE OUTPUT ${generated}/embedded_table.cpp CONTENT "#include \"base/embedded_table.h\"

#include <array>

${declarations}
namespace doorstep {

std::span<const EmbeddedFile> embedded_files() {
  static const std::array<EmbeddedFile, ${number}> files{{
${rows}  }};
  return files;
}

}  // namespace doorstep
")
set(absolute ${embedded_paths})
list(TRANSFORM absolute PREPEND ${CMAKE_SOURCE_DIR}/)
set_source_files_properties(${generated}/embedded.S PROPERTIES OBJECT_DEPENDS "${absolute}")
target_sources(doorstep_base PRIVATE ${generated}/embedded.S ${generated}/embedded_table.cpp)
