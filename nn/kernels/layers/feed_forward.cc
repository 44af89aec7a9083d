#include "nn/kernels/layers/feed_forward.h"

#include "nn/kernels/layers/rms_rows.h"
#include "nn/kernels/layers/vectors.h"

namespace ponnuki::nn::kernels {

FeedForwardStep::FeedForwardStep(const KernelTable& kernels,
                                 const TransformerFeedForwardBlock& block, Precision precision,
                                 int slot)
    : channels_(block.linear1.in),
      slot_(slot),
      epsilon_(block.norm.epsilon),
      in_(kernels, {&block.linear1, &block.gate}, precision, block.norm.weight.data()),
      out_(kernels, {&block.linear2}, precision) {}

StepFacts FeedForwardStep::facts(const Workspace& work) const {
  Products of_a_point = in_.products();
  of_a_point += out_.products();
  return {"feed-forward", work.area() * of_a_point};
}

void FeedForwardStep::run(Run& run) const {
  const Frame& frame = run.work.frame();
  Scratch& scratch = run.work.scratch();
  RmsRows normed(run, channels_, epsilon_);
  const RowProduct::Integers integers_in = in_.take_integers(scratch);
  const RowProduct::Integers integers_hidden = out_.take_integers(scratch);
  auto* hidden = scratch.take<float>(static_cast<std::size_t>(kBlockRows * in_.out()));
  auto* hidden_rows = scratch.take<const float*>(kBlockRows);
  for (int r = 0; r < kBlockRows; ++r) hidden_rows[r] = hidden + std::ptrdiff_t{r} * in_.out();
  auto* result = scratch.take<float>(static_cast<std::size_t>(kBlockRows * out_.out()));
  for (int i = 0; i < run.work.images(); ++i) {
    const Map image = image_of(run, run.work.slot(slot_), i);
    const EpilogueArgs epilogue_args =
        shifted(make_epilogue_args(epilogue, run.work), i * frame.points());
    for_row_blocks(frame.size().area(), [&](int first, int count) {
      const std::int32_t* points = frame.board_points().data() + first;
      normed.read(image, points, count);
      in_.run(run, integers_in, normed.rows(), count, hidden);
      run.kernels.transformer.gate({hidden, in_.out(), count, in_.out() / 2});
      out_.run(run, integers_hidden, hidden_rows, count, result);
      run.kernels.epilogue_rows({result, out_.out(), points, count, out_.out(), epilogue_args});
    });
  }
}

}  // namespace ponnuki::nn::kernels
