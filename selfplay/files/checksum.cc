#include "selfplay/files/checksum.h"

#include <zlib.h>

#include "engine/format.h"

namespace ponnuki::selfplay {
namespace {

constexpr std::string_view kMember = ",\"crc32\":\"", kEnd = "\"}";
constexpr std::string_view kFront = "# The options of a run. The last line is their checksum.\n";
constexpr std::string_view kComment = "# crc32 of the lines above: ";
constexpr std::size_t kDigits = 8;

std::string digits_of(std::string_view bytes) {
  return format("%08x", static_cast<unsigned>(checksum(bytes)));
}

}  // namespace

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::string sealed(const std::string& json) {
  return json.substr(0, json.size() - 1) + std::string(kMember) + digits_of(json) +
         std::string(kEnd);
}

bool is_seal_right(std::string_view line) {
  const std::size_t tail = kMember.size() + kDigits + kEnd.size();
  if (line.size() <= tail || line.substr(line.size() - tail, kMember.size()) != kMember)
    return true;
  const std::string json = std::string(line.substr(0, line.size() - tail)) + "}";
  return sealed(json) == line;
}

std::string sealed_config(const std::string& text) {
  const std::string lines = std::string(kFront) + text;
  return lines + std::string(kComment) + digits_of(lines) + "\n";
}

bool is_config_seal_right(std::string_view text) {
  const std::size_t at = text.rfind(kComment);
  if (at == text.npos) return !text.starts_with("#");  // earlier versions wrote no comments
  return text.substr(at + kComment.size(), kDigits) == digits_of(text.substr(0, at));
}

}  // namespace ponnuki::selfplay
