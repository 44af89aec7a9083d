# What `cmake --install` and the packages of scripts/package have. The modules of MPI are a component of
# their own: in Debian they would pull in all of Open MPI.
include(GNUInstallDirs)
install(TARGETS ponnuki)
if(TARGET ponnuki_mpi_module)
  install(TARGETS ponnuki_mpi_module LIBRARY DESTINATION lib/ponnuki COMPONENT mpi)
endif()

install(FILES packaging/ponnuki.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES packaging/ponnuki.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES web/page/icon.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps
        RENAME ponnuki.svg)
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs examples systemd DESTINATION ${CMAKE_INSTALL_DOCDIR})

# The manual is written by the program itself.
if(NOT CMAKE_CROSSCOMPILING)
  install(CODE "
    execute_process(
      COMMAND $<TARGET_FILE:ponnuki> manual \$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}
      COMMAND_ERROR_IS_FATAL ANY)")
endif()
