// ponnuki net convert IN OUT: a net as a file of another kind or version.
#include <array>
#include <ostream>
#include <string_view>

#include "cli/subcommand.h"
#include "engine/file.h"
#include "nn/built_in_net.h"
#include "nn/files/container.h"
#include "nn/files/onnx_file.h"
#include "nn/model_convert.h"
#include "nn/model_writer.h"

namespace ponnuki {
namespace {

enum class Kind { kKatago, kOwn, kOnnx };

/// What a file is to be.
struct Target {
  Kind kind = Kind::kKatago;
  ModelFormat format;  // of KataGo's
  int version = 0;     // of KataGo's; 0: the net's own
};

struct Suffix {
  std::string_view text;
  Target target;
};
constexpr std::array<Suffix, 6> kSuffixes = {{
    {".bin.gz", {Kind::kKatago, {true, true}}},
    {".bin", {Kind::kKatago, {true, false}}},
    {".txt.gz", {Kind::kKatago, {false, true}}},
    {".txt", {Kind::kKatago, {false, false}}},
    {".safetensors", {Kind::kOwn, {}}},
    {".onnx", {Kind::kOnnx, {}}},
}};

const Suffix* suffix_of(const std::string& path) {
  for (const Suffix& suffix : kSuffixes)
    if (path.ends_with(suffix.text)) return &suffix;
  return nullptr;
}

class NetConvert : public Subcommand {
 public:
  std::string name() const override { return "net convert"; }
  std::string summary() const override { return "a net as a file of another kind or version"; }
  std::string details() const override {
    return "OUT's name says which kind: KataGo's .bin.gz, .bin, .txt.gz or .txt; .safetensors, our "
           "own, which Python reads as well; .onnx (opset 17) for other programs, which Ponnuki "
           "reads back. KataGo's have a version: the net's own, or 8, 11 or 15 by --to. What is "
           "lost on the way is said; what a version cannot express is an error.\n\n"
           "  ponnuki net convert built-in net.safetensors\n"
           "  ponnuki net convert net.safetensors net.bin.gz --to katago15";
  }
  void add_options(OptionSet& options) override {
    options.positional({"IN", "IN", "a net of any of these kinds, or built-in"}, &in_);
    options.positional({"OUT", "OUT", "the file to write"}, &out_);
    options.choice(
        {"to", "KIND", "katago8, katago11, katago15, onnx or ponnuki", "as OUT is called"}, &to_,
        {"katago8", "katago11", "katago15", "onnx", "ponnuki"});
    options.flag("text", "KataGo's file as text, where OUT's name leaves that open", &text_);
  }

  Result<int> run(const OptionSet&, Streams& streams) override {
    const Result<Target> target = find_target();
    if (!target) return Error{target.error()};
    const auto net = load_named_net(in_);
    if (!net) return Error{net.error()};
    std::vector<std::string> notes;
    const auto* tower = std::get_if<TowerModel>(&*net);
    const Result<std::string> bytes =
        tower ? converted(*tower, *target) : converted(std::get<Model>(*net), *target, notes);
    if (!bytes) return Error{in_ + ": " + bytes.error()};
    if (const Status status = write_file_atomically(out_, *bytes); !status) {
      streams.err << "ponnuki: " << status.error() << std::endl;
      return kExitFailed;
    }
    for (const std::string& note : notes) streams.out << note << '\n';
    streams.out << out_ << ": " << bytes->size() << " bytes\n";
    return kExitOk;
  }

 private:
  Result<Target> find_target() const {
    const Suffix* suffix = suffix_of(out_);
    if (suffix == nullptr && to_.empty()) {
      return Error{out_ +
                   ": its name does not say what kind of file to write: end it in .bin.gz, "
                   ".bin, .txt.gz, .txt, .safetensors or .onnx, or give --to"};
    }
    Target target = suffix != nullptr ? suffix->target : Target{wanted_kind(), {!text_, true}};
    if (!to_.empty() && wanted_kind() != target.kind)
      return Error{out_ + ": --to " + to_ + " writes another kind of file than its name says"};
    if (to_.starts_with("katago")) target.version = std::stoi(to_.substr(6));
    if (text_ && (target.kind != Kind::kKatago || target.format.binary)) {
      return Error{out_ + ": --text is for KataGo's files only: call it .txt or .txt.gz"};
    }
    return target;
  }
  Kind wanted_kind() const {
    return to_ == "onnx" ? Kind::kOnnx : to_ == "ponnuki" ? Kind::kOwn : Kind::kKatago;
  }

  static Result<std::string> converted(const TowerModel& model, const Target& target) {
    if (target.kind == Kind::kOwn) return container_to_bytes(model);
    return Error{"nets of Leela Zero's and AlphaGo's kind are written as .safetensors only"};
  }
  static Result<std::string> converted(const Model& model, const Target& target,
                                       std::vector<std::string>& notes) {
    if (target.kind == Kind::kOwn) return container_to_bytes(model);
    if (target.kind == Kind::kOnnx) return onnx_to_bytes(model);
    auto result = convert_for_katago(model, target.version > 0 ? target.version : model.version);
    if (!result) return Error{result.error()};
    notes = std::move(result->notes);
    return model_to_bytes(result->model, target.format);
  }

  std::string in_, out_, to_;
  bool text_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_net_convert() { return std::make_unique<NetConvert>(); }

}  // namespace ponnuki
