// AttentionStep: an attention block, image by image.
//
//     x -> RMS norm -> | q | k | v | -> rotated q, k -> for each head and block of points:
//         scores = q · kᵀ -> softmax -> · v  -> all heads side by side -> out -> epilogue
//
// Where queries and keys are rotated, the even and the odd channels of all their heads are stored
// apart, so that the rotation needs no shuffles. Their product then has two taps (GemmArgs).
#pragma once

#include <array>

#include "nn/kernels/layers/row_product.h"

namespace ponnuki::nn::kernels {

/// cos and sin of the angle by which each channel of a half is rotated at each coordinate.
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
  struct AttentionScratch;

  void project(Run& run, const Map& image, AttentionScratch& scratch) const;
  void turn(Run& run, AttentionScratch& scratch) const;
  void pack_keys(const AttentionScratch& scratch, int kv_head) const;
  void pack_values(const AttentionScratch& scratch, int kv_head) const;
  void attend(Run& run, AttentionScratch& scratch, int head) const;
  void write_out(Run& run, int image, AttentionScratch& scratch) const;

  int channels_, slot_;
  int heads_, kv_heads_, query_channels_, value_channels_;
  float epsilon_;
  int taps_;                  // parts of queries and of keys: 2 if they are rotated
  std::array<int, 2> q_, k_;  // first channels of the parts
  int v_ = 0;
  std::vector<RotaryTable> rotary_;  // of queries and of keys, or none
  RowProduct in_, out_;
};

}  // namespace ponnuki::nn::kernels
