// The catalogue: nets that `ponnuki net get` fetches by name.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ponnuki::nn {

struct CatalogueNet {
  std::string_view name;    // "b18"
  std::string_view file;    // as it is called where it comes from
  std::string_view url;     // its folder
  std::int64_t bytes;       // 0: not known
  std::string_view sha256;  // "": not known
  std::string_view licence;
  std::string_view about;
  bool is_special = false;  // no net for every board and every command
};

std::span<const CatalogueNet> net_catalogue();
/// Null if there is no net of this name.
const CatalogueNet* find_in_catalogue(std::string_view name);

}  // namespace ponnuki::nn
