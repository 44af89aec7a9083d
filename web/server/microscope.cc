#include "web/server/microscope.h"

#include <algorithm>
#include <cmath>
#include <new>
#include <nlohmann/json.hpp>
#include <span>
#include <vector>

#include "engine/json_line.h"
#include "engine/start_thread.h"
#include "figures/plane_titles.h"
#include "nn/files/built_in_nets.h"
#include "nn/model/layer_list.h"
#include "nn/model/layer_text.h"
#include "web/server/json_numbers.h"

namespace ponnuki::web {
namespace {

using Json = nlohmann::json;

float largest(std::span<const float> values) {
  float most = 0;
  for (const float value : values) most = std::max(most, std::abs(value));
  return most;
}

/// The maps of a layer, as a page draws them.
struct Maps {
  std::string about;
  nn::MapShape shape;
  std::vector<std::string> titles = {};  // of the channels; empty: their numbers
  std::vector<float> values;             // channel after channel
  std::vector<float> full;               // of each channel, the value with the full colour
};

/// Each channel on its own scale, or all on one.
std::vector<float> scales(const nn::MapShape& shape, std::span<const float> values, bool own) {
  const auto channels = static_cast<std::size_t>(shape.channels);
  std::vector<float> full(channels, largest(values));
  const auto area = static_cast<std::size_t>(shape.area());
  for (std::size_t channel = 0; own && channel < channels; ++channel)
    full[channel] = largest(values.subspan(channel * area, area));
  return full;
}

Maps planes_of(const figures::NetView& view) {
  Maps maps;
  maps.about = std::to_string(view.planes.shape().channels) + " planes";
  maps.shape = view.planes.shape();
  for (int plane = 0; plane < maps.shape.channels; ++plane)
    maps.titles.push_back(figures::plane_title(view.encoder, plane));
  maps.values.assign(view.planes.values().begin(), view.planes.values().end());
  maps.full.assign(static_cast<std::size_t>(maps.shape.channels), 1);
  return maps;
}

/// Of each filter the kernels on three planes, on one scale.
Maps filters_of(const figures::NetFront& net) {
  const nn::ConvLayer& conv = *net.first_layer;
  const figures::StonePlanes shown = figures::stone_planes(net.encoder);
  const int taps = conv.height * conv.width;
  Maps maps;
  maps.about = conv.name + ", " + nn::shape_text(conv);
  maps.shape = {3 * conv.out, conv.height, conv.width};
  for (int filter = 0; filter < conv.out; ++filter) {
    const std::size_t first = maps.values.size();
    for (const int plane : shown.planes) {
      maps.titles.push_back(std::to_string(filter) + ": " +
                            figures::plane_title(net.encoder, plane));
      for (int tap = 0; tap < taps; ++tap)
        maps.values.push_back(
            conv.weights[static_cast<std::size_t>((tap * conv.in + plane) * conv.out + filter)]);
    }
    maps.full.insert(maps.full.end(), 3, largest(std::span(maps.values).subspan(first)));
  }
  return maps;
}

Maps layer_of(const nn::LayerInfo& layer, const nn::FeatureMaps& outputs) {
  Maps maps;
  maps.about = layer.kind + ", " + layer.shape +
               (layer.sees ? "; sees " + nn::field_text(layer) : "; sees no stones");
  maps.shape = outputs.shape();
  maps.values.assign(outputs.values().begin(), outputs.values().end());
  maps.full = scales(maps.shape, maps.values, layer.per_point);
  return maps;
}

Json values_json(const Maps& maps) {
  Json values = Json::array();
  const auto area = static_cast<std::size_t>(maps.shape.area());
  for (std::size_t i = 0; i < maps.values.size(); ++i) {
    const float full = maps.full[i / area];
    values.push_back(full > 0 ? std::lround(100 * maps.values[i] / full) : 0);
  }
  return values;
}

Json json_of(const Maps& maps) {
  Json full = Json::array();
  for (const float value : maps.full) full.push_back(rounded(static_cast<double>(value), 1e3));
  return {{"about", maps.about},         {"channels", maps.shape.channels},
          {"height", maps.shape.height}, {"width", maps.shape.width},
          {"titles", maps.titles},       {"full", full},
          {"values", values_json(maps)}};
}

}  // namespace

Microscope::~Microscope() {
  std::optional<std::jthread> thread;
  {
    const MutexLock lock(mutex_);
    ends_ = true;
    thread.swap(thread_);
    changed_.notify_all();
  }
}

Status Microscope::ask(Question question) {
  const MutexLock lock(mutex_);
  std::erase_if(waiting_, [&](const Question& each) { return each.asker == question.asker; });
  waiting_.push_back(std::move(question));
  if (!thread_) {
    auto started = start_thread([this] { run(); });
    if (!started) return started.error();
    thread_ = std::move(*started);
  }
  changed_.notify_all();
  return {};
}

void Microscope::forget(const void* asker) {
  MutexLock lock(mutex_);
  std::erase_if(waiting_, [&](const Question& each) { return each.asker == asker; });
  while (answered_ == asker) changed_.wait(lock);
}

void Microscope::run() {
  while (true) {
    std::optional<Question> question;
    {
      MutexLock lock(mutex_);
      answered_ = nullptr;
      changed_.notify_all();
      while (waiting_.empty() && !ends_) changed_.wait(lock);
      if (ends_) return;
      question = std::move(waiting_.front());
      waiting_.erase(waiting_.begin());
      answered_ = question->asker;
    }
    try {
      question->tell(answer(*question));
    } catch (const std::bad_alloc&) {
      question->tell(Error{"there is not enough memory for a look into this net"});
    }
  }
}

Result<const nn::AnyModel*> Microscope::model_for(BoardSize size) {
  const std::string name = net_for_(size);
  if (name.empty()) return Error{"there is no net to look into: start with --net FILE"};
  auto& model = models_[name];
  if (!model) {
    PONNUKI_TRY(auto loaded, nn::load_named_net(name));
    model = std::make_unique<const nn::AnyModel>(std::move(loaded));
  }
  return model.get();
}

Result<const figures::NetView*> Microscope::look(const nn::AnyModel& model,
                                                 const Position& position) {
  if (!view_ || view_->position.evaluation_key() != position.evaluation_key()) {
    view_.reset();
    PONNUKI_TRY(auto view, figures::look(model, position, ""));
    view_ = std::move(view);
  }
  return &*view_;
}

Result<std::string> Microscope::answer(const Question& question) {
  const auto& [asker, position, version, node, layer, tell] = question;
  PONNUKI_TRY(const nn::AnyModel* const model, model_for(position.size()));
  PONNUKI_TRY(const figures::NetView* const view, look(*model, position));
  Json json{{"type", "layer"}, {"version", version}, {"node", node},
            {"layer", layer},  {"net", view->net},   {"layers", Json::array()}};
  for (const nn::LayerInfo& each : view->layer_list) json["layers"].push_back(each.name);
  if (layer == "planes") {
    json.update(json_of(planes_of(*view)));
  } else if (layer == "filters") {
    json.update(json_of(filters_of(figures::front_of(*model))));
  } else {
    const auto found = std::ranges::find(view->layer_list, layer, &nn::LayerInfo::name);
    if (found == view->layer_list.end()) return Error{"the net has no layer of this name"};
    json.update(json_of(layer_of(*found, view->layers.at(layer))));
  }
  return json_line(json);
}

}  // namespace ponnuki::web
