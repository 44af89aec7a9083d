// AttentionStep: an attention block, image by image.
//
//     x -> RMS norm -> | q | k | v | -> turned q, k -> for each head and block of points:
//         scores = q · kᵀ -> softmax -> · v  -> all heads side by side -> out -> way out
//
// Where queries and keys turn, the even and the odd channels of all their heads lie apart, so that
// turning needs no shuffles; a product of both is one of two taps (GemmArgs).
#pragma once

#include <array>

#include "nn/kernels/layers/row_product.h"

namespace ponnuki::nn::kernels {

/// cos and sin of what each channel of a half turns by at each coordinate.
struct RotaryTable {
  RotaryTable(const TransformerAttentionBlock& block, int heads);
  int channels = 0;                          // padded
  AlignedFloats cos_x, sin_x, cos_y, sin_y;  // [coordinate][channels]
};

class AttentionStep : public Step {
 public:
  AttentionStep(const KernelTable& kernels, const TransformerAttentionBlock& block, int slot);
  void run(Run& run) const override;

 private:
  struct Room;

  void project(Run& run, const Map& image, Room& room) const;
  void turn(Run& run, Room& room) const;
  void pack_keys(const Room& room, int kv_head) const;
  void pack_values(const Room& room, int kv_head) const;
  void attend(Run& run, Room& room, int head) const;
  void write_out(Run& run, int image, Room& room) const;

  int channels_, slot_;
  int heads_, kv_heads_, query_channels_, value_channels_;
  float epsilon_;
  int taps_;                  // parts of queries and of keys: 2 where they turn
  std::array<int, 2> q_, k_;  // first channels of the parts
  int v_ = 0;
  std::vector<RotaryTable> rotary_;  // of queries and of keys, or none
  RowProduct in_, out_;
};

}  // namespace ponnuki::nn::kernels
