// The output of one layer as a sheet.
#include <algorithm>
#include <cmath>
#include <span>

#include "engine/edit_distance.h"
#include "engine/format.h"
#include "figures/colors.h"
#include "figures/net_figures.h"
#include "figures/sheet.h"
#include "nn/model/layer_list.h"

namespace ponnuki::figures {
namespace {

double largest(std::span<const float> values) {
  float most = 0;
  for (const float v : values) most = std::max(most, std::abs(v));
  return static_cast<double>(most);
}

/// "0.034", "-2.1", "123".
std::string short_text(float value) {
  return format(std::abs(value) < 99.5F ? "%.2g" : "%.0f", static_cast<double>(value));
}

class LayerFigure {
 public:
  LayerFigure(const NetView& view, const nn::LayerInfo& layer, const nn::FeatureMaps& maps,
              PictureFormat format)
      : view_(view), layer_(layer), maps_(maps), sheet_(format, layout()) {}

  std::string draw() {
    for (int channel = 0; channel < maps_.shape().channels; ++channel) tile(channel);
    return sheet_.encode();
  }

 private:
  int cell() const {
    if (!layer_.per_point) return 46;
    return std::clamp(114 / std::max(maps_.shape().height, maps_.shape().width), 4, 10);
  }
  std::span<const float> channel_values(int channel) const {
    const auto area = static_cast<std::size_t>(maps_.shape().area());
    return maps_.values().subspan(static_cast<std::size_t>(channel) * area, area);
  }
  Heading heading() const {
    const std::string scale =
        layer_.per_point
            ? "full colour: the channel's largest number. Below: channel, range"
            : format("full colour is %.3g. Below: channel, number", largest(maps_.values()));
    return Heading({layer_.name + ": " + layer_.kind + ", " + layer_.shape,
                    "What comes out, " + std::to_string(layer_.channels) + " channels; " +
                        (layer_.sees ? "each number sees " + nn::field_text(layer_)
                                     : "they know komi, rules and passes only"),
                    "Red is positive, blue negative, white 0; " + scale,
                    view_.title + ", " + player_name(view_.position.to_move()) + " to move. Net " +
                        view_.net});
  }
  SheetLayout layout() const {
    const nn::MapShape& shape = maps_.shape();
    const int columns = sheet_columns(shape.channels);
    return {.heading = heading(),
            .tiles = shape.channels,
            .columns = layer_.per_point ? columns : std::min(shape.channels, 2 * columns),
            .tile_width = cell() * shape.width,
            .tile_height = cell() * shape.height};
  }
  void tile(int channel) {
    const auto values = channel_values(channel);
    const double full = layer_.per_point ? largest(values) : largest(maps_.values());
    const MapDrawing at{sheet_.x(channel), sheet_.y(channel), static_cast<double>(cell()), full};
    draw_map(sheet_.canvas(), at, values.data(), maps_.shape());
    if (layer_.per_point) draw_faint_stones(sheet_.canvas(), at, view_.position.board());
    const auto [low, high] = std::ranges::minmax(values);
    sheet_.caption(channel, format("%d: ", channel) +
                                (layer_.per_point ? short_text(low) + " .. " + short_text(high)
                                                  : short_text(low)));
  }

  const NetView& view_;
  const nn::LayerInfo& layer_;
  const nn::FeatureMaps& maps_;
  Sheet sheet_;
};

/// The error lists the names most similar to `layer`: names that contain it, then names with the
/// smallest edit distance.
Error unknown_layer(const std::string& layer, const std::vector<nn::LayerInfo>& layers,
                    const std::string& net) {
  std::vector<std::pair<int, std::string>> near;
  for (const nn::LayerInfo& known : layers) {
    const bool holds = !layer.empty() && known.name.find(layer) != std::string::npos;
    near.emplace_back(holds ? 0 : edit_distance(layer, known.name), known.name);
  }
  std::ranges::stable_sort(near, {}, &std::pair<int, std::string>::first);
  near.resize(std::min<std::size_t>(near.size(), 3));
  std::string names;
  for (const auto& [distance, name] : near) names += (names.empty() ? "" : ", ") + name;
  return {"the net " + net + " has no layer '" + layer + "'; near are " + names +
          "; 'ponnuki net info' lists all, and there are planes, policy and ownership"};
}

}  // namespace

Result<std::string> draw_layer(const NetView& view, const std::string& layer,
                               PictureFormat format) {
  if (layer == "planes") return draw_planes(view, format);
  if (layer == "policy") return draw_policy(view, format);
  if (layer == "ownership") {
    if (!view.knows_score) return Error{"the net " + view.net + " has no ownership"};
    return draw_ownership(view, format);
  }
  const std::vector<nn::LayerInfo>& layers = view.layer_list;
  const auto found = std::ranges::find(layers, layer, &nn::LayerInfo::name);
  if (found != layers.end()) return LayerFigure(view, *found, view.layers.at(layer), format).draw();
  return unknown_layer(layer, layers, view.net);
}

}  // namespace ponnuki::figures
