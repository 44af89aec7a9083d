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
PONNUKI_INLINE void keep(IntVec& x) {
  Vec& same = reinterpret_cast<Vec&>(x);
  keep(same);
}

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

struct PairTile {
  const PairGemmArgs& args;
  const Panel& panel;
  int first_row;
  const char* ahead;  // see TileRows
};

template <int kVectors, int kRows>
void pair_register_tile(const PairTile& tile) {
  const PairGemmArgs& args = tile.args;
  const std::int16_t* w = args.weights + tile.panel.offset;
  const std::int32_t* row[kRows];
  PONNUKI_UNROLL
  for (int r = 0; r < kRows; ++r)
    row[r] = reinterpret_cast<const std::int32_t*>(args.rows[tile.first_row + r]);
  const char* ahead = tile.ahead;
  const float* scales = args.scales + tile.panel.first;
  for (int begin = 0; begin < args.pairs; begin += args.chunk, scales += args.out_stride) {
    const int end = args.pairs - begin < args.chunk ? args.pairs : begin + args.chunk;
    IntVec acc[kRows][kVectors] = {};
    for (int i = begin; i < end; ++i, w += 2 * kVectors * kFloats) {
      __builtin_prefetch(ahead, 0, 2);
      __builtin_prefetch(ahead + 64, 0, 2);
      ahead += kAheadBytes;
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
    PONNUKI_UNROLL
    for (int r = 0; r < kRows; ++r) {
      float* out = args.out + (tile.first_row + r) * args.out_stride + tile.panel.first;
      PONNUKI_UNROLL
      for (int v = 0; v < kVectors; ++v) {
        const Vec sum = __builtin_convertvector(acc[r][v], Vec) * load(scales + v * kFloats);
        store(out + v * kFloats, begin == 0 ? sum : load(out + v * kFloats) + sum);
      }
    }
  }
}

template <int kVectors, int kRows>
void pair_tile_of_rows(int rows, const PairTile& tile) {
  if (rows == kRows) return pair_register_tile<kVectors, kRows>(tile);
  if constexpr (kRows > 1) pair_tile_of_rows<kVectors, kRows - 1>(rows, tile);
}

template <int kVectors>
void panel_times_pair_rows(const PairGemmArgs& args, const Panel& panel) {
  constexpr int kRows = rows_of_pair_tile(kVectors);
  const bool is_last = &panel == args.panels + args.panel_count - 1;
  const std::int16_t* next_panel =
      is_last ? args.next_weights : args.weights + panel.offset + 2 * args.pairs * panel.width;
  PairTile tile{args, panel, 0, reinterpret_cast<const char*>(next_panel)};
  for (int tiles = (args.row_count + kRows - 1) / kRows; tiles > 0; --tiles) {
    // The tiles are as equal in size as possible.
    const int rows = (args.row_count - tile.first_row + tiles - 1) / tiles;
    pair_tile_of_rows<kVectors, kRows>(rows, tile);
    tile.first_row += rows;
    tile.ahead += args.pairs * kAheadBytes;
  }
}

template <int kVectors = kPanelVectors>
void pair_gemm_panel(const PairGemmArgs& args, const Panel& panel) {
  if (panel.width == kVectors * kFloats) return panel_times_pair_rows<kVectors>(args, panel);
  if constexpr (kVectors > 1) pair_gemm_panel<kVectors - 1>(args, panel);
}

void pair_gemm(const PairGemmArgs& args) {
  for (int p = 0; p < args.panel_count; ++p) pair_gemm_panel(args, args.panels[p]);
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
