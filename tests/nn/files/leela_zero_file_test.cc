// Leela Zero's weight files: read and computed once in the order of the file, by loops of the
// test's own, once by the reader and the network; and files that are none.
#include "nn/files/leela_zero_file.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <sstream>

#include "engine/random.h"
#include "nn/files/model_file.h"
#include "nn/reference/tower_reference.h"
#include "tests/support/random_tower.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::nn {
namespace {

Result<TowerModel> read(const std::string& text) {
  const std::span<const unsigned char> bytes(reinterpret_cast<const unsigned char*>(text.data()),
                                             text.size());
  ByteStream stream(bytes_of_memory(bytes), ByteLimits{});
  return read_leela_zero(stream, "net.txt");
}

using Row = std::vector<double>;

/// The net as its file says, rows from the bottom: docs/formats.md, nothing of nn/.
class FileNet {
 public:
  explicit FileNet(const std::string& text, int side) : side_(side) {
    std::istringstream in(text);
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
      std::istringstream numbers(line);
      Row& row = lines_.emplace_back();
      for (double x = 0; numbers >> x;) row.push_back(x);
    }
  }

  /// planes [18][area] → logits [area + 1] and the value before tanh.
  std::pair<Row, double> forward(const Row& planes) {
    next_ = 0;
    Row x = unit(planes, 18, 3, nullptr);
    const auto channels = static_cast<int>(x.size()) / area();
    const auto blocks = (static_cast<int>(lines_.size()) - 18) / 8;
    for (int i = 0; i < blocks; ++i) {
      const Row middle = unit(x, channels, 3, nullptr);
      x = unit(middle, channels, 3, &x);
    }
    const Row policy = dense(unit(x, channels, 1, nullptr), false);
    const Row hidden = dense(unit(x, channels, 1, nullptr), true);
    return {policy, dense(hidden, false)[0]};
  }

 private:
  int area() const { return side_ * side_; }
  const Row& line() { return lines_[next_++]; }

  Row unit(const Row& in, int ins, int kernel, const Row* residual) {
    const Row &w = line(), &bias = line(), &mean = line(), &variance = line();
    const auto outs = static_cast<int>(bias.size());
    Row out;
    for (int o = 0; o < outs; ++o) {
      for (int y = 0; y < side_; ++y) {
        for (int x = 0; x < side_; ++x) {
          double sum = bias[static_cast<std::size_t>(o)] - mean[static_cast<std::size_t>(o)];
          for (int i = 0; i < ins; ++i) {
            for (int ky = 0; ky < kernel; ++ky) {
              for (int kx = 0; kx < kernel; ++kx) {
                const int fy = y + ky - kernel / 2, fx = x + kx - kernel / 2;
                if (fy < 0 || fx < 0 || fy >= side_ || fx >= side_) continue;
                sum += w[static_cast<std::size_t>(((o * ins + i) * kernel + ky) * kernel + kx)] *
                       in[static_cast<std::size_t>(i * area() + fy * side_ + fx)];
              }
            }
          }
          sum /= std::sqrt(variance[static_cast<std::size_t>(o)] + 1e-5);
          if (residual) sum += (*residual)[out.size()];
          out.push_back(std::max(sum, 0.0));
        }
      }
    }
    return out;
  }
  Row dense(const Row& in, bool relu) {
    const Row &w = line(), &bias = line();
    Row out;
    for (std::size_t o = 0; o < bias.size(); ++o) {
      double sum = bias[o];
      for (std::size_t i = 0; i < in.size(); ++i) sum += w[o * in.size() + i] * in[i];
      out.push_back(relu ? std::max(sum, 0.0) : sum);
    }
    return out;
  }

  int side_;
  std::vector<Row> lines_;
  std::size_t next_ = 0;
};

TEST_CASE("a Leela Zero net computes what its file says") {
  for (const int side : {5, 9}) {
    const std::string text = test::random_leela_zero({.side = side, .hidden = 20});
    const auto model = read(text);
    REQUIRE(model);
    CHECK(model->name == "net.txt");
    CHECK(model->size.width == side);
    CHECK(model->size.height == side);
    CHECK(model->blocks.size() == 2);
    CHECK_FALSE(model->value_is_blacks);
    const int area = side * side;
    Random random(2);
    std::vector<float> planes(static_cast<std::size_t>(kLeelaZeroPlanes * area));
    for (float& x : planes) x = random.below(3) == 0 ? 1.0F : 0.0F;
    Row upside_down(planes.size());
    const auto turned = [&](int cell) { return cell + (side - 1 - 2 * (cell / side)) * side; };
    for (int i = 0; i < static_cast<int>(planes.size()); ++i)
      upside_down[static_cast<std::size_t>(i / area * area + turned(i % area))] =
          static_cast<double>(planes[static_cast<std::size_t>(i)]);
    const auto [policy, value] = FileNet(text, side).forward(upside_down);
    NetworkOutput output;
    const NetworkInput input{model->size, planes.data()};
    TowerReference(std::make_shared<TowerModel>(*model)).forward({&input, 1}, {&output, 1});
    REQUIRE(output.policy.size() == policy.size());
    for (int p = 0; p < area; ++p)
      CHECK(output.policy[static_cast<std::size_t>(p)] ==
            Approx(policy[static_cast<std::size_t>(turned(p))]).margin(1e-4));
    CHECK(output.policy.back() == Approx(policy.back()).margin(1e-4));
    CHECK(output.value[0] == Approx(value).margin(1e-4));
  }
}

TEST_CASE("version 2 has Black's value, as ELF OpenGo's nets") {
  const auto model = read(test::random_leela_zero({.version = 2, .side = 5, .hidden = 8}));
  REQUIRE(model);
  CHECK(model->value_is_blacks);
}

TEST_CASE("carriage returns and spaces at the ends of lines do not matter") {
  const std::string text = test::random_leela_zero({.side = 5, .hidden = 8});
  std::string crlf;
  for (const char c : text) crlf += c == '\n' ? std::string(" \r\n") : std::string(1, c);
  CHECK(read(crlf));
}

TEST_CASE("what a net's file is, is told from its content") {
  const test::TemporaryFolder folder;
  const std::string leela =
      folder.write("any-name.bin.gz", test::random_leela_zero({.side = 5, .hidden = 8}));
  const auto net = load_net(leela);
  REQUIRE(net);
  CHECK(std::holds_alternative<TowerModel>(*net));
  CHECK_THAT(load_model(leela).error().message,
             Catch::Contains("only nets of KataGo's kind will do"));
  const std::string broken = folder.write("broken.txt", "1\n0.25 0.125 0.5\n");
  CHECK_THAT(load_net(broken).error().message,
             Catch::Contains("broken.txt: cannot read this Leela Zero net: line 2:"));
  const auto katago = load_net(folder.write("called-1.txt", "1\n8 22 19\n"));
  REQUIRE_FALSE(katago);
  CHECK_THAT(katago.error().message, Catch::Contains("called-1.txt"));
}

/// The lines of a good small file.
std::vector<std::string> good_lines() {
  std::istringstream in(test::random_leela_zero({.side = 5, .channels = 4, .hidden = 8}));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}
std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

TEST_CASE("files that are no good Leela Zero nets get one line that says where") {
  const auto refusal = [](auto spoil) {
    std::vector<std::string> lines = good_lines();
    spoil(lines);
    const auto model = read(joined(lines));
    REQUIRE_FALSE(model);
    CHECK(model.error().message.starts_with("line "));
    CHECK(model.error().message.find('\n') == std::string::npos);
    return model.error().message;
  };
  using Lines = std::vector<std::string>;
  REQUIRE(read(joined(good_lines())));
  CHECK_THAT(refusal([](Lines& l) { l.pop_back(); }), Catch::Contains("the file ends here"));
  CHECK_THAT(refusal([](Lines& l) { l.insert(l.end(), 5000, "1 2"); }),
             Catch::Contains("goes on for too long"));
  CHECK_THAT(refusal([](Lines& l) { l[1] += " 0.5"; }),
             Catch::Contains("line 2: the weights of stem: 649 numbers, expected 648"));
  CHECK_THAT(refusal([](Lines& l) { l[7] = "x" + l[7]; }),
             Catch::Contains("line 8") && Catch::Contains("no finite number"));
  CHECK_THAT(refusal([](Lines& l) { l[7] = "nan " + l[7]; }), Catch::Contains("line 8"));
  CHECK_THAT(refusal([](Lines& l) { l[7] = "1e999 " + l[7]; }), Catch::Contains("line 8"));
  CHECK_THAT(refusal([](Lines& l) { l[7] = std::string(1000, '1'); }),
             Catch::Contains("more than 64 characters"));
  CHECK_THAT(refusal([](Lines& l) { l[4] = "-1 1 1 1"; }),
             Catch::Contains("line 5") && Catch::Contains("variance"));
  CHECK_THAT(refusal([](Lines& l) { l[l.size() - 9] = "1 2 3"; }), Catch::Contains("square board"));
  CHECK_THAT(refusal([](Lines& l) { l[2].clear(); }), Catch::Contains("stem"));
  CHECK_THAT(refusal([](Lines& l) {
               l[1] += std::string(4000000, ' ');
               for (std::size_t i = l[1].size() - 4000000; i < l[1].size(); i += 2) l[1][i] = '1';
             }),
             Catch::Contains("line 2: more than 1327104 numbers"));
}

TEST_CASE("a truncated file is refused wherever it ends") {
  const std::string text = joined(good_lines());
  for (std::size_t length = 2; length + 2 < text.size(); length += 37)
    CHECK_FALSE(read(text.substr(0, length)));
}

}  // namespace
}  // namespace ponnuki::nn
