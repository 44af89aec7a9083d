// The matrix product of 16-bit integers. One 32-bit lane holds a pair of inputs. An instruction
// multiplies pairs and adds both products to a 32-bit sum: twice the work of an fp32 FMA.
//
//                    w[pair]:  | i, i+1 of output 0 | i, i+1 of output 1 | ...     one Vec or more
//     rows[r][pair]  (i, i+1)   broadcast to all lanes
//
// The register tiles are those of level_gemm.h. The integer sums are exact; rounding begins only
// when they are converted to floats.
#pragma once

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "nn/kernels/simd/level_gemm.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

PONNUKI_INLINE IntVec load_pairs(const std::int16_t* p) {
  return *reinterpret_cast<const IntVec*>(p);
}

struct PairLayout {
  /// Inputs i and i + 1 of the columns from `o` on. `Integers`: a vector of 32-bit integers.
  template <typename Integers>
  PONNUKI_INLINE static void store(const PairWeightsArgs& args, int i, int o, Integers first,
                                   Integers second) {
    std::int16_t* pairs = args.weights + std::ptrdiff_t{i} * args.width + 2 * (args.first + o);
    *reinterpret_cast<Integers*>(pairs) = (first & 0xFFFF) | second << 16;
  }
};

/// Returns sum + a.low * b.low + a.high * b.high in each lane.
PONNUKI_INLINE IntVec add_pair_products(IntVec sum, IntVec a, IntVec b) {
#if defined(__AVX512VNNI__)
  return reinterpret_cast<IntVec>(_mm512_dpwssd_epi32(
      reinterpret_cast<__m512i>(sum), reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
#elif defined(__AVXVNNI__)
  return reinterpret_cast<IntVec>(_mm256_dpwssd_avx_epi32(
      reinterpret_cast<__m256i>(sum), reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
#elif defined(__AVX512BW__)
  return sum + reinterpret_cast<IntVec>(
                   _mm512_madd_epi16(reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
#elif defined(__AVX2__)
  return sum + reinterpret_cast<IntVec>(
                   _mm256_madd_epi16(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
#elif defined(__SSE2__)
  return sum + reinterpret_cast<IntVec>(
                   _mm_madd_epi16(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
#else
  const IntVec low = (a << 16 >> 16) * (b << 16 >> 16);
  return sum + low + (a >> 16) * (b >> 16);
#endif
}

/// Without a fused instruction the product needs a register of its own. A processor with only 16
/// registers then has one row less.
constexpr int rows_of_pair_tile(int vectors) {
#if defined(__AVXVNNI__)
  return rows_of_tile(vectors);
#else
  return rows_of_tile(vectors) - (PONNUKI_ACCUMULATORS < 16 ? 1 : 0);
#endif
}

constexpr int kLineBytes = 64;
/// Rows of a group: with their outputs and a chunk of weights they fit in the first-level cache.
constexpr int kGroupRows = 32;

/// Some rows by a chunk of a panel.
struct PairTile {
  const PairGemmArgs& args;
  const std::int16_t* weights;  // of the chunk
  const float* scales;
  int begin, end;  // the chunk's pairs of inputs
  int first_out;
  int first_row;
  const char* ahead;  // the weights to be prefetched meanwhile
};

/// kLines: the cache lines that are prefetched for each pair.
template <int kVectors, int kRows, int kLines>
void pair_register_tile(const PairTile& tile) {
  const PairGemmArgs& args = tile.args;
  const std::int16_t* w = tile.weights;
  const std::int32_t* row[kRows];
  PONNUKI_UNROLL
  for (int r = 0; r < kRows; ++r)
    row[r] = reinterpret_cast<const std::int32_t*>(args.rows[tile.first_row + r]);
  const char* ahead = tile.ahead;
  const int end = tile.end;
  IntVec acc[kRows][kVectors] = {};
  for (int i = tile.begin; i < end; ++i, w += 2 * kVectors * kFloats) {
    PONNUKI_UNROLL
    for (int line = 0; line < kLines; ++line) __builtin_prefetch(ahead + line * kLineBytes, 0, 3);
    ahead += kLines * kLineBytes;
    IntVec panel[kVectors];
    PONNUKI_UNROLL
    for (int v = 0; v < kVectors; ++v) {
      panel[v] = load_pairs(w + 2 * v * kFloats);
      keep(panel[v]);
    }
    PONNUKI_UNROLL
    for (int r = 0; r < kRows; ++r) {
      IntVec x = row[r][i] - IntVec{};
      keep(x);
      PONNUKI_UNROLL
      for (int v = 0; v < kVectors; ++v) acc[r][v] = add_pair_products(acc[r][v], x, panel[v]);
    }
  }
  const bool is_first = tile.begin == 0;
  PONNUKI_UNROLL
  for (int r = 0; r < kRows; ++r) {
    float* out = args.out + (tile.first_row + r) * args.out_stride + tile.first_out;
    PONNUKI_UNROLL
    for (int v = 0; v < kVectors; ++v) {
      const Vec sum = __builtin_convertvector(acc[r][v], Vec) * load(tile.scales + v * kFloats);
      store(out + v * kFloats, is_first ? sum : load(out + v * kFloats) + sum);
    }
  }
}

template <int kVectors, int kRows, int kLines>
void pair_tile_of_rows(int rows, const PairTile& tile) {
  if (rows == kRows) return pair_register_tile<kVectors, kRows, kLines>(tile);
  if constexpr (kRows > 1) pair_tile_of_rows<kVectors, kRows - 1, kLines>(rows, tile);
}

/// The rows from first_row to `last` by a chunk, in tiles as equal in size as possible. Each
/// prefetches its share of what follows.
template <int kVectors, int kLines>
void chunk_times_pair_rows(PairTile tile, int last) {
  constexpr int kRows = rows_of_pair_tile(kVectors);
  for (int tiles = (last - tile.first_row + kRows - 1) / kRows; tiles > 0; --tiles) {
    const int rows = (last - tile.first_row + tiles - 1) / tiles;
    pair_tile_of_rows<kVectors, kRows, kLines>(rows, tile);
    tile.first_row += rows;
    tile.ahead += (tile.end - tile.begin) * kLines * kLineBytes;
  }
}

/// Rows [first, last) by a panel. A chunk of its weights stays in the first-level cache while all
/// tiles use it. `after`: the weights that are needed after the panel.
template <int kVectors>
void panel_times_pair_rows(const PairGemmArgs& args, const Panel& panel, int first, int last,
                           const std::int16_t* after) {
  const int tiles = (last - first + rows_of_pair_tile(kVectors) - 1) / rows_of_pair_tile(kVectors);
  const bool one_line = tiles * kLineBytes >= kVectors * kFloats * 4;  // suffices
  PairTile tile{
      args,   args.weights + panel.offset, args.scales + panel.first, 0, 0, panel.first, first,
      nullptr};
  while (tile.begin < args.pairs) {
    tile.end = args.pairs - tile.begin < args.chunk ? args.pairs : tile.begin + args.chunk;
    const std::int16_t* next = tile.weights + (tile.end - tile.begin) * 2 * panel.width;
    tile.ahead = reinterpret_cast<const char*>(tile.end < args.pairs ? next : after);
    if (one_line) {
      chunk_times_pair_rows<kVectors, 1>(tile, last);
    } else {
      chunk_times_pair_rows<kVectors, 2>(tile, last);
    }
    tile.begin = tile.end;
    tile.weights = next;
    tile.scales += args.out_stride;
  }
}

/// All rows by a panel, in groups as equal in size as possible.
template <int kVectors>
void panel_times_pair_groups(const PairGemmArgs& args, const Panel& panel) {
  const bool is_last = &panel == args.panels + args.panel_count - 1;
  const std::int16_t* w = args.weights + panel.offset;
  const std::int16_t* next_panel = is_last ? args.next_weights : w + 2 * args.pairs * panel.width;
  const int groups = (args.row_count + kGroupRows - 1) / kGroupRows;
  const int share = groups == 1 ? args.row_count : (args.row_count + groups - 1) / groups;
  for (int first = 0; first < args.row_count; first += share) {
    const bool is_last_group = first + share >= args.row_count;
    panel_times_pair_rows<kVectors>(args, panel, first,
                                    is_last_group ? args.row_count : first + share,
                                    is_last_group ? next_panel : w);
  }
}

template <int kVectors = kPanelVectors>
void pair_gemm_panel(const PairGemmArgs& args, const Panel& panel) {
  if (panel.width == kVectors * kFloats) return panel_times_pair_groups<kVectors>(args, panel);
  if constexpr (kVectors > 1) pair_gemm_panel<kVectors - 1>(args, panel);
}

void pair_gemm(const PairGemmArgs& args) {
  for (int p = 0; p < args.panel_count; ++p) pair_gemm_panel(args, args.panels[p]);
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
