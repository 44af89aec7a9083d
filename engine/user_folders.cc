#include "engine/user_folders.h"

#include <cstdlib>

namespace ponnuki {
namespace {

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string user_folder(const char* variable, const char* below_home) {
  const std::string folder = environment(variable), home = environment("HOME");
  if (!folder.empty()) return folder + "/ponnuki";
  return home.empty() ? "" : home + below_home + "/ponnuki";
}

}  // namespace

std::string user_data_folder() { return user_folder("XDG_DATA_HOME", "/.local/share"); }
std::string user_cache_folder() { return user_folder("XDG_CACHE_HOME", "/.cache"); }

}  // namespace ponnuki
