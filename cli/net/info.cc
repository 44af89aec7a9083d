// ponnuki net info FILE: what a network file holds.
#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/options/search_options.h"
#include "cli/subcommand.h"
#include "engine/json_line.h"
#include "nn/files/built_in_net.h"
#include "nn/model/layer_list.h"
#include "nn/model/model_summary.h"

namespace ponnuki::cli {
namespace {

nlohmann::json to_json(const nn::LayerInfo& layer) {
  nlohmann::json json = {{"name", layer.name},          {"kind", layer.kind},
                         {"shape", layer.shape},        {"channels", layer.channels},
                         {"perPoint", layer.per_point}, {"parameters", layer.parameters},
                         {"flops", layer.flops}};
  if (!layer.sees) return json;
  json["seesWholeBoard"] = layer.sees->whole_board;
  if (layer.per_point) json["sees"] = {layer.sees->height, layer.sees->width};
  return json;
}

nlohmann::json to_json(const std::vector<nn::LayerInfo>& layers) {
  nlohmann::json json = nlohmann::json::array();
  for (const nn::LayerInfo& layer : layers) json.push_back(to_json(layer));
  return json;
}

std::string to_json(const nn::TowerModel& model) {
  const std::vector<nn::LayerInfo> layers = nn::list_layers(model);
  const nn::LayerInfo total = nn::total_of(layers, {});
  const nlohmann::json json = {{"name", model.name},
                               {"encoder", nn::to_string(model.encoder)},
                               {"parameters", total.parameters},
                               {"boardSize", {model.size.width, model.size.height}},
                               {"flops", total.flops},
                               {"layers", to_json(layers)}};
  return json_line(json) + "\n";
}

std::string to_json(const nn::Model& model, BoardSize size) {
  const nn::ModelSummary sum = nn::summarize_model(model);
  nlohmann::json json = {{"name", model.name},
                         {"version", model.version},
                         {"parameters", sum.parameters},
                         {"boardSize", {size.width, size.height}},
                         {"flops", nn::flops_per_position(model, size)},
                         {"layers", to_json(nn::list_layers(model, size))}};
  return json_line(json) + "\n";
}

class NetInfo : public Subcommand {
 public:
  std::string name() const override { return "net info"; }
  std::string summary() const override { return "what a network file holds, layer by layer"; }
  std::string details() const override {
    return "A row a layer: what it makes of how many channels, its parameters, millions of "
           "multiplications and additions a position, and what part of the board one of its "
           "numbers sees by convolution ('7x7') and by global pooling ('board'); 'numbers' see "
           "only komi, rules and passes.";
  }
  void add_options(OptionSet& options) override {
    options.positional({"FILE", "FILE",
                        "KataGo's (.bin.gz, .bin, .txt.gz, .txt) or Leela Zero's (.txt, .txt.gz), "
                        ".safetensors, an .onnx of ours, or built-in"},
                       &file_);
    options.text({"size", "N or WxH", "board that the work is counted for", "19"}, &size_);
    options.flag("json", "one line of JSON instead", &json_);
  }
  Result<int> run(const OptionSet&, Streams& streams) override {
    const auto size = parse_board_size(size_.empty() ? "19" : size_);
    if (!size) return size.error().in("--size");
    const auto net = nn::load_named_net(file_);
    if (!net) return net.error();
    if (const auto* tower = std::get_if<nn::TowerModel>(&*net)) {
      if (!size_.empty()) return Error{"--size: this net is for boards of its own size only"};
      streams.out << tell(*tower);
    } else {
      streams.out << tell(std::get<nn::Model>(*net), *size);
    }
    return kExitOk;
  }

 private:
  std::string tell(const nn::Model& model, BoardSize size) const {
    return json_ ? to_json(model, size)
                 : nn::describe_model(model) + "\n" +
                       nn::describe_layers(nn::list_layers(model, size), nn::trunk_field(model));
  }
  std::string tell(const nn::TowerModel& model) const {
    return json_ ? to_json(model)
                 : nn::describe_model(model) + "\n" +
                       nn::describe_layers(nn::list_layers(model), nn::trunk_field(model));
  }

  std::string file_;
  std::string size_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_net_info() { return std::make_unique<NetInfo>(); }

}  // namespace ponnuki::cli
