#include "nn/kernels/conv.h"

namespace ponnuki {

Conv::Conv(const KernelTable& kernels, std::vector<const ConvLayer*> layers)
    : kernels_(kernels), weights_(std::move(layers)) {
  if (!WinogradConv::can_do(weights_.shape())) direct_.emplace(kernels_, weights_);
}

void Conv::prepare(TileSize tile) {
  if (!direct_) winograd_.try_emplace(tile, kernels_, weights_, tile);
}

void Conv::run(Run& run, Map in, const Finish& finish) const {
  if (direct_) return direct_->run(run, in, finish);
  winograd_.at(run.work.frame().tile).run(run, in, finish);
}

}  // namespace ponnuki
