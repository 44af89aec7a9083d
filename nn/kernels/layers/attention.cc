#include "nn/kernels/layers/attention.h"

#include <algorithm>
#include <cmath>

#include "engine/types.h"
#include "nn/kernels/layers/rms_rows.h"
#include "nn/kernels/layers/vectors.h"
#include "nn/model/rope.h"

namespace ponnuki::nn::kernels {
namespace {

/// The output channels first, first + step, ... of a 1×1 convolution.
ConvLayer columns_of(const ConvLayer& layer, int first, int step) {
  ConvLayer part{layer.name, 1, 1, layer.in, layer.out / step, 1, 1, {}};
  part.weights.reserve(layer.weights.size() / static_cast<std::size_t>(step));
  for (std::size_t i = 0; i < layer.weights.size(); i += static_cast<std::size_t>(step))
    part.weights.push_back(layer.weights[i + static_cast<std::size_t>(first)]);
  return part;
}

bool turns(const TransformerAttentionBlock& block) { return block.rope.kind != Rope::Kind::kNone; }

/// Computes | q | k | v | as one product. If queries and keys are rotated, q and k each have two
/// parts.
RowProduct make_projection(const KernelTable& kernels, const TransformerAttentionBlock& block,
                           Precision precision) {
  std::vector<ConvLayer> parts;
  const int taps = turns(block) ? 2 : 1;
  for (const ConvLayer* layer : {&block.q, &block.k})
    for (int t = 0; t < taps; ++t) parts.push_back(columns_of(*layer, t, taps));
  std::vector<const ConvLayer*> layers;
  layers.reserve(parts.size() + 1);
  for (const ConvLayer& part : parts) layers.push_back(&part);
  layers.push_back(&block.v);
  return {kernels, layers, precision, block.norm.weight.data()};
}

/// A matrix [rows][columns] that is packed anew for each product.
struct Operand {
  Operand(Run& run, int row_count, int column_count)
      : rows(row_count), columns(column_count), padded(padded_channels(column_count)) {
    Scratch& scratch = run.work.scratch();
    panel_number = panel_count(run.kernels, padded);
    panels = scratch.take<Panel>(static_cast<std::size_t>(panel_number));
    for (int p = 0; p < panel_number; ++p) panels[p] = panel_at(run.kernels, p, padded, rows);
    data = scratch.take_zeros(static_cast<std::size_t>(rows) * static_cast<std::size_t>(padded));
  }

  int rows, columns, padded;
  Panel* panels;
  int panel_number;
  float* data;
};

}  // namespace

RotaryTable::RotaryTable(const TransformerAttentionBlock& block, int heads) {
  const std::vector<RopeFrequency> frequencies = rope_frequencies(block);
  const int pairs = block.query_channels / 2, sharing = heads / block.kv_heads;
  channels = padded_channels(heads * pairs);
  for (AlignedFloats* table : {&cos_x, &sin_x, &cos_y, &sin_y})
    table->resize(static_cast<std::size_t>(kMaxLength * channels));
  for (int c = 0; c < heads * pairs; ++c) {
    const int pair = c / pairs / sharing * pairs + c % pairs;
    const RopeFrequency f = frequencies[static_cast<std::size_t>(pair)];
    for (int at = 0; at < kMaxLength; ++at) {
      const auto i = static_cast<std::size_t>(at * channels + c);
      cos_x[i] = static_cast<float>(std::cos(at * static_cast<double>(f.x)));
      sin_x[i] = static_cast<float>(std::sin(at * static_cast<double>(f.x)));
      cos_y[i] = static_cast<float>(std::cos(at * static_cast<double>(f.y)));
      sin_y[i] = static_cast<float>(std::sin(at * static_cast<double>(f.y)));
    }
  }
}

/// The scratch memory of one run. All images use it in turn.
struct AttentionStep::AttentionScratch {
  AttentionScratch(Run& run, const AttentionStep& step)
      : area(run.work.frame().size().area()),
        stride(step.in_.out()),
        heads_stride(padded_channels(step.heads_ * step.value_channels_)),
        keys(run, step.query_channels_, area),
        values(run, area, step.value_channels_) {
    Scratch& scratch = run.work.scratch();
    const auto take = [&](int count, int width) {
      return scratch.take<float>(static_cast<std::size_t>(count) * static_cast<std::size_t>(width));
    };
    projected = take(area, stride);
    heads =
        scratch.take_zeros(static_cast<std::size_t>(area) * static_cast<std::size_t>(heads_stride));
    scores = take(kBlockRows, keys.padded);
    sums = take(kBlockRows, 1);
    mixed = take(kBlockRows, values.padded);
    result = take(kBlockRows, step.out_.out());
    rows = scratch.take<const float*>(2 * kBlockRows);
    integers_in = step.in_.take_integers(scratch);
    integers_out = step.out_.take_integers(scratch);
  }

  int area, stride, heads_stride;
  Operand keys;      // [query channels][area]
  Operand values;    // [area][value channels]
  float* projected;  // [area][stride]
  float* heads;      // [area][heads_stride]
  // For one block of points:
  float* scores;  // [kBlockRows][padded area]
  float* sums;
  float* mixed;        // [kBlockRows][padded value channels]
  float* result;       // [kBlockRows][padded channels]
  const float** rows;  // row pointers for the products
  RowProduct::Integers integers_in, integers_out;
};

AttentionStep::AttentionStep(const KernelTable& kernels, const TransformerAttentionBlock& block,
                             Precision precision, int slot)
    : channels_(block.q.in),
      slot_(slot),
      heads_(block.heads),
      kv_heads_(block.kv_heads),
      query_channels_(block.query_channels),
      value_channels_(block.value_channels),
      epsilon_(block.norm.epsilon),
      taps_(turns(block) ? 2 : 1),
      in_(make_projection(kernels, block, precision)),
      out_(kernels, {&block.out}, precision) {
  const int q_part = padded_channels(block.q.out / taps_);
  const int k_part = padded_channels(block.k.out / taps_);
  q_ = {0, q_part};
  k_ = {taps_ * q_part, taps_ * q_part + k_part};
  v_ = taps_ * (q_part + k_part);
  if (turns(block)) {
    rotary_.emplace_back(block, heads_);
    rotary_.emplace_back(block, kv_heads_);
  }
}

void AttentionStep::run(Run& run) const {
  AttentionScratch scratch(run, *this);
  for (int i = 0; i < run.work.images(); ++i) {
    project(run, image_of(run, run.work.slot(slot_), i), scratch);
    turn(run, scratch);
    for (int kv_head = 0; kv_head < kv_heads_; ++kv_head) {
      pack_keys(scratch, kv_head);
      pack_values(scratch, kv_head);
      const int sharing = heads_ / kv_heads_;
      for (int h = kv_head * sharing; h < (kv_head + 1) * sharing; ++h) attend(run, scratch, h);
    }
    write_out(run, i, scratch);
  }
}

void AttentionStep::project(Run& run, const Map& image, AttentionScratch& scratch) const {
  RmsRows normed(run, channels_, epsilon_);
  for_row_blocks(scratch.area, [&](int first, int count) {
    normed.read(image, run.work.frame().board_points().data() + first, count);
    in_.run(run, scratch.integers_in, normed.rows(), count,
            scratch.projected + std::ptrdiff_t{first} * scratch.stride);
  });
}

void AttentionStep::turn(Run& run, AttentionScratch& scratch) const {
  if (rotary_.empty()) return;
  const BoardSize size = run.work.frame().size();
  const auto rotate = [&](const std::array<int, 2>& parts, const RotaryTable& table) {
    run.kernels.transformer.rotate({scratch.projected + parts[0], scratch.projected + parts[1],
                                    scratch.stride, size.height, size.width, table.channels,
                                    table.cos_x.data(), table.sin_x.data(), table.cos_y.data(),
                                    table.sin_y.data()});
  };
  rotate(q_, rotary_[0]);
  rotate(k_, rotary_[1]);
}

/// Transposes: each point becomes a column.
void AttentionStep::pack_keys(const AttentionScratch& scratch, int kv_head) const {
  const int k = query_channels_ / taps_;
  for (int p = 0; p < scratch.keys.panel_number; ++p) {
    const Panel& panel = scratch.keys.panels[p];
    const int end = std::min(panel.first + panel.width, scratch.area);
    for (int point = panel.first; point < end; ++point) {
      float* to = scratch.keys.data + panel.offset + point - panel.first;
      const float* row = scratch.projected + std::ptrdiff_t{point} * scratch.stride + kv_head * k;
      for (int t = 0; t < taps_; ++t) {
        const float* from = row + k_[static_cast<std::size_t>(t)];
        for (int i = 0; i < k; ++i, to += panel.width) *to = from[i];
      }
    }
  }
}

void AttentionStep::pack_values(const AttentionScratch& scratch, int kv_head) const {
  for (int p = 0; p < scratch.values.panel_number; ++p) {
    const Panel& panel = scratch.values.panels[p];
    const int count = std::min(panel.width, value_channels_ - panel.first);
    if (count <= 0) continue;
    const float* from = scratch.projected + v_ + kv_head * value_channels_ + panel.first;
    float* to = scratch.values.data + panel.offset;
    for (int point = 0; point < scratch.area; ++point, from += scratch.stride, to += panel.width)
      std::copy_n(from, count, to);
  }
}

StepFacts AttentionStep::facts(const Workspace& work) const {
  const std::int64_t of_a_pair = std::int64_t{heads_} * (query_channels_ + value_channels_);
  Products of_a_point = in_.products();
  of_a_point += out_.products();
  of_a_point += products_of(work.frame().size().area() * of_a_pair, false);
  return {"attention", work.area() * of_a_point};
}

void AttentionStep::attend(Run& run, AttentionScratch& scratch, int head) const {
  const auto multiply = [&](const Operand& right, int count, int taps, float* out) {
    run.kernels.gemm({right.data, right.data, right.panels, right.panel_number, scratch.rows, count,
                      taps, right.rows / taps, out, right.padded});
  };
  const int k = query_channels_ / taps_;
  const float scale = 1 / std::sqrt(static_cast<float>(query_channels_));
  for_row_blocks(scratch.area, [&](int first, int count) {
    for (int r = 0; r < count; ++r) {
      const float* row = scratch.projected + std::ptrdiff_t{first + r} * scratch.stride + head * k;
      for (int t = 0; t < taps_; ++t)
        scratch.rows[t * count + r] = row + q_[static_cast<std::size_t>(t)];
    }
    multiply(scratch.keys, count, taps_, scratch.scores);
    run.kernels.transformer.softmax(
        {scratch.scores, scratch.keys.padded, count, scratch.area, scale, scratch.sums});
    for (int r = 0; r < count; ++r)
      scratch.rows[r] = scratch.scores + std::ptrdiff_t{r} * scratch.keys.padded;
    multiply(scratch.values, count, 1, scratch.mixed);
    for (int r = 0; r < count; ++r) {
      const float* from = scratch.mixed + std::ptrdiff_t{r} * scratch.values.padded;
      float* to =
          scratch.heads + std::ptrdiff_t{first + r} * scratch.heads_stride + head * value_channels_;
      const float factor = 1 / scratch.sums[r];
      for (int c = 0; c < value_channels_; ++c) to[c] = from[c] * factor;
    }
  });
}

void AttentionStep::write_out(Run& run, int image, AttentionScratch& scratch) const {
  const Frame& frame = run.work.frame();
  const EpilogueArgs epilogue_args =
      shifted(make_epilogue_args(epilogue, run.work), image * frame.points());
  for_row_blocks(scratch.area, [&](int first, int count) {
    for (int r = 0; r < count; ++r)
      scratch.rows[r] = scratch.heads + std::ptrdiff_t{first + r} * scratch.heads_stride;
    out_.run(run, scratch.integers_out, scratch.rows, count, scratch.result);
    run.kernels.epilogue_rows({scratch.result, out_.out(), frame.board_points().data() + first,
                               count, out_.out(), epilogue_args});
  });
}

}  // namespace ponnuki::nn::kernels
