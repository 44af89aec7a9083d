// The smallest records of model files: a line of numbers, then arrays whose sizes it gives. Every
// count is checked before it is used.
#include <cmath>

#include "nn/files/katago/model_read.h"

namespace ponnuki::nn {

// name height width in out dilation_y dilation_x floats[height][width][in][out]
ConvLayer read_conv(ModelReader& reader) {
  TokenReader& in = reader.in;
  ConvLayer conv;
  conv.name = in.word("a convolution's name");
  const std::string of = " of convolution '" + printable(conv.name) + "'";
  conv.height = in.integer("kernel height" + of, 1, ModelLimits::kKernel);
  conv.width = in.integer("kernel width" + of, 1, ModelLimits::kKernel);
  conv.in = in.integer("input channels" + of, 1, ModelLimits::kChannels);
  conv.out = in.integer("output channels" + of, 1, ModelLimits::kChannels);
  conv.dilation_y = in.integer("vertical dilation" + of, 1, ModelLimits::kDilation);
  conv.dilation_x = in.integer("horizontal dilation" + of, 1, ModelLimits::kDilation);
  if (in.failed()) return conv;
  if (conv.height % 2 == 0 || conv.width % 2 == 0) {
    in.fail("the kernel" + of + " has an even side; KataGo's are odd");
  }
  const std::int64_t patch = std::int64_t{conv.height} * conv.width * conv.in;
  if (patch > ModelLimits::kPatch || patch * conv.out > ModelLimits::kLayerWeights) {
    in.fail("the kernel" + of + " is too large");
  }
  conv.weights = in.floats(conv.name, static_cast<std::size_t>(patch * conv.out));
  return conv;
}

// name kind. Before version 11 only the name, and the activation is ReLU.
Activation read_activation(ModelReader& reader) {
  TokenReader& in = reader.in;
  const std::string name = in.word("an activation's name");
  if (reader.version < 11) return Activation::kRelu;
  const std::string kind = in.word("an activation's kind");
  if (kind == "ACTIVATION_IDENTITY") return Activation::kIdentity;
  if (kind == "ACTIVATION_RELU") return Activation::kRelu;
  if (kind == "ACTIVATION_MISH") return Activation::kMish;
  if (kind == "ACTIVATION_SILU") return Activation::kSilu;
  in.fail("unknown activation '" + printable(kind) + "' in '" + printable(name) + "'");
  return Activation::kIdentity;
}

namespace {

/// Batch norm as in the files: y = scale (x - mean) / sqrt(variance + epsilon) + bias.
struct BatchNorm {
  double epsilon = 0;
  std::vector<float> mean, variance, scale, bias;
};

/// Computes in double precision, because a small variance makes the scale large and the bias is a
/// difference.
void fold(const BatchNorm& bn, NormAct& norm, TokenReader& in) {
  const auto count = static_cast<std::size_t>(norm.channels);
  norm.scale.resize(count);
  norm.bias.resize(count);
  for (std::size_t c = 0; c < count; ++c) {
    const double scale = bn.scale[c] / std::sqrt(bn.variance[c] + bn.epsilon);
    norm.scale[c] = static_cast<float>(scale);
    norm.bias[c] = static_cast<float>(bn.bias[c] - scale * bn.mean[c]);
    if (!std::isfinite(norm.scale[c]) || !std::isfinite(norm.bias[c])) {
      return in.fail("the variance in '" + printable(norm.name) +
                     "' is zero or negative: the file is corrupt");
    }
  }
}

}  // namespace

// name channels epsilon has_scale has_bias floats mean, variance, [scale], [bias]; an activation. A
// missing scale is 1, a missing bias 0.
NormAct read_norm_act(ModelReader& reader) {
  TokenReader& in = reader.in;
  NormAct norm;
  norm.name = in.word("a batch norm's name");
  const std::string of = " of batch norm '" + printable(norm.name) + "'";
  norm.channels = in.integer("channels" + of, 1, ModelLimits::kChannels);
  BatchNorm bn;
  bn.epsilon = in.real("epsilon" + of);
  if (!in.failed() && bn.epsilon <= 0) in.fail("epsilon" + of + " is not positive");
  const bool has_scale = in.integer("the scale flag" + of, 0, 1) != 0;
  const bool has_bias = in.integer("the bias flag" + of, 0, 1) != 0;
  if (in.failed()) return norm;
  const auto count = static_cast<std::size_t>(norm.channels);
  bn.mean = in.floats(norm.name, count);
  bn.variance = in.floats(norm.name, count);
  bn.scale = has_scale ? in.floats(norm.name, count) : std::vector<float>(count, 1.0F);
  bn.bias = has_bias ? in.floats(norm.name, count) : std::vector<float>(count, 0.0F);
  if (!in.failed()) fold(bn, norm, in);
  norm.activation = read_activation(reader);
  return norm;
}

// name in out floats[in][out]. Pooled features have three numbers for each channel of the maps.
MatMulLayer read_matmul(ModelReader& reader) {
  TokenReader& in = reader.in;
  MatMulLayer mul;
  mul.name = in.word("a matrix's name");
  const std::string of = " of matrix '" + printable(mul.name) + "'";
  mul.in = in.integer("inputs" + of, 1, 3 * ModelLimits::kChannels);
  mul.out = in.integer("outputs" + of, 1, ModelLimits::kChannels);
  if (in.failed()) return mul;
  const std::int64_t count = std::int64_t{mul.in} * mul.out;
  if (count > ModelLimits::kLayerWeights) in.fail("the size" + of + " is too large");
  mul.weights = in.floats(mul.name, static_cast<std::size_t>(count));
  return mul;
}

ConvLayer read_pointwise(ModelReader& reader) {
  MatMulLayer mul = read_matmul(reader);
  return {std::move(mul.name), 1, 1, mul.in, mul.out, 1, 1, std::move(mul.weights)};
}

// name channels epsilon floats[channels]
RmsNorm read_rms_norm(ModelReader& reader) {
  TokenReader& in = reader.in;
  RmsNorm norm;
  norm.name = in.word("a norm's name");
  const std::string of = " of norm '" + printable(norm.name) + "'";
  const int channels = in.integer("channels" + of, 1, ModelLimits::kChannels);
  norm.epsilon = in.real("epsilon" + of);
  if (!in.failed()) norm.weight = in.floats(norm.name, static_cast<std::size_t>(channels));
  return norm;
}

void read_zeros(ModelReader& reader, int count, const char* of) {
  for (int i = 0; i < count; ++i)
    reader.in.integer("a reserved option of the " + std::string(of), 0, 0);
}

// name channels floats[channels]
BiasLayer read_bias(ModelReader& reader) {
  TokenReader& in = reader.in;
  BiasLayer layer;
  layer.name = in.word("a bias's name");
  const int count =
      in.integer("channels of bias '" + printable(layer.name) + "'", 1, ModelLimits::kChannels);
  if (!in.failed()) layer.bias = in.floats(layer.name, static_cast<std::size_t>(count));
  return layer;
}

}  // namespace ponnuki::nn
