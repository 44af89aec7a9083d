// ponnuki net average OUT NET NET ...: one net out of several of a training run.
#include "cli/net/target.h"
#include "cli/subcommand.h"
#include "nn/convert/model_average.h"
#include "nn/files/built_in_net.h"

namespace ponnuki::cli {
namespace {

class NetAverage : public Subcommand {
 public:
  std::string name() const override { return "net average"; }
  std::string summary() const override { return "one net out of several of a training run"; }
  std::string details() const override {
    return "Every number is the mean of those of the nets, which must have the same layers. Nets "
           "of one training run, some way apart, are often stronger together than each is; those "
           "of different runs are not. OUT's name says what kind of file it becomes, as for net "
           "convert.\n\n"
           "  ponnuki net average mean.bin.gz runs/first/nets/0000[89]0.bin.gz\n"
           "  ponnuki net average mean.bin.gz built-in new.bin.gz --weights 3,1\n"
           "  ponnuki gate --net mean.bin.gz --against new.bin.gz";
  }
  void add_options(OptionSet& options) override {
    options.positional({"OUT", "OUT", "the file to write"}, &out_);
    options.positionals({"NET", "NET", "two nets or more; built-in is one"}, &nets_);
    options.text({"weights", "LIST", "of the nets, as in 3,1", "all alike"}, &weights_);
  }

  Result<int> run(const OptionSet&, Streams& streams) override {
    const auto target = net_target(out_);
    if (!target) return target.error();
    const auto weights = read_weights();
    if (!weights) return weights.error().in("--weights");
    std::vector<nn::AnyModel> models;
    for (const std::string& net : nets_) {
      auto model = nn::load_named_net(net);
      if (!model) return model.error();
      models.push_back(std::move(*model));
    }
    const auto mean = nn::average_models(std::move(models), *weights);
    if (!mean) return mean.error();
    const auto code = write_net(*mean, *target, out_, streams,
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
      const auto weight = parse_decimal(item, {0, 1e6});
      if (!weight) return weight.error();
      weights.push_back(*weight);
      sum += *weight;
    }
    if (weights.size() != nets_.size()) {
      return Error{"there are " + std::to_string(weights.size()) + " for " +
                   std::to_string(nets_.size()) + " nets"};
    }
    if (sum <= 0) return Error{"one of them must be above 0"};
    return weights;
  }

  std::string out_, weights_;
  std::vector<std::string> nets_;
};

}  // namespace

std::unique_ptr<Subcommand> make_net_average() { return std::make_unique<NetAverage>(); }

}  // namespace ponnuki::cli
