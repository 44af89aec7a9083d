// ConvWeights: the weights of convolutions that have one kernel shape and read the same map, side
// by side as one convolution.
//
//     output channels:  | layer 0 | 0 0 | layer 1 | 0 | ...      each padded to kChannelPad
//
// Also packs matrices into panels (nn/kernels/simd/kernel_table.h).
#pragma once

#include <vector>

#include "nn/kernels/step/aligned.h"
#include "nn/model/model.h"

namespace ponnuki::nn::kernels {

bool same_kernel_shape(const ConvLayer& a, const ConvLayer& b);

class ConvWeights {
 public:
  /// Requires at least one layer; all must have the same kernel shape and the same inputs. Keeps
  /// the pointers.
  explicit ConvWeights(std::vector<const ConvLayer*> layers);

  const ConvLayer& shape() const { return *layers_.front(); }
  int taps() const { return shape().height * shape().width; }
  int in() const { return shape().in; }
  /// Output channels of all layers together, padded.
  int out() const { return out_; }
  /// Copies the weights of input channel i at a tap into row[0 .. out()).
  void copy_row(int tap, int i, float* row) const;
  /// The part row[first .. first + kChannelPad) of it. Requires a multiple of kChannelPad.
  void copy_columns(int tap, int i, int first, float* columns) const;

 private:
  std::vector<const ConvLayer*> layers_;
  int out_ = 0;
};

/// The number of panels for a matrix with `out` columns (padded output channels).
int panel_count(const KernelTable& kernels, int out);
Panel panel_at(const KernelTable& kernels, int number, int out, int rows);
std::vector<Panel> make_panels(const KernelTable& kernels, int out, int rows);

/// Packs row `row` of a matrix, given as row_values[0 .. out), into `packed`.
void pack_row(const std::vector<Panel>& panels, int row, const float* row_values, float* packed);

}  // namespace ponnuki::nn::kernels
