// Checksums of what is read back from files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ponnuki::selfplay {

/// CRC-32, as in zlib.
std::uint32_t checksum(std::string_view bytes);

/// A line of JSON, an object with at least one member, with a checksum of this line as its last
/// member: "crc32", eight hexadecimal digits.
std::string sealed(const std::string& json);
/// False if the line has another checksum than its own. Lines of earlier versions have none.
bool is_seal_right(std::string_view line);

/// A config file with comments: the first says that it has a checksum, the last is this checksum.
std::string sealed_config(const std::string& text);
/// False if the text before the last comment has another checksum, or if only the first one is
/// there. True for a file that begins with no comment. Lines behind the checksum are not covered.
bool is_config_seal_right(std::string_view text);

}  // namespace ponnuki::selfplay
