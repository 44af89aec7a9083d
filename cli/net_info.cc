// ponnuki net info FILE: what a network file holds.
#include <ostream>

#include "cli/subcommand.h"
#include "nn/built_in_net.h"
#include "nn/model_summary.h"

namespace ponnuki {
namespace {

class NetInfo : public Subcommand {
 public:
  std::string name() const override { return "net info"; }
  std::string summary() const override { return "what a network file holds"; }
  void add_options(OptionSet& options) override {
    options.positional(
        {"FILE", "FILE",
         "KataGo's (.bin.gz, .bin, .txt.gz, .txt), .safetensors, or an .onnx of ours"},
        &file_);
  }
  Result<int> run(const OptionSet&, Streams& streams) override {
    const auto model = load_named_model(file_);
    if (!model) return Error{model.error()};
    streams.out << describe_model(*model);
    return kExitOk;
  }

 private:
  std::string file_;
};

}  // namespace

std::unique_ptr<Subcommand> make_net_info() { return std::make_unique<NetInfo>(); }

}  // namespace ponnuki
