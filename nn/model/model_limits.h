// Limits of a model from a file of any kind.
#pragma once

namespace ponnuki::nn {

/// Sizes beyond which a file is refused: far above any net that makes sense on boards up to 25×25,
/// low enough that no count from a file overflows or costs more memory than a machine has.
struct ModelLimits {
  static constexpr int kChannels = 8192;
  static constexpr int kKernel = 51;  // a 51×51 kernel sees a whole board from any point
  static constexpr int kDilation = 25;
  static constexpr int kPatch = 1 << 16;  // kernel area × input channels
  static constexpr int kLayerWeights = 1 << 27;
  static constexpr int kBlocks = 1024;
  static constexpr int kNesting = 4;  // nested blocks within nested blocks
};

}  // namespace ponnuki::nn
