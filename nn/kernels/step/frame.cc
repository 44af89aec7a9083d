#include "nn/kernels/step/frame.h"

#include <algorithm>

namespace ponnuki::nn::kernels {
namespace {

struct Segment {
  int begin = 0;
  int length = 0;  // of the tile
  int used = 0;    // on the board
};

/// Makes `count` tiles. The first `large` of them have the length `length` + 1, the others
/// `length`.
std::vector<Segment> cut(int side, int count, int large, int length) {
  std::vector<Segment> segments;
  for (int i = 0, begin = 0; i < count; ++i) {
    const int mine = i < large ? length + 1 : length;
    segments.push_back({begin, mine, std::min(mine, side - begin)});
    begin += mine;
  }
  return segments;
}
std::vector<Segment> cut_exactly(int side) {
  const int count = (side + kLargeTile - 1) / kLargeTile;
  return cut(side, count, std::max(0, side - kSmallTile * count), kSmallTile);
}
std::vector<Segment> cut_tiny(int side) {
  return cut(side, (side + kTinyTile - 1) / kTinyTile, 0, kTinyTile);
}
int end_of(const std::vector<Segment>& segments) {
  return segments.back().begin + segments.back().length;
}

TileKind kind_of(const Segment& rows, const Segment& cols) {
  if (rows.length == kTinyTile) return kTiny;
  if (rows.length == kLargeTile) return cols.length == kLargeTile ? kLargeLarge : kLargeSmall;
  return cols.length == kLargeTile ? kSmallLarge : kSmallSmall;
}

Cover make_cover(const std::vector<Segment>& rows, const std::vector<Segment>& cols, int line) {
  Cover cover;
  for (const Segment& v : rows) {
    for (const Segment& h : cols) {
      cover[kind_of(v, h)].push_back({v.begin * line + h.begin, static_cast<std::int16_t>(v.used),
                                      static_cast<std::int16_t>(h.used)});
    }
  }
  return cover;
}

/// The row-times-matrix products of one convolution. An element with fewer rows than
/// kRowsToHideWeights counts as that many, since loading its matrix from the third-level cache
/// takes as long. Measured on Zen 4.
int cost(const Cover& cover, int images) {
  constexpr int kRowsToHideWeights = 10;
  std::array<int, kTileKinds + 1> begin{};
  for (std::size_t k = 0; k < kTileKinds; ++k)
    begin[k + 1] = begin[k] + static_cast<int>(cover[k].size()) * images;
  int sum = 0;
  for (int e = 0; e < kTileElements * kTileElements; ++e) {
    const TileRange range = tiles_with_element(e, begin);
    if (range.first < range.last) sum += std::max(range.last - range.first, kRowsToHideWeights);
  }
  return sum;
}

bool is_tiny_element(int i) { return i != 2 && i != 3; }

}  // namespace

TileRange tiles_with_element(int element, const std::array<int, kTileKinds + 1>& kind_begin) {
  const int i = element / kTileElements, j = element % kTileElements, last = kTileElements - 1;
  if (kind_begin[kTiny] < kind_begin[kTileKinds]) {  // a cover has either tiny tiles or others
    if (is_tiny_element(i) && is_tiny_element(j)) return {0, kind_begin[kTileKinds]};
    return {};
  }
  return {j == last ? kind_begin[kLargeLarge] : 0, i == last   ? kind_begin[kSmallLarge]
                                                   : j == last ? kind_begin[kSmallSmall]
                                                               : kind_begin[kTiny]};
}

Frame::Frame(BoardSize size) : size_(size) {
  const std::vector<Segment> rows = cut_exactly(size.height), cols = cut_exactly(size.width);
  const std::vector<Segment> tiny_rows = cut_tiny(size.height), tiny_cols = cut_tiny(size.width);
  rows_ = std::max(end_of(rows), end_of(tiny_rows)) + 2;
  cols_ = std::max(end_of(cols), end_of(tiny_cols)) + 2;
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) board_points_.push_back((y + 1) * cols_ + x + 1);
  exact_ = make_cover(rows, cols, cols_);
  tiny_ = make_cover(tiny_rows, tiny_cols, cols_);
}

const Cover& Frame::cover(int images) const {
  return cost(tiny_, images) < cost(exact_, images) ? tiny_ : exact_;
}

}  // namespace ponnuki::nn::kernels
