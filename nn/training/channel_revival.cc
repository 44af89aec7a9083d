#include "nn/training/channel_revival.h"

#include <cmath>
#include <utility>

namespace ponnuki::nn::training {
namespace {

class Revival {
 public:
  Revival(const ParameterLayout& layout, Random& random) : layout_(layout), random_(random) {}

  void revive(const ActivatedMap& map, std::size_t channel) {
    set(layout_.offset_of(map.norm->bias) + channel, 0);
    if (map.writer != nullptr) {
      const double inputs = static_cast<double>(map.writer->weights.size()) / map.writer->out;
      set_into(*map.writer, channel, std::sqrt(2 / inputs));
    }
    if (map.pooled != nullptr) set_into(*map.pooled, channel, 0);
    for (const ConvLayer* reader : map.readers) clear_out_of(*reader, channel);
  }
  std::vector<ParameterChange> take() { return std::move(changes_); }

 private:
  void set(std::size_t index, double value) {
    changes_.push_back({index, static_cast<float>(value)});
  }
  /// Random weights from all inputs of the layer to this channel.
  template <typename Layer>
  void set_into(const Layer& layer, std::size_t channel, double stdev) {
    const std::size_t begin = layout_.offset_of(layer.weights);
    for (std::size_t i = channel; i < layer.weights.size();
         i += static_cast<std::size_t>(layer.out))
      set(begin + i, stdev * random_.normal());
  }
  void clear_out_of(const ConvLayer& conv, std::size_t channel) {
    const auto in = static_cast<std::size_t>(conv.in), out = static_cast<std::size_t>(conv.out);
    const std::size_t begin = layout_.offset_of(conv.weights);
    for (std::size_t row = channel; row < conv.weights.size() / out; row += in)
      for (std::size_t o = 0; o < out; ++o) set(begin + row * out + o, 0);
  }

  const ParameterLayout& layout_;
  Random& random_;
  std::vector<ParameterChange> changes_;
};

}  // namespace

std::vector<ParameterChange> revive_channels(const std::vector<ActivatedMap>& maps,
                                             const std::vector<bool>& idle,
                                             const ParameterLayout& layout, Random& random) {
  Revival revival(layout, random);
  std::size_t next = 0;
  for (const ActivatedMap& map : maps) {
    for (std::size_t c = 0; c < static_cast<std::size_t>(map.norm->channels); ++c)
      if (idle[next++]) revival.revive(map, c);
  }
  return revival.take();
}

}  // namespace ponnuki::nn::training
