// Zobrist keys (Zobrist 1970), computed at compile time by SplitMix64 from their meaning alone, so
// that hashes are the same in all runs and on all machines.
#pragma once

#include <array>
#include <cstdint>

#include "engine/random.h"
#include "engine/types.h"

namespace ponnuki::zobrist {

/// The meaning of a key. Keys of different kinds are independent.
enum class Kind : std::uint64_t {
  kStone = 1,
  kSize,
  kPlayer,
  kBan,
  kRules,
  kKomi,
  kPasses,
  kMove,
  kBoardAgo,
  kOver,
  kKomiFraction,
  kEncore
};

constexpr std::uint64_t key(Kind kind, std::uint64_t value) {
  return splitmix64((static_cast<std::uint64_t>(kind) << 56) ^ splitmix64(value));
}

namespace internal {
constexpr auto make_stones() {
  std::array<std::array<std::uint64_t, 2>, kPointCount> keys{};
  for (std::uint64_t i = 0; i < kPointCount; ++i) {
    keys[i] = {key(Kind::kStone, 2 * i), key(Kind::kStone, 2 * i + 1)};
  }
  return keys;
}
inline constexpr auto kStones = make_stones();
}  // namespace internal

/// The key of a stone of `player` at the padded index `point`.
constexpr std::uint64_t stone(int point, Color player) {
  return internal::kStones[static_cast<std::size_t>(point)][player == Color::kWhite];
}
constexpr std::uint64_t size(BoardSize s) { return key(Kind::kSize, s.width * 64ULL + s.height); }
constexpr std::uint64_t player(Color c) { return c == Color::kWhite ? key(Kind::kPlayer, 1) : 0; }

}  // namespace ponnuki::zobrist
