#include "engine/random_token.h"

#include <random>

#include "engine/format.h"

namespace ponnuki {

std::string random_token() {
  std::random_device device;
  std::string token;
  for (int i = 0; i < 4; ++i) token += format("%08x", device());
  return token;
}

}  // namespace ponnuki
