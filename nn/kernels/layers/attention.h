// AttentionStep: an attention block, one image after another.
//
//     x -> RMS norm -> | q | k | v | -> rotated q, k -> for each head and block of points:
//         scores = q · kᵀ -> softmax -> · v  -> all heads side by side -> out -> epilogue
//
// Where queries and keys are rotated, the even channels of all their heads are stored apart from
// the odd ones, so that the rotation needs no shuffles. The product of queries and keys then has
// two taps (GemmArgs).
#pragma once

#include <array>

#include "nn/kernels/layers/row_product.h"

namespace ponnuki::nn::kernels {

/// The cosines and sines of the angles by which the channels of a half are rotated, by coordinate.
struct RotaryTable {
  RotaryTable(const TransformerAttentionBlock& block, int heads);
  int channels = 0;                          // padded
  AlignedFloats cos_x, sin_x, cos_y, sin_y;  // [coordinate][channels]
};

class AttentionStep : public Step {
 public:
  AttentionStep(const KernelTable& kernels, const TransformerAttentionBlock& block,
                Precision precision, int slot);
  void run(Run& run) const override;
  StepFacts facts(const Workspace& work) const override;

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
  // Parts of the queries and of the keys: 2 if they are rotated, else 1.
  int taps_;
  std::array<int, 2> q_, k_;  // first channel of each part
  int v_ = 0;
  std::vector<RotaryTable> rotary_;  // of queries and of keys; empty without rotation
  RowProduct in_, out_;
};

}  // namespace ponnuki::nn::kernels
