// ponnuki net average OUT NET NET ...: averages several nets of a training run.
#include "cli/net/target.h"
#include "cli/subcommand.h"
#include "nn/convert/model_average.h"
#include "nn/files/built_in_nets.h"

namespace ponnuki::cli {
namespace {

class NetAverage : public Subcommand {
 public:
  std::string name() const override { return "net average"; }
  std::string summary() const override { return "averages several nets of a training run"; }
  std::string details() const override {
    return "Each parameter is the mean over the nets, which must have the same layers. "
           "The average of some nets of one training run is often stronger than each of them; "
           "nets of different runs do not go together. The name of OUT decides the kind of the "
           "file, as for net convert.\n\n"
           "  ponnuki net average mean.bin.gz runs/first/nets/0000[89]0.bin.gz\n"
           "  ponnuki net average mean.bin.gz built-in new.bin.gz --weights 3,1\n"
           "  ponnuki gate --net mean.bin.gz --against new.bin.gz";
  }
  void add_options(OptionSet& options) override {
    options.positional({"OUT", "OUT", "the file to write"}, &out_);
    options.positionals(
        {"NET", "NET", "two or more net files; 'built-in': the net inside the program"}, &nets_);
    options.text({"weights", "LIST", "weights of the nets, as in 3,1", "all equal"}, &weights_);
  }

  Result<int> run(const OptionSet&, Streams& streams) override {
    PONNUKI_TRY(const auto target, net_target(out_));
    const auto weights = read_weights();
    if (!weights) return weights.error().in("--weights");
    std::vector<nn::AnyModel> models;
    for (const std::string& net : nets_) {
      PONNUKI_TRY(auto model, nn::load_named_net(net));
      models.push_back(std::move(model));
    }
    PONNUKI_TRY(const auto mean, nn::average_models(std::move(models), *weights));
    const auto code = write_net(mean, target, out_, streams,
                                ", the average of " + std::to_string(nets_.size()) + " nets");
    if (!code) return code.error().in(out_);
    return *code;
  }

 private:
  Result<std::vector<double>> read_weights() const {
    if (weights_.empty()) return std::vector<double>(nets_.size(), 1.0);
    std::vector<double> weights;
    double sum = 0;
    for (const std::string& item : split_list(weights_)) {
      PONNUKI_TRY(const auto weight, parse_decimal(item, {0, 1e6}));
      weights.push_back(weight);
      sum += weight;
    }
    if (weights.size() != nets_.size()) {
      return Error{"there are " + std::to_string(weights.size()) + " for " +
                   std::to_string(nets_.size()) + " nets"};
    }
    if (sum <= 0) return Error{"at least one weight must be above 0"};
    return weights;
  }

  std::string out_, weights_;
  std::vector<std::string> nets_;
};

}  // namespace

std::unique_ptr<Subcommand> make_net_average() { return std::make_unique<NetAverage>(); }

}  // namespace ponnuki::cli
