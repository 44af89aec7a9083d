#include "figures/plane_titles.h"

#include <cstddef>

#include "engine/format.h"
#include "nn/inputs/alphago_planes.h"
#include "nn/inputs/planes.h"
#include "nn/inputs/zero_planes.h"

namespace ponnuki::figures {
namespace {

constexpr std::array<const char*, nn::kPlaneCount> kKataGo = {
    "on the board",        "own stones",   "opponent's stones", "1 liberty",
    "2 liberties",         "3 liberties",  "forbidden by ko",   "(clean-up: 0)",
    "(clean-up: 0)",       "last move",    "2 turns ago",       "3 turns ago",
    "4 turns ago",         "5 turns ago",  "caught in ladders", "ladders 1 turn ago",
    "ladders 2 turns ago", "ladder moves", "own area",          "opponent's area",
    "(clean-up: 0)",       "(clean-up: 0)"};

/// The title of a plane with the stones of `turns` turns ago.
std::string stones_title(bool own, int turns) {
  const std::string whose = own ? "own" : "opponent's";
  if (turns == 0) return whose + " stones";
  return whose + format(", %d %s ago", turns, turns == 1 ? "turn" : "turns");
}

std::string leela_zero_title(int plane) {
  if (plane == 2 * nn::kZeroHistory) return "Black to move";
  if (plane > 2 * nn::kZeroHistory) return "White to move";
  return stones_title(plane < nn::kZeroHistory, plane % nn::kZeroHistory);
}

std::string alphago_zero_title(int plane) {
  if (plane == 2 * nn::kZeroHistory) return "Black to move";
  return stones_title(plane % 2 == 0, plane / 2);
}

std::string alphago_title(int plane) {
  constexpr std::array<const char*, 4> kFirst = {"own stones", "opponent's stones", "empty",
                                                 "ones"};
  constexpr std::array<const char*, 5> kLast = {"ladder capture", "ladder escape", "sensible",
                                                "zeros", "Black to move"};
  constexpr int kCounted = 4, kAfterCounts = 44;
  if (plane < kCounted) return kFirst[static_cast<std::size_t>(plane)];
  if (plane >= kAfterCounts) return kLast[static_cast<std::size_t>(plane - kAfterCounts)];
  struct Count {
    const char* what;
    // The count for which the first of the eight planes stands.
    int first;
  };
  constexpr std::array<Count, 5> kCounts = {{{"turns ago", 1},
                                             {"liberties", 1},
                                             {"captures", 0},
                                             {"own in atari", 1},
                                             {"would have", 1}}};
  const auto [what, first] = kCounts[static_cast<std::size_t>((plane - kCounted) / 8)];
  const int step = (plane - kCounted) % 8;
  return std::string(what) + format(": %d%s", first + step, step == 7 ? "+" : "");
}

}  // namespace

std::string plane_title(nn::Encoder encoder, int plane) {
  switch (encoder) {
    case nn::Encoder::kKataGoV7:
      return kKataGo[static_cast<std::size_t>(plane)];
    case nn::Encoder::kLeelaZero:
      return leela_zero_title(plane);
    case nn::Encoder::kAlphaGoZero:
      return alphago_zero_title(plane);
    case nn::Encoder::kAlphaGo:
      return alphago_title(plane);
  }
  return "";
}

StonePlanes stone_planes(nn::Encoder encoder) {
  switch (encoder) {
    case nn::Encoder::kKataGoV7:
      return {{1, 2, 0}, "points of the board"};
    case nn::Encoder::kLeelaZero:
      return {{0, nn::kZeroHistory, 2 * nn::kZeroHistory}, "Black to move"};
    case nn::Encoder::kAlphaGoZero:
      return {{0, 1, 2 * nn::kZeroHistory}, "Black to move"};
    case nn::Encoder::kAlphaGo:
      return {{0, 1, 3}, "points of the board"};
  }
  return {};
}

}  // namespace ponnuki::figures
