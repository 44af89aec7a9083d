// ponnuki net convert IN OUT: a net as a file of another kind or version.
#include "cli/net/target.h"
#include "cli/subcommand.h"
#include "nn/files/built_in_net.h"

namespace ponnuki::cli {
namespace {

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
    const auto target = net_target(out_, to_, text_);
    if (!target) return target.error();
    const auto net = nn::load_named_net(in_);
    if (!net) return net.error();
    const auto code = write_net(*net, *target, out_, streams);
    if (!code) return code.error().in(in_);
    return *code;
  }

 private:
  std::string in_, out_, to_;
  bool text_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_net_convert() { return std::make_unique<NetConvert>(); }

}  // namespace ponnuki::cli
