// PONNUKI_CHECK(condition): a broken invariant stops the program with its place, in every build.
// For our own mistakes only; bad input is an Error (engine/result.h).
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
