// Random inputs for one position, with the memory to which NetworkInput points.
#pragma once

#include <algorithm>
#include <vector>

#include "engine/random.h"
#include "nn/network.h"

namespace ponnuki::test {

struct RandomInput {
  /// A third of the values are 1 (on real boards about a seventh). With an even seed plane 0 is 1
  /// on all points, as on real boards.
  RandomInput(const nn::Model& model, BoardSize size, std::uint64_t seed) {
    Random random(seed);
    const auto fill = [&](std::vector<float>& v, int count) {
      for (int i = 0; i < count; ++i) v.push_back(random.below(3) == 0 ? 1.0F : 0.0F);
    };
    fill(spatial, model.spatial_planes * size.area());
    if (seed % 2 == 0) std::fill_n(spatial.begin(), size.area(), 1.0F);
    fill(global, model.global_features);
    fill(metadata, model.metadata_features());
    input = {size, spatial.data(), global.data(), metadata.data()};
  }
  RandomInput(const RandomInput&) = delete;
  RandomInput(RandomInput&& other) = default;

  std::vector<float> spatial, global, metadata;
  nn::NetworkInput input;
};

}  // namespace ponnuki::test
