// Frames: every board is covered once by tiles of either cover, within the frame.
#include <catch2/catch.hpp>
#include <numeric>
#include <set>
#include <string>

#include "nn/kernels/step/frame.h"

namespace ponnuki::nn::kernels {
namespace {

BoardSize board(int width, int height) {
  return {static_cast<std::uint8_t>(width), static_cast<std::uint8_t>(height)};
}

struct Sides {
  int rows, cols;
};
constexpr Sides kSides[kTileKinds] = {{5, 4}, {5, 5}, {4, 5}, {4, 4}, {3, 3}};  // by kind

/// How often each frame point is the output of a tile; fails where a tile's inputs leave the frame.
std::vector<int> outputs_of(const Frame& frame, const Cover& cover) {
  std::vector<int> times(static_cast<std::size_t>(frame.points()));
  for (std::size_t kind = 0; kind < kTileKinds; ++kind) {
    for (const TileRef& tile : cover[kind]) {
      const int row = tile.origin / frame.cols(), col = tile.origin % frame.cols();
      CHECK(row + kSides[kind].rows + 2 <= frame.points() / frame.cols());
      CHECK(col + kSides[kind].cols + 2 <= frame.cols());
      CHECK((tile.rows <= kSides[kind].rows && tile.cols <= kSides[kind].cols));
      for (int y = 0; y < tile.rows; ++y)
        for (int x = 0; x < tile.cols; ++x)
          ++times[static_cast<std::size_t>((row + 1 + y) * frame.cols() + col + 1 + x)];
    }
  }
  return times;
}

void check_cover(const Frame& frame, const Cover& cover) {
  std::vector<int> times = outputs_of(frame, cover);
  for (const std::int32_t p : frame.board_points()) --times[static_cast<std::size_t>(p)];
  CHECK(times == std::vector<int>(times.size(), 0));
}

TEST_CASE("frame: tiles cover each point of every board once, whatever the batch") {
  for (int height = 1; height <= 25; ++height) {
    for (int width = 1; width <= 25; ++width) {
      const Frame frame(board(width, height));
      CAPTURE(width, height);
      for (const int images : {1, 100}) check_cover(frame, frame.cover(images));
    }
  }
}

TEST_CASE("frame: board points are in row-major order inside a border of zeros") {
  const Frame frame(board(6, 5));
  CHECK(frame.cols() == 10);    // 4 + 4 and the border
  CHECK(frame.points() == 80);  // tiny tiles need 6 + 2 rows, the others 5 + 2
  REQUIRE(frame.board_points().size() == 30);
  CHECK(frame.board_points()[0] == 11);
  CHECK(frame.board_points()[6] == 21);
  CHECK(frame.board_points()[29] == 5 * 10 + 6);
}

TEST_CASE("frame: the exact cover of the usual boards") {
  struct Row {
    int side;
    std::vector<std::size_t> tiles_by_kind;
  };
  for (const Row& row :
       {Row{19, {3, 9, 3, 1, 0}}, Row{13, {2, 1, 2, 4, 0}}, Row{9, {1, 1, 1, 1, 0}},
        Row{25, {0, 25, 0, 0, 0}}, Row{8, {0, 0, 0, 4, 0}}}) {
    const Frame frame(board(row.side, row.side));
    CAPTURE(row.side);
    for (std::size_t kind = 0; kind < kTileKinds; ++kind)
      CHECK(frame.cover(100)[kind].size() == row.tiles_by_kind[kind]);
  }
}

TEST_CASE("frame: tiny tiles for one small board, none for many or for large ones") {
  CHECK(Frame(board(9, 9)).cover(1)[kTiny].size() == 9);
  CHECK(Frame(board(9, 9)).cover(8)[kTiny].empty());
  CHECK(Frame(board(19, 19)).cover(1)[kTiny].empty());
}

/// Kinds by the definition: which elements along a side a tile of so many outputs has.
bool has_element(std::size_t kind, int i, int j) {
  const auto along = [](int side, int e) {
    if (side == 3) return std::set{0, 1, 4, 5, 6}.count(e) == 1;
    return side == 5 || e < 6;
  };
  return along(kSides[kind].rows, i) && along(kSides[kind].cols, j);
}

TEST_CASE("frame: tiles_with_element() selects exactly the kinds that have it") {
  const std::array<int, kTileKinds> exact{2, 3, 4, 5, 0}, no_large{0, 0, 0, 6, 0},
      tiny{0, 0, 0, 0, 7};
  for (const auto& counts : {exact, no_large, tiny}) {
    std::array<int, kTileKinds + 1> begin{};
    std::partial_sum(counts.begin(), counts.end(), begin.begin() + 1);
    for (int e = 0; e < kTileElements * kTileElements; ++e) {
      const TileRange range = tiles_with_element(e, begin);
      for (std::size_t kind = 0; kind < kTileKinds; ++kind) {
        for (int t = begin[kind]; t < begin[kind + 1]; ++t) {
          CAPTURE(e, kind);
          CHECK((t >= range.first && t < range.last) ==
                has_element(kind, e / kTileElements, e % kTileElements));
        }
      }
    }
  }
}

}  // namespace
}  // namespace ponnuki::nn::kernels
