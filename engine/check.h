// PONNUKI_CHECK(condition) prints file and line and aborts the program if the condition is false,
// in every build. For bugs only; bad input is an Error (engine/result.h).
#pragma once

#include <cstdio>
#include <cstdlib>

#define PONNUKI_CHECK(condition)                                                            \
  do {                                                                                      \
    if (!(condition)) [[unlikely]] {                                                        \
      std::fprintf(stderr, "ponnuki: broken invariant %s at %s:%d\n", #condition, __FILE__, \
                   __LINE__);                                                               \
      std::abort();                                                                         \
    }                                                                                       \
  } while (false)
