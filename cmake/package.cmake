# What is installed, and the .deb (tools/bundle.sh makes it, and the offline bundle from the same files).
# Packing takes what was built and builds nothing: the tests are no part of it.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
set(packaging ${CMAKE_SOURCE_DIR}/packaging)
install(TARGETS doorstep RUNTIME DESTINATION bin)
install(FILES README.md CHANGELOG.md GLOSSARY.md docs/backup.md docs/journal.md docs/drill.md docs/intake.md
  docs/install.md DESTINATION share/doc/doorstep)
install(FILES LICENSE DESTINATION share/doc/doorstep RENAME copyright)
install(FILES ${packaging}/doorstep.service DESTINATION lib/systemd/system)
install(FILES ${packaging}/doorstep.default DESTINATION /etc/default RENAME doorstep)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME doorstep)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "the doorstep project <doorstep@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Care for people who cannot leave home")
set(CPACK_PACKAGE_DESCRIPTION
  "Who is well, who needs what, who brings it, and that nobody is missed. One server, offline, with its pages.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-noto-cjk")
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
file(WRITE ${CMAKE_BINARY_DIR}/generated/conffiles "/etc/default/doorstep\n")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  "${packaging}/postinst;${packaging}/prerm;${CMAKE_BINARY_DIR}/generated/conffiles")
include(CPack)
