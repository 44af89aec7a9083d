# Each level of nn/kernels/simd is the same source with the flags of its instruction set; the level is
# chosen at run time (nn/kernels/simd/simd_level.h). Contraction makes a * b + c one FMA where there is one.
set(level_flags -O3 -ffp-contract=fast)
if(PONNUKI_FUZZ)  # no input from outside decides what they do, and checked they take minutes to compile
  set(level_flags -O1 -fno-sanitize=all)
endif()
file(GLOB level_sources nn/kernels/simd/level_*.cc)
set_source_files_properties(${level_sources} PROPERTIES COMPILE_OPTIONS "${level_flags}"
                                                         SKIP_PRECOMPILE_HEADERS ON)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set_source_files_properties(nn/kernels/simd/level_avx2.cc PROPERTIES
    COMPILE_OPTIONS "${level_flags};-mavx2;-mfma")
  set_source_files_properties(nn/kernels/simd/level_avxvnni.cc PROPERTIES
    COMPILE_OPTIONS "${level_flags};-mavx2;-mfma;-mavxvnni")
  set(avx512_flags ${level_flags} -mavx512f -mavx512vl -mavx512dq -mavx512bw -mfma)
  set_source_files_properties(nn/kernels/simd/level_avx512.cc PROPERTIES COMPILE_OPTIONS "${avx512_flags}")
  set_source_files_properties(nn/kernels/simd/level_avx512vnni.cc PROPERTIES
    COMPILE_OPTIONS "${avx512_flags};-mavx512vnni")
  set_source_files_properties(nn/kernels/simd/level_avx512bf16.cc PROPERTIES
    COMPILE_OPTIONS "${avx512_flags};-mavx512vnni;-mavx512bf16")
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
  set_source_files_properties(nn/kernels/simd/level_i8mm.cc PROPERTIES
    COMPILE_OPTIONS "${level_flags};-march=armv8.2-a+i8mm")
endif()
