// Limits for models that are read from files of any kind.
#pragma once

namespace ponnuki::nn {

/// A file with larger sizes is refused. The limits are far above any sensible net for boards up to
/// 25×25, yet low enough that no count from a file overflows or needs more memory than a machine
/// has.
struct ModelLimits {
  static constexpr int kChannels = 8192;
  // A 51×51 kernel covers the whole board from any point.
  static constexpr int kKernel = 51;
  static constexpr int kDilation = 25;
  static constexpr int kPatch = 1 << 16;  // kernel area × input channels
  static constexpr int kLayerWeights = 1 << 27;
  static constexpr int kBlocks = 1024;
  static constexpr int kNesting = 4;  // depth of nested blocks within nested blocks
};

}  // namespace ponnuki::nn
