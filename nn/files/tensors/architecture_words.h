// Words of architectures that the writer and the reader share. Internal to nn/files/.
#pragma once

#include <cstddef>

#include "nn/model/activation_kind.h"

namespace ponnuki::nn {

inline constexpr std::size_t kMaxWord = 256;  // as in KataGo's files
inline constexpr Activation kActivations[] = {Activation::kIdentity, Activation::kRelu,
                                              Activation::kMish, Activation::kSilu};

inline const char* name_of(Activation activation) {
  switch (activation) {
    case Activation::kIdentity:
      return "identity";
    case Activation::kRelu:
      return "relu";
    case Activation::kMish:
      return "mish";
    case Activation::kSilu:
      return "silu";
  }
  return "";
}

inline bool is_word_character(char c) { return c > ' ' && c <= '~'; }

}  // namespace ponnuki::nn
