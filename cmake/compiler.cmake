# Warnings, sanitizers and checks that hold for all of our own code. Included once, from the top.
#
# No -march here: one build runs on any x86-64. Kernels choose their instruction set at run time and get
# their flags file by file (nn/kernels/).
# No -Wconversion: board and tensor code mixes int and std::size_t on every line, the warnings would drown
# the useful ones. Ranges are kept by domain types and checks at the border instead.

option(PONNUKI_WERROR "Warnings are errors" OFF)
option(PONNUKI_TIDY "Run clang-tidy along with the compiler" OFF)
option(PONNUKI_FUZZ "Build the libFuzzer targets in tests/fuzz (clang only)" OFF)
set(PONNUKI_SANITIZE "" CACHE STRING "Sanitizers for -fsanitize=, such as address,undefined or thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow)
add_compile_options(-fno-math-errno)  # nobody asks why a root failed, and loops with roots are vectorized
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  add_compile_options(-Wno-restrict)  # false alarms on "text" + std::string (GCC bug 105651)
endif()
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-subobject-linkage)  # takes the sources of a batch for headers
endif()
if(PONNUKI_WERROR)
  add_compile_options(-Werror)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  add_compile_options(-Wthread-safety)
endif()
if(PONNUKI_SANITIZE)
  add_compile_options(-fsanitize=${PONNUKI_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${PONNUKI_SANITIZE})
endif()
if(PONNUKI_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
# Hardening of what people run: a wrong index should end the program rather than obey a stranger.
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT PONNUKI_SANITIZE)
  add_compile_options(-fPIE -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
  add_link_options(-pie LINKER:-z,relro LINKER:-z,now)
endif()
if(PONNUKI_TIDY)
  find_program(CLANG_TIDY clang-tidy REQUIRED)
  set(CMAKE_CXX_CLANG_TIDY ${CLANG_TIDY} --quiet)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # The two things that ccache asks for to be used together with precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()
