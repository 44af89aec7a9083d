// ponnuki net info FILE: lists the contents of a net file.
#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/options/search_options.h"
#include "cli/subcommand.h"
#include "engine/json_line.h"
#include "engine/printable.h"
#include "nn/files/built_in_nets.h"
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

template <typename Net>
std::string to_text(const Net& model, const std::vector<nn::LayerInfo>& layers) {
  return nn::describe_model(model) + "\n" + nn::describe_layers(layers, nn::trunk_field(model));
}

class NetInfo : public Subcommand {
 public:
  std::string name() const override { return "net info"; }
  std::string summary() const override { return "lists what a net file holds, layer by layer"; }
  std::string details() const override {
    return "Prints a row per layer: its kind and channels, its parameters, millions of "
           "multiplications and additions per position, and its receptive field: the part of the "
           "board that one output sees by convolution ('7x7') and by global pooling ('board'). "
           "'numbers' means that it sees only komi, rules and passes.";
  }
  void add_options(OptionSet& options) override {
    options.positional({"FILE", "FILE",
                        "a net file of KataGo's (.bin.gz, .bin, .txt.gz, .txt), of Leela Zero's "
                        "(.txt, .txt.gz) or of our own (.safetensors, .onnx); 'built-in': the net "
                        "inside the program"},
                       &file_);
    options.text({"size", "N or WxH", "board size for which the operations are counted", "19"},
                 &size_);
    options.flag("json", "print one line of JSON instead", &json_);
  }
  Result<int> run(const OptionSet&, Streams& streams) override {
    const auto size = parse_board_size(size_.empty() ? "19" : size_);
    if (!size) return size.error().in("--size");
    nn::NetFileNotes notes;
    PONNUKI_TRY(const auto net, nn::load_named_net(file_, &notes));
    if (notes.bytes_behind > 0) {
      streams.err << "ponnuki: warning: " << printable(file_) << ": " << notes.bytes_behind
                  << " bytes follow the net and are ignored; if you did not put them there, get "
                     "the file again\n";
    }
    if (const auto* tower = std::get_if<nn::TowerModel>(&net)) {
      if (!size_.empty())
        return Error{"--size: this net has a board size of its own; leave out --size"};
      streams.out << (json_ ? to_json(*tower) : to_text(*tower, nn::list_layers(*tower)));
    } else {
      const auto& model = std::get<nn::Model>(net);
      streams.out << (json_ ? to_json(model, *size)
                            : to_text(model, nn::list_layers(model, *size)));
    }
    return kExitOk;
  }

 private:
  std::string file_;
  std::string size_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_net_info() { return std::make_unique<NetInfo>(); }

}  // namespace ponnuki::cli
