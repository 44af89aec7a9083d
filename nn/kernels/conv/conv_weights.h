// ConvWeights: convolutions of one kernel shape that read the same map, side by side as one.
//
//     output channels:  | layer 0 | 0 0 | layer 1 | 0 | ...      each padded to kChannelPad
//
// and the packing of any matrices into panels (nn/kernels/simd/kernel_table.h).
#pragma once

#include <vector>

#include "nn/kernels/step/aligned.h"
#include "nn/model/model.h"

namespace ponnuki::nn::kernels {

bool same_kernel_shape(const ConvLayer& a, const ConvLayer& b);

class ConvWeights {
 public:
  /// Requires at least one layer, all of the same kernel shape and inputs. Keeps the pointers.
  explicit ConvWeights(std::vector<const ConvLayer*> layers);

  const ConvLayer& shape() const { return *layers_.front(); }
  int taps() const { return shape().height * shape().width; }
  int in() const { return shape().in; }
  /// Padded, of all layers.
  int out() const { return out_; }
  /// The weights of input i at a tap, into row[0 .. out()).
  void copy_row(int tap, int i, float* row) const;

 private:
  std::vector<const ConvLayer*> layers_;
  int out_ = 0;
};

/// Panels of `out` channels (padded) for matrices of `rows` rows.
int panel_count(const KernelTable& kernels, int out);
Panel panel_at(const KernelTable& kernels, int number, int out, int rows);
std::vector<Panel> make_panels(const KernelTable& kernels, int out, int rows);

/// Packs row number `row` of a matrix, row_values[0 .. out), into `packed`.
void pack_row(const std::vector<Panel>& panels, int row, const float* row_values, float* packed);

}  // namespace ponnuki::nn::kernels
