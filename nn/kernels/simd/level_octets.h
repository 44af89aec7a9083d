// The matrix product of 16-bit integers by arm64's extension i8mm. Its instructions multiply 2 × 8
// by 8 × 2 bytes and add the products to 2 × 2 sums of 32 bits: 32 multiply-adds of bytes where an
// fp32 FMA does 4. A 16-bit operand is two bytes, so four of them do 32 of 16 bits, twice fp32's.
//
//     row     a = 256 a_high + a_low    both signed; a_high is rounded, |a| < 2^15 - 128
//     weight  w = 256 w_high + w_low    w_high signed, w_low unsigned
//     Σ w a = 2^16 Σ w_high a_high + 2^8 Σ (w_high a_low + w_low a_high) + Σ w_low a_low
//
// All sums are those of level_pairs.h, to the bit: they are exact modulo 2^32, and the whole fits.
//
// Weights lie in octets of inputs and pairs of outputs, as the left operands of the instructions:
//
//     weights[i / 8][o / 2]:  | high bytes of o: 8 | of o + 1: 8 | low bytes of o: 8 | of o + 1: 8 |
#pragma once

#include <arm_neon.h>

#include "nn/kernels/simd/kernel_table.h"
#include "nn/kernels/simd/level_vec.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

constexpr int kOctet = 8;
/// Rows of a group: with their outputs and a chunk of weights they fit in the first-level cache.
constexpr int kGroupRows = 32;
static_assert(kFloats == 4 && kPairAlign * 2 % kOctet == 0);

struct PairLayout {
  /// Inputs i and i + 1 of the pair of columns from `o` on.
  template <typename Integers>
  static void store(const PairWeightsArgs& args, int i, int o, Integers first, Integers second) {
    const std::ptrdiff_t pair = std::ptrdiff_t{i / kOctet} * args.width + args.first + o;
    auto* bytes = reinterpret_cast<std::int8_t*>(args.weights + pair * kOctet) + i % kOctet;
    for (int column = 0; column < 2; ++column, bytes += kOctet) {
      bytes[0] = static_cast<std::int8_t>(first[column] >> 8);
      bytes[1] = static_cast<std::int8_t>(second[column] >> 8);
      bytes[2 * kOctet] = static_cast<std::int8_t>(first[column]);
      bytes[2 * kOctet + 1] = static_cast<std::int8_t>(second[column]);
    }
  }
};

/// One instruction does four times as many products of bytes, of which a product of 16 bits has four.
PONNUKI_INLINE IntVec add_pair_products(IntVec sum, IntVec a, IntVec b) {
  return reinterpret_cast<IntVec>(vmmlaq_s32(reinterpret_cast<int32x4_t>(sum),
                                             reinterpret_cast<int8x16_t>(a),
                                             reinterpret_cast<int8x16_t>(b)));
}

/// An octet of two rows: the bytes of the first, then those of the second.
struct RowBytes {
  int8x16_t high, low;
};
PONNUKI_INLINE RowBytes row_bytes(const std::int16_t* first, const std::int16_t* second) {
  const int16x8_t a = vld1q_s16(first), b = vld1q_s16(second), half = vdupq_n_s16(128);
  return {vuzp2q_s8(vreinterpretq_s8_s16(a + half), vreinterpretq_s8_s16(b + half)),
          vuzp1q_s8(vreinterpretq_s8_s16(a), vreinterpretq_s8_s16(b))};
}

/// The sums of two outputs and two rows: [output][row].
struct OctetSums {
  int32x4_t high = {}, middle = {}, low = {};

  PONNUKI_INLINE void add(int8x16_t w_high, uint8x16_t w_low, const RowBytes& row) {
    high = vmmlaq_s32(high, w_high, row.high);
    middle = vmmlaq_s32(middle, w_high, row.low);
    low = vusmmlaq_s32(low, w_low, row.low);
    middle = vusmmlaq_s32(middle, w_low, row.high);
  }
  PONNUKI_INLINE int32x4_t all() const {
    const uint32x4_t upper = vshlq_n_u32(vreinterpretq_u32_s32(high), 16) +
                             vshlq_n_u32(vreinterpretq_u32_s32(middle), 8);
    return vreinterpretq_s32_u32(upper + vreinterpretq_u32_s32(low));
  }
};

/// A chunk of a panel.
struct OctetChunk {
  const PairGemmArgs& args;
  const std::int8_t* weights;
  const float* scales;
  int begin, end;  // inputs
  int first_out, width;
};

PONNUKI_INLINE void store_sums(const OctetChunk& chunk, int row, int column, int32x4_t sums) {
  float* out = chunk.args.out + row * chunk.args.out_stride + chunk.first_out + column;
  const Vec sum =
      __builtin_convertvector(reinterpret_cast<IntVec>(sums), Vec) * load(chunk.scales + column);
  store(out, chunk.begin == 0 ? sum : load(out) + sum);
}

/// Up to kRowPairs * 2 rows from `row` on by kVectors vectors of outputs. 3 sums of 2 × 4 pairs use
/// 24 of 32 registers.
template <int kVectors, int kRowPairs>
void octet_tile(const OctetChunk& chunk, int row, int last_row, int column) {
  constexpr int kOutPairs = 2 * kVectors;
  const std::int16_t* rows[2 * kRowPairs];
  PONNUKI_UNROLL
  for (int r = 0; r < 2 * kRowPairs; ++r)
    rows[r] = chunk.args.rows[row + r < last_row ? row + r : last_row - 1];
  const std::int8_t* w = chunk.weights + column * 2 * kOctet;
  OctetSums sums[kRowPairs][kOutPairs];
  for (int i = chunk.begin; i < chunk.end; i += kOctet, w += chunk.width * 2 * kOctet) {
    RowBytes bytes[kRowPairs];
    PONNUKI_UNROLL
    for (int r = 0; r < kRowPairs; ++r) bytes[r] = row_bytes(rows[2 * r] + i, rows[2 * r + 1] + i);
    PONNUKI_UNROLL
    for (int o = 0; o < kOutPairs; ++o) {
      const int8x16_t high = vld1q_s8(w + o * 4 * kOctet);
      const uint8x16_t low = vreinterpretq_u8_s8(vld1q_s8(w + o * 4 * kOctet + 2 * kOctet));
      PONNUKI_UNROLL
      for (int r = 0; r < kRowPairs; ++r) sums[r][o].add(high, low, bytes[r]);
    }
  }
  PONNUKI_UNROLL
  for (int r = 0; r < kRowPairs; ++r) {
    PONNUKI_UNROLL
    for (int v = 0; v < kVectors; ++v) {
      const int32x4_t a = sums[r][2 * v].all(), b = sums[r][2 * v + 1].all();
      const int even = row + 2 * r, at = column + v * kFloats;
      if (even < last_row) store_sums(chunk, even, at, vuzp1q_s32(a, b));
      if (even + 1 < last_row) store_sums(chunk, even + 1, at, vuzp2q_s32(a, b));
    }
  }
}

template <int kRowPairs>
void octet_tiles_of_rows(const OctetChunk& chunk, int row, int last_row) {
  int column = 0;
  for (; column + 2 * kFloats <= chunk.width; column += 2 * kFloats)
    octet_tile<2, kRowPairs>(chunk, row, last_row, column);
  if (column < chunk.width) octet_tile<1, kRowPairs>(chunk, row, last_row, column);
}

/// Rows [first, last) by a panel. A chunk of its weights stays in the first-level cache while all
/// tiles use it.
void panel_times_octet_rows(const PairGemmArgs& args, const Panel& panel, int first, int last) {
  OctetChunk chunk{args,
                   reinterpret_cast<const std::int8_t*>(args.weights + panel.offset),
                   args.scales + panel.first,
                   0,
                   0,
                   panel.first,
                   panel.width};
  while (chunk.begin < 2 * args.pairs) {
    chunk.end =
        args.pairs - chunk.begin / 2 < args.chunk ? 2 * args.pairs : chunk.begin + 2 * args.chunk;
    int row = first;
    for (; row + 2 < last; row += 4) octet_tiles_of_rows<2>(chunk, row, last);
    if (row < last) octet_tiles_of_rows<1>(chunk, row, last);
    chunk.weights += std::ptrdiff_t{chunk.end - chunk.begin} * 2 * panel.width;
    chunk.scales += args.out_stride;
    chunk.begin = chunk.end;
  }
}

void pair_gemm(const PairGemmArgs& args) {
  for (int p = 0; p < args.panel_count; ++p) {
    for (int first = 0; first < args.row_count; first += kGroupRows) {
      const int last = args.row_count - first < kGroupRows ? args.row_count : first + kGroupRows;
      panel_times_octet_rows(args, args.panels[p], first, last);
    }
  }
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
