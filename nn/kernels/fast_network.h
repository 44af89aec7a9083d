// The fast networks: KataGo models and towers on the CPU, by the kernels of this folder.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/result.h"
#include "nn/kernels/conv/precision.h"
#include "nn/kernels/simd/simd_level.h"
#include "nn/network.h"

namespace ponnuki::nn::kernels {

struct FastNetworkOptions {
  /// Must be supported. Absent means default_simd_level().
  std::optional<SimdLevel> simd = {};
  Precision precision = Precision::kFp32;
  int loading_threads = 1;  // pack the weights
};

/// forward() works on the calling thread and is thread-safe: each concurrent call has its own
/// workspace. After the first calls it allocates nothing. The positions of a call may differ in
/// board size; together they load the weights once. The other positions of a batch change a
/// position's outputs by rounding errors only. A repeated call gives the same bits.
///
/// Requires a checked model (nn/model/model_check.h). The packed weights take up to 5.4 times the
/// memory of the model's weights. Returns an error if PONNUKI_SIMD names a level that this
/// processor lacks.
Result<std::unique_ptr<Network>> make_fast_network(std::shared_ptr<const Model> model,
                                                   const FastNetworkOptions& options = {});

/// Makes a fast network for a tower, with the same properties. Requires a checked model
/// (check_tower()).
Result<std::unique_ptr<TowerNetwork>> make_fast_tower(std::shared_ptr<const TowerModel> model,
                                                      const FastNetworkOptions& options = {});

/// What a kind of layers of a network costs.
struct LayerTime {
  std::string kind;  // as in "3x3 convolution"
  int layers = 0;
  Products products = {};  // for one position
  double seconds = 0;      // for one position; the median of the passes
};

/// Times the layers of a network in passes over `inputs`, which have one board size, on the calling
/// thread. The kinds come in the order in which the network computes them first. Requires at least
/// one input and one pass, and a level that the processor supports.
std::vector<LayerTime> time_layers(const Model& model, SimdLevel level, Precision precision,
                                   std::span<const NetworkInput> inputs, int passes);

}  // namespace ponnuki::nn::kernels
