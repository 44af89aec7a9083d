// ponnuki net convert IN OUT: writes a net as a file of another kind or version.
#include "cli/net/target.h"
#include "cli/subcommand.h"
#include "nn/files/built_in_nets.h"

namespace ponnuki::cli {
namespace {

class NetConvert : public Subcommand {
 public:
  std::string name() const override { return "net convert"; }
  std::string summary() const override {
    return "writes a net as a file of another kind or version";
  }
  std::string details() const override {
    return "The name of OUT decides the kind: .bin.gz, .bin, .txt.gz or .txt for KataGo; "
           ".safetensors for our own files, which Python reads as well; .onnx (opset 17) for other "
           "programs, which Ponnuki reads back. KataGo's files have a version: the net's own, or "
           "8, "
           "11 or 15 with --to. Losses are reported; if a version cannot express the net, that is "
           "an error.\n\n"
           "  ponnuki net convert built-in net.safetensors\n"
           "  ponnuki net convert net.safetensors net.bin.gz --to katago15";
  }
  void add_options(OptionSet& options) override {
    options.positional(
        {"IN", "IN", "a net file of any of these kinds; 'built-in': the net inside the program"},
        &in_);
    options.positional({"OUT", "OUT", "the file to write"}, &out_);
    options.choice(
        {"to", "KIND", "katago8, katago11, katago15, onnx or ponnuki", "by the name of OUT"}, &to_,
        {"katago8", "katago11", "katago15", "onnx", "ponnuki"});
    options.flag("text", "write KataGo's file as text, if the name of OUT leaves that open",
                 &text_);
  }

  Result<int> run(const OptionSet&, Streams& streams) override {
    PONNUKI_TRY(const auto target, net_target(out_, to_, text_));
    PONNUKI_TRY(const auto net, nn::load_named_net(in_));
    const auto code = write_net(net, target, out_, streams);
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
