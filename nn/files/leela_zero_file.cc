// Reads lines of numbers, then makes layers of them. The number of values on each line determines
// the shape of the net.
//
// Leela Zero's rows are ordered from the bottom of the board, so the finished model is mirrored.
#include "nn/files/leela_zero_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <string_view>
#include <vector>

#include "nn/files/bytes/token_reader.h"
#include "nn/inputs/zero_planes.h"
#include "nn/model/model_limits.h"

namespace ponnuki::nn {
namespace {

using Numbers = std::vector<float>;

constexpr int kLinesOfUnit = 4;  // lines of a ConvUnit: weights, biases, means, variances
constexpr int kLinesOfBlock = 2 * kLinesOfUnit;
constexpr int kLinesOfHeads = 14;
constexpr int kMostBlocks = 256;
constexpr std::size_t kMostLines = 1 + kLinesOfUnit + kMostBlocks * kLinesOfBlock + kLinesOfHeads;
constexpr float kEpsilon = 1e-5F;  // added to the variances

/// Reads the numbers of one line after another. The stream is read in pieces; a number may span two
/// of them.
class LineReader {
 public:
  explicit LineReader(ByteStream& stream) : stream_(stream) {}

  /// Reads a line of at most `most` numbers. Returns false at the end of the file and on an error
  /// (error()).
  bool next(Numbers& numbers, std::size_t most) {
    numbers.clear();
    text_.clear();
    bool any = false;
    while (error_.empty() && refill()) {
      const unsigned char c = buffer_[begin_++];
      any = true;
      if (c == '\n') break;
      if (c == ' ' || c == '\t' || c == '\r')
        add_number(numbers);
      else
        text_.push_back(static_cast<char>(c));
      if (text_.size() > kLongestNumber) error_ = "a number of more than 64 characters";
      if (numbers.size() > most) error_ = "more than " + std::to_string(most) + " numbers";
    }
    add_number(numbers);
    if (!stream_.error().empty()) error_ = stream_.error();
    return any && error_.empty();
  }
  const std::string& error() const { return error_; }

 private:
  static constexpr std::size_t kLongestNumber = 64;

  bool refill() {
    if (begin_ < end_) return true;
    begin_ = 0;
    end_ = stream_.read(buffer_);
    return end_ > 0;
  }
  void add_number(Numbers& numbers) {
    if (text_.empty() || !error_.empty()) return;
    float value = 0;
    const auto [end, code] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    // Numbers too small for a float count as zero.
    const bool tiny = code == std::errc::result_out_of_range && std::abs(value) < 1;
    if ((code != std::errc{} && !tiny) || end != text_.data() + text_.size() ||
        !std::isfinite(value))
      error_ = "something that is no finite number";
    numbers.push_back(tiny ? 0 : value);
    text_.clear();
  }

  ByteStream& stream_;
  std::array<unsigned char, 1 << 16> buffer_;
  std::size_t begin_ = 0, end_ = 0;
  std::string text_, error_;
};

/// The most numbers that the next line may have, for any net.
std::size_t most_numbers(const std::vector<Numbers>& lines) {
  constexpr std::size_t kKernel = 9, kMostDense = std::size_t{8} * kMaxArea * (kMaxArea + 1);
  constexpr std::size_t kChannels = ModelLimits::kChannels;
  if (lines.size() < 2) return kKernel * kLeelaZeroPlanes * kChannels;
  const std::size_t channels = lines.size() > 2 ? std::min(lines[2].size(), kChannels) : kChannels;
  return lines.size() == 2 ? kChannels : std::max(kKernel * channels * channels, kMostDense);
}

/// Takes one line after another and makes layers of them, with rows in the file's order. Errors are
/// sticky.
class LayerMaker {
 public:
  explicit LayerMaker(std::vector<Numbers> lines) : lines_(std::move(lines)) {}

  TowerModel make() {
    TowerModel model;
    model.encoder = Encoder::kLeelaZero;
    model.value_is_blacks = lines_.front().front() == 2;
    const int blocks = block_count();
    model.size = board_size();
    if (!error_.empty()) return model;
    const int channels = width_of(1 + 1);
    model.stem = unit("stem", 3, kLeelaZeroPlanes, channels);
    for (int i = 0; i < blocks; ++i) {
      const std::string name = "block" + std::to_string(i);
      ConvUnit first = unit(name + ".1", 3, channels, channels);
      model.blocks.emplace_back(
          TowerResidualBlock{std::move(first), unit(name + ".2", 3, channels, channels)});
    }
    const int area = model.size.area();
    model.policy.conv = unit("policy", 1, channels, width_of(next_ + 1));
    model.policy.dense = dense("policy.dense", model.policy.conv.conv.out * area);
    TowerValueHead& value = model.value.emplace();
    value.conv = unit("value", 1, channels, width_of(next_ + 1));
    value.hidden = dense("value.hidden", value.conv.conv.out * area);
    value.hidden.activation = Activation::kRelu;
    value.output = dense("value.output", value.hidden.product.out);
    return model;
  }
  /// "line 7: what is wrong", or an empty string.
  const std::string& error() const { return error_; }

 private:
  /// The number of values on a line.
  int width_of(std::size_t line) const {
    return line < lines_.size() ? static_cast<int>(lines_[line].size()) : 0;
  }
  void fail(std::size_t line, const std::string& what) {
    if (error_.empty()) error_ = "line " + std::to_string(line + 1) + ": " + what;
  }
  /// Takes the next line, which must have `expected` numbers.
  Numbers take(std::int64_t expected, const std::string& what) {
    const std::size_t line = next_++;
    if (width_of(line) != expected)
      fail(line, what + ": " + std::to_string(width_of(line)) + " numbers, expected " +
                     std::to_string(expected));
    return error_.empty() ? std::move(lines_[line]) : Numbers();
  }

  int block_count() {
    const auto rest = static_cast<int>(lines_.size()) - 1 - kLinesOfUnit - kLinesOfHeads;
    if (rest < 0 || rest % kLinesOfBlock != 0)
      fail(lines_.size() - 1, "the file ends here; these have 19 lines and 8 more a block");
    return std::max(rest, 0) / kLinesOfBlock;
  }

  /// Derived from the biases of the policy's dense layer: one for each point and one for the pass.
  BoardSize board_size() {
    if (!error_.empty()) return {};
    const std::size_t line = lines_.size() - kLinesOfHeads + kLinesOfUnit + 1;
    const int area = width_of(line) - 1;
    const auto side = static_cast<int>(std::lround(std::sqrt(std::max(area, 0))));
    if (side * side != area || side < kMinLength || side > kMaxLength)
      fail(line, std::to_string(area + 1) + " policy outputs, of no square board");
    return {static_cast<std::uint8_t>(side), static_cast<std::uint8_t>(side)};
  }

  // weights [out][in][y][x]; biases; means; variances
  ConvUnit unit(const std::string& name, int side, int in, int out) {
    const int taps = side * side;
    if (out < 1 || out > ModelLimits::kChannels)
      fail(next_ + 1, name + " has " + std::to_string(out) + " channels, expected 1 to " +
                          std::to_string(ModelLimits::kChannels));
    const Numbers weights = take(std::int64_t{out} * in * taps, "the weights of " + name);
    const Numbers biases = take(out, "the biases of " + name);
    const Numbers means = take(out, "the means of " + name);
    const Numbers variances = take(out, "the variances of " + name);
    if (!error_.empty()) return {};
    ConvUnit unit;
    unit.conv = {name + ".conv", side, side, in, out, 1, 1, Numbers(weights.size())};
    auto from = weights.begin();
    for (int o = 0; o < out; ++o) {
      for (int i = 0; i < in; ++i) {
        for (int tap = 0; tap < taps; ++tap)
          unit.conv.weights[static_cast<std::size_t>((tap * in + i) * out + o)] = *from++;
      }
    }
    const auto outs = static_cast<std::size_t>(out);
    unit.norm = {name + ".norm", out, Numbers(outs), Numbers(outs), Activation::kRelu};
    for (std::size_t o = 0; o < outs; ++o) {
      if (variances[o] < 0) fail(next_ - 1, "a variance of " + name + " is negative");
      unit.norm.scale[o] = 1 / std::sqrt(variances[o] + kEpsilon);
      unit.norm.bias[o] = (biases[o] - means[o]) * unit.norm.scale[o];
    }
    return unit;
  }

  // weights [out][in]; biases
  DenseLayer dense(const std::string& name, int in) {
    const int out = width_of(next_ + 1);
    const Numbers weights = take(std::int64_t{out} * in, "the weights of " + name);
    DenseLayer layer;
    layer.bias = {name + ".bias", take(out, "the biases of " + name)};
    layer.product = {name, in, out, Numbers(weights.size())};
    auto from = weights.begin();
    for (int o = 0; error_.empty() && o < out; ++o) {
      for (int i = 0; i < in; ++i)
        layer.product.weights[static_cast<std::size_t>(i) * static_cast<std::size_t>(out) +
                              static_cast<std::size_t>(o)] = *from++;
    }
    return layer;
  }

  std::vector<Numbers> lines_;
  std::size_t next_ = 1;
  std::string error_;
};

}  // namespace

bool looks_like_leela_zero(std::span<const unsigned char> beginning) {
  constexpr std::size_t kLeast = 9;
  const std::string_view text(reinterpret_cast<const char*>(beginning.data()), beginning.size());
  if (text.size() < kLeast || (text[0] != '1' && text[0] != '2')) return false;
  const std::size_t end = text.find_first_not_of(" \t\r", 1);
  if (end == std::string_view::npos || text[end] != '\n') return false;
  // A KataGo net may have the name 1, but its next line is a single short number.
  return text.find('\n', end + 1) == std::string_view::npos;
}

Result<TowerModel> read_leela_zero(ByteStream& stream, const std::string& name) {
  LineReader reader(stream);
  std::vector<Numbers> lines;
  for (Numbers numbers; lines.size() <= kMostLines && reader.next(numbers, most_numbers(lines));)
    lines.push_back(std::move(numbers));
  const std::string place = "line " + std::to_string(lines.size() + 1) + ": ";
  if (!reader.error().empty()) return Error{place + printable(reader.error())};
  if (lines.size() > kMostLines) return Error{place + "the file goes on for too long"};
  if (lines.empty() || lines[0].size() != 1) return Error{"line 1: no version"};
  LayerMaker maker(std::move(lines));
  TowerModel model = maker.make();
  if (!maker.error().empty()) return Error{maker.error()};
  model.name = std::filesystem::path(name).filename().string();
  mirror_rows(model);
  PONNUKI_TRY(check_tower(model));
  return model;
}

}  // namespace ponnuki::nn
