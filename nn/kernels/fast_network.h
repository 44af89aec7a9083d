// The fast networks: models of either kind on the CPU, by the kernels of this folder.
#pragma once

#include <memory>
#include <optional>

#include "engine/result.h"
#include "nn/kernels/conv/precision.h"
#include "nn/kernels/simd/simd_level.h"
#include "nn/network.h"

namespace ponnuki::nn::kernels {

struct FastNetworkOptions {
  /// Must be supported; by default what default_simd_level() says.
  std::optional<SimdLevel> simd;
  Precision precision = Precision::kFp32;
};

/// forward() works on the calling thread, on any number of threads at once, each with a workspace
/// of its own. After the first calls it allocates nothing. The positions of a call, which may
/// differ in size, share the loading of weights. The rest of the batch changes a position's outputs
/// by rounding errors only; a repeated call gives the same bits.
///
/// Requires a checked model (nn/model/model_check.h). Packed weights take up to 5.4 times the
/// memory of the model's. An error if PONNUKI_SIMD names a level that this processor lacks.
Result<std::unique_ptr<Network>> make_fast_network(std::shared_ptr<const Model> model,
                                                   const FastNetworkOptions& options = {});

/// The same for towers (check_tower()).
Result<std::unique_ptr<TowerNetwork>> make_fast_tower(std::shared_ptr<const TowerModel> model,
                                                      const FastNetworkOptions& options = {});

}  // namespace ponnuki::nn::kernels
