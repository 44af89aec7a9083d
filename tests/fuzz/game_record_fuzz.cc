// Any bytes as a game of self-play: refused with one line, or played as recorded; and what was read
// is written and read back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "selfplay/files/bytes.h"
#include "selfplay/records/game_record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki::selfplay;
  std::string bytes;  // a game begins with its length
  put(static_cast<std::uint32_t>(size), bytes);
  bytes.append(reinterpret_cast<const char*>(data), size);
  std::string_view rest = bytes;
  const auto game = read_game(rest);
  if (!game) {
    if (game.error().message.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  if (!rest.empty()) std::abort();
  (void)position_at(*game, game->turns.size());
  std::string written, again;
  write_game(*game, written);
  std::string_view left = written;
  const auto second = read_game(left);
  if (!second || !left.empty()) std::abort();
  write_game(*second, again);
  if (again != written) std::abort();
  return 0;
}
