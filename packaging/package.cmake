# What is installed where, and the Debian package: `cpack --config build/release/CPackConfig.cmake`.
# No component and no dependency is chosen by hand: dpkg-shlibdeps reads what the binary links.
include(GNUInstallDirs)
install(TARGETS huice RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS huice-full RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/huice)
install(DIRECTORY policies index DESTINATION ${CMAKE_INSTALL_DATADIR}/huice)
install(DIRECTORY templates DESTINATION ${CMAKE_INSTALL_DATADIR}/huice PATTERN fonts.yaml EXCLUDE)

# No package of its own has 仿宋: the file that scripts/setup laid down goes along, and the installed
# list of fonts names it where it then is.
set(huice_own_fonts /usr/local/share/fonts/huice)
set(huice_fonts_file ${PROJECT_BINARY_DIR}/packaging/fonts.yaml)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS templates/fonts.yaml)
file(READ templates/fonts.yaml huice_fonts)
string(REPLACE ${huice_own_fonts} /usr/share/huice/fonts huice_fonts "${huice_fonts}")
file(WRITE ${huice_fonts_file} "${huice_fonts}")
install(FILES ${huice_fonts_file} DESTINATION ${CMAKE_INSTALL_DATADIR}/huice/templates)
install(FILES ${huice_own_fonts}/FandolFang-Regular.otf
        DESTINATION ${CMAKE_INSTALL_DATADIR}/huice/fonts)
install(FILES docs/openapi.yaml DESTINATION ${CMAKE_INSTALL_DATADIR}/huice/docs)
install(DIRECTORY web/dist DESTINATION ${CMAKE_INSTALL_DATADIR}/huice/web OPTIONAL)
install(FILES docs/service.md docs/guide.md docs/errors.md CHANGELOG.md LICENSE
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/huice)
install(FILES packaging/huice.service DESTINATION /lib/systemd/system)
install(FILES packaging/huice.yaml DESTINATION /etc/huice)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME huice)
set(CPACK_PACKAGE_VENDOR Huice)
set(CPACK_PACKAGE_CONTACT "Huice <huice@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Finds policies, drafts documents and keeps ledgers for county offices")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# libqpdf is loaded when it is first needed, which shlibdeps does not see.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, libqpdf29, fonts-noto-cjk, fonts-arphic-gkai00mp, fonts-lxgw-wenkai")
# pg_dump and pg_restore, where the database is PostgreSQL.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql-client")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${PROJECT_SOURCE_DIR}/packaging/postinst ${PROJECT_SOURCE_DIR}/packaging/prerm
    ${PROJECT_SOURCE_DIR}/packaging/postrm ${PROJECT_SOURCE_DIR}/packaging/conffiles)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
include(CPack)
