#include "nn/inputs/encoder.h"

#include <array>
#include <utility>

namespace ponnuki::nn {
namespace {

constexpr std::array<std::pair<Encoder, std::string_view>, 4> kNames = {{
    {Encoder::kKataGoV7, "katago-v7"},
    {Encoder::kLeelaZero, "leela-zero"},
    {Encoder::kAlphaGoZero, "alphago-zero"},
    {Encoder::kAlphaGo, "alphago"},
}};

}  // namespace

std::string to_string(Encoder encoder) {
  for (const auto& [each, name] : kNames) {
    if (each == encoder) return std::string(name);
  }
  return "";
}

std::optional<Encoder> parse_encoder(std::string_view name) {
  for (const auto& [encoder, each] : kNames) {
    if (each == name) return encoder;
  }
  return {};
}

}  // namespace ponnuki::nn
