# The page of `ponnuki web`: web/page/ bundled by web/build.mjs, with packages from npm by the lock file. Without node,
# npm or a package registry the program is built without it, and says so.
option(PONNUKI_WEB "build the page of `ponnuki web`" ON)
set(web_build ${PROJECT_BINARY_DIR}/web)
find_program(PONNUKI_NODE node)
find_program(PONNUKI_NPM npm)

# Installs the packages of the lock file, unless they are there already.
function(ponnuki_install_web_packages result)
  file(MAKE_DIRECTORY ${web_build})
  foreach(file package.json package-lock.json)
    configure_file(web/${file} ${web_build}/${file} COPYONLY)
  endforeach()
  file(SHA256 ${PROJECT_SOURCE_DIR}/web/package-lock.json lock)
  set(${result} TRUE PARENT_SCOPE)
  if(EXISTS ${web_build}/installed-${lock})
    return()
  endif()
  message(STATUS "Installing the packages of the web page")
  execute_process(COMMAND ${PONNUKI_NPM} ci --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000
                  WORKING_DIRECTORY ${web_build} RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET TIMEOUT 300)
  if(failed)
    set(${result} FALSE PARENT_SCOPE)
  else()
    file(TOUCH ${web_build}/installed-${lock})
  endif()
endfunction()

set(has_packages FALSE)
if(NOT PONNUKI_WEB)
  message(STATUS "The web page is left out: PONNUKI_WEB is off")
elseif(NOT PONNUKI_NODE OR NOT PONNUKI_NPM)
  message(WARNING "The web page is left out: it needs nodejs and npm")
else()
  ponnuki_install_web_packages(has_packages)
  if(NOT has_packages)
    message(WARNING "The web page is left out: npm cannot install its packages; try 'npm ci' in ${web_build}")
  endif()
endif()

if(has_packages)
  file(GLOB_RECURSE page_sources CONFIGURE_DEPENDS web/page/*)
  set(page_files index.html app.js app.css icon.svg manifest.webmanifest licences.txt)
  list(TRANSFORM page_files PREPEND ${web_build}/page/)
  add_custom_command(
    OUTPUT ${page_files}
    COMMAND ${PONNUKI_NODE} ${PROJECT_SOURCE_DIR}/web/build.mjs ${PROJECT_SOURCE_DIR}/web/page ${web_build}
    DEPENDS ${page_sources} web/build.mjs ${web_build}/package-lock.json
    COMMENT "Bundling the web page")
  set_source_files_properties(
    web/server/static_files.cc
    PROPERTIES OBJECT_DEPENDS "${page_files}"
               COMPILE_DEFINITIONS PONNUKI_WEB_FOLDER="${web_build}/page"
               COMPILE_OPTIONS -fno-lto)  # its assembler defines symbols, which LTO does not see
  add_custom_target(ponnuki_page DEPENDS ${page_files})
  add_dependencies(ponnuki_web ponnuki_page)
endif()
