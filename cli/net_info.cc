// ponnuki net info FILE: what a network file holds.
#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/search_options.h"
#include "cli/subcommand.h"
#include "nn/built_in_net.h"
#include "nn/layer_list.h"
#include "nn/model_summary.h"

namespace ponnuki {
namespace {

nlohmann::json to_json(const LayerInfo& layer) {
  nlohmann::json json = {{"name", layer.name},          {"kind", layer.kind},
                         {"shape", layer.shape},        {"channels", layer.channels},
                         {"perPoint", layer.per_point}, {"parameters", layer.parameters},
                         {"flops", layer.flops}};
  if (!layer.sees) return json;
  json["seesWholeBoard"] = layer.sees->whole_board;
  if (layer.per_point) json["sees"] = {layer.sees->height, layer.sees->width};
  return json;
}

std::string to_json(const Model& model, BoardSize size) {
  const ModelSummary sum = summarize_model(model);
  nlohmann::json json = {{"name", model.name},
                         {"version", model.version},
                         {"parameters", sum.parameters},
                         {"boardSize", {size.width, size.height}},
                         {"flops", flops_per_position(model, size)},
                         {"layers", nlohmann::json::array()}};
  for (const LayerInfo& layer : list_layers(model, size)) json["layers"].push_back(to_json(layer));
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
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
    options.text({"size", "N or WxH", "board that the work is counted for"}, &size_);
    options.flag("json", "one line of JSON instead", &json_);
  }
  Result<int> run(const OptionSet&, Streams& streams) override {
    const auto size = parse_board_size(size_);
    if (!size) return Error{"--size: " + size.error()};
    const auto model = load_named_model(file_);
    if (!model) return Error{model.error()};
    streams.out << (json_ ? to_json(*model, *size)
                          : describe_model(*model) + "\n" + describe_layers(*model, *size));
    return kExitOk;
  }

 private:
  std::string file_;
  std::string size_ = "19";
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_net_info() { return std::make_unique<NetInfo>(); }

}  // namespace ponnuki
