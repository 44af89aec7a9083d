// Secrets: tokens and passwords.
#pragma once

#include <string>

namespace ponnuki {

/// 128 bits of the system's random numbers, in hexadecimal.
std::string random_token();

}  // namespace ponnuki
