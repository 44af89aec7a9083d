# The Debian packages: cpack -G DEB, by scripts/package. ponnuki-mpi has the module of MPI alone.
string(TIMESTAMP PONNUKI_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)  # that of SOURCE_DATE_EPOCH
set(maintainer "The Ponnuki authors <authors@ponnuki.invalid>")
set(package_folder ${PROJECT_BINARY_DIR}/packaging)

# The licence, and those of the libraries in the web page.
function(ponnuki_debian_documents package component)
  file(WRITE ${package_folder}/${package}/changelog "\
${package} (${PROJECT_VERSION}) unstable; urgency=medium

  * /usr/share/doc/ponnuki/CHANGELOG.md.gz says what is new.

 -- ${maintainer}  ${PONNUKI_DATE}
")
  install(CODE "
    set(folder \$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/share/doc/${package})
    file(MAKE_DIRECTORY \${folder})
    file(READ ${PROJECT_SOURCE_DIR}/LICENSE copyright)
    if(EXISTS ${web_build}/page/licences.txt)
      file(READ ${web_build}/page/licences.txt licences)
      string(APPEND copyright \"\\n\\nThe page of ponnuki web has these libraries:\\n\\n\${licences}\")
    endif()
    file(WRITE \${folder}/copyright \"\${copyright}\")
    execute_process(COMMAND gzip -9n INPUT_FILE ${package_folder}/${package}/changelog
                    OUTPUT_FILE \${folder}/changelog.gz COMMAND_ERROR_IS_FATAL ANY)"
    COMPONENT ${component})
endfunction()

if(PONNUKI_DEBIAN_PACKAGE)
  ponnuki_debian_documents(ponnuki Unspecified)
  ponnuki_debian_documents(ponnuki-mpi mpi)
  install(CODE "
    execute_process(COMMAND gzip -9n \$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/share/doc/ponnuki/CHANGELOG.md
                    COMMAND_ERROR_IS_FATAL ANY)
    file(REMOVE \$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/share/doc/ponnuki/LICENSE)")
endif()

set(CPACK_PACKAGE_NAME ponnuki)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT ${maintainer})
set(CPACK_COMPONENTS_ALL Unspecified)
if(TARGET ponnuki_mpi_module)
  list(APPEND CPACK_COMPONENTS_ALL mpi)
endif()
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION science)  # games must be in /usr/games
set(CPACK_DEBIAN_UNSPECIFIED_PACKAGE_NAME ponnuki)
set(CPACK_DEBIAN_UNSPECIFIED_DESCRIPTION "Go engine with a board in the browser
Ponnuki plays and analyses the game of Go, and teaches itself to play. It
has a board for any browser, speaks GTP with board programs and KataGo's
JSON protocol with analysis programs, writes reports on game records, and
reads the networks of KataGo and Leela Zero. A small network is part of
the program.")
if(CURL_FOUND)
  set(CPACK_DEBIAN_UNSPECIFIED_PACKAGE_DEPENDS libcurl4)  # loaded at run time
endif()
set(CPACK_DEBIAN_UNSPECIFIED_PACKAGE_RECOMMENDS "ca-certificates, xdg-utils")
set(CPACK_DEBIAN_UNSPECIFIED_PACKAGE_SUGGESTS "ponnuki-mpi, nats-server")
set(CPACK_DEBIAN_MPI_PACKAGE_NAME ponnuki-mpi)
set(CPACK_DEBIAN_MPI_PACKAGE_DEPENDS "ponnuki (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_MPI_DESCRIPTION "learning of Ponnuki by several processes
With this package, several processes or machines share the work of training a
network: mpirun ponnuki train.")
include(CPack)
