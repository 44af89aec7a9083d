// Files that are no good nets: each must give one clear line, soon, in little memory, and never a
// crash.
#include <unistd.h>
#include <zlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <limits>

#include "engine/random.h"
#include "nn/files/katago/model_writer.h"
#include "nn/files/model_file.h"
#include "tests/support/hostile_files.h"
#include "tests/support/random_model.h"

namespace ponnuki::nn {
namespace {

using test::contains;
using test::with_flipped_bit;

/// The error of a file with these bytes; "" if it loads.
std::string error_of(const std::string& bytes, const ByteLimits& limits = {}) {
  return test::net_file_error(bytes, "x.bin.gz", limits);
}

std::string net_bytes(bool binary, bool gzip, int version = 15) {
  const Model model = test::random_model({.version = version, .metadata = version >= 15});
  return *model_to_bytes(model, {binary, gzip});
}

/// `count` bytes of `unit`, packed.
std::string gzip_of(const std::string& head, const std::string& unit, std::size_t count) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string chunk, packed(1 << 16, '\0'), out;
  while (chunk.size() < 1 << 20) chunk += unit;
  const auto feed = [&](std::string bytes, int flush) {
    stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    do {
      stream.next_out = reinterpret_cast<Bytef*>(packed.data());
      stream.avail_out = static_cast<uInt>(packed.size());
      deflate(&stream, flush);
      out.append(packed, 0, packed.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  };
  feed(head, Z_NO_FLUSH);
  for (std::size_t done = 0; done < count; done += chunk.size()) feed(chunk, Z_NO_FLUSH);
  feed("", Z_FINISH);
  deflateEnd(&stream);
  return out;
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST_CASE("a net cut off anywhere is an error") {
  for (const bool binary : {true, false}) {
    for (const bool gzip : {true, false}) {
      const std::string bytes = net_bytes(binary, gzip);
      REQUIRE(error_of(bytes).empty());
      // The very last bytes of plain files are a line's end, which nothing needs, or a digit of the
      // last number.
      const std::size_t last = gzip ? bytes.size() - 1 : bytes.size() - 20;
      for (std::size_t cut = 0; cut <= last; cut += 1 + bytes.size() / 199) {
        CAPTURE(binary, gzip, cut);
        CHECK_FALSE(error_of(bytes.substr(0, cut)).empty());
      }
    }
  }
  CHECK(contains(error_of(net_bytes(true, true).substr(0, 5000)), "truncated"));
  CHECK(contains(error_of(net_bytes(true, false).substr(0, 5000)), "truncated"));
  CHECK(contains(error_of(net_bytes(false, false).substr(0, 5000)), "truncated"));
}

TEST_CASE("what is something else than a net is said to be so") {
  using namespace std::string_literals;
  struct Case {
    const char* title;
    std::string bytes, found;
  };
  const std::string markdown = "# Ponnuki\n\nA program that plays Go.\n";
  const std::string png = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s;
  const Case cases[] = {
      {"empty file", "", "nothing stands in their place"},
      {"blank lines", "\n\n\n", "nothing stands in their place"},
      {"one word", "hello", "nothing stands in their place"},
      {"text", markdown, "'Ponnuki' stands in their place"},
      {"text packed", gzip_of(markdown, " ", 0), "'Ponnuki' stands in their place"},
      {"text with a number", "Chapter 3 of a book", "'of' stands in their place"},
      {"year", "Released 2019 under MIT", "'under' stands in their place"},
      {"nearly a net", "name 15 22 nineteen", "'nineteen' stands in their place"},
      {"number beyond numbers", "name 99999999999999999999 22 19", "'99999999999999999999' stands"},
      {"SGF", "(;FF[4]GM[1]SZ[9]PB[Lee Sedol];B[cc])", "'Sedol];B[cc])' stands"},
      {"ELF program", "\x7f" + "ELF\2\1\1"s + std::string(1000, '\0'), "'?ELF??????"},
      {"PNG picture", png, "'?' stands in their place"},
      {"blanks without end", std::string(100'000, ' '), "nothing stands in their place"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.title);
    const std::string error = error_of(c.bytes);
    CAPTURE(error);
    CHECK(contains(error, "x.bin.gz: this is not a KataGo net: a net begins with its name"));
    CHECK(contains(error, c.found));
    CHECK(contains(error, "give a net file such as NAME.bin.gz"));
  }
}

TEST_CASE("a flipped bit in a gzip file is an error") {
  const std::string bytes = net_bytes(true, true, 8);
  Random random(1);
  for (int i = 0; i < 300; ++i) {
    // Behind gzip's ten-byte header, whose time and name of system may be anything.
    CAPTURE(i);
    CHECK_FALSE(error_of(with_flipped_bit(bytes, random, 10)).empty());
  }
}

TEST_CASE("flipped bits in a plain file are an error or another net, never worse") {
  for (const bool binary : {true, false}) {
    const std::string bytes = net_bytes(binary, false);
    Random random(2);
    int errors = 0;
    for (int i = 0; i < 500; ++i) {
      errors += error_of(with_flipped_bit(bytes, random)).empty() ? 0 : 1;
    }
    CHECK(errors > 0);
  }
}

TEST_CASE("every header and shape that is wrong is named") {
  const std::string text = net_bytes(false, false);
  const Model model = test::random_model({.version = 15, .metadata = true});
  const std::string conv = model.trunk.initial_conv.name, matrix = model.trunk.initial_matmul.name;
  const std::string head = "random-v15 15 22 19\n";
  struct Case {
    const char* title;
    std::string from, to, expected;
  };
  const Case cases[] = {
      {"old version", head, "random 2 22 19\n", "a net of version 2, which is not supported"},
      {"negative version", head, "random -7 22 19\n",
       "a net of version -7, which is not supported"},
      {"future version", head, "random 18 22 19\n", "not supported: use one of version 3 to 17"},
      {"planes missing", head, "random-v15 15 0 19\n", "the number of input planes is 0, expected"},
      {"globals too many", head, "random-v15 15 22 9000\n", "the number of global inputs is 9000"},
      {"planes disagree", head, "random-v15 15 21 19\n", "input channels, expected 21"},
      {"globals disagree", head, "random-v15 15 22 18\n", "inputs, expected 18"},
      {"metadata disagree", "\n1 0 0 0 0 0 0 0\n", "\n0 0 0 0 0 0 0 0\n", "kind of block"},
      {"reserved option", "\n1 0 0 0 0 0 0 0\n", "\n1 0 0 0 0 4 0 0\n",
       "a reserved option of the model is '4'"},
      {"multiplier NaN", "\n19\n", "\nnan\n", "an output multiplier: 'nan' is not finite"},
      {"multiplier zero", "\n19\n", "\n0\n", "an output multiplier is not positive"},
      {"terabytes", conv + " 5 5 22 6", conv + " 5 5 22 2000000000",
       "output channels of convolution"},
      {"large but thin", conv + " 5 5 22 6", conv + " 51 51 8192 8192", "is too large"},
      {"even kernel", conv + " 5 5 22 6", conv + " 4 5 22 6", "even side"},
      {"no kernel", conv + " 5 5 22 6", conv + " 0 5 22 6", "kernel height of convolution"},
      {"far dilation", conv + " 5 5 22 6 1 1", conv + " 5 5 22 6 1 99",
       "horizontal dilation of convolution"},
      {"overflowing matrix", matrix + " 19 6", matrix + " 24576 8192", "too large"},
      {"more blocks", "trunk 3 6", "trunk 4 6", "unknown kind of block"},
      {"fewer blocks", "trunk 3 6", "trunk 2 6", "channels"},
      {"billions of blocks", "trunk 3 6", "trunk 2000000000 6", "the trunk's number of blocks"},
      {"other norm", "\n0 0 0 0 0 0\n" + conv, "\n2 0 0 0 0 0\n" + conv, "kind of norm"},
      {"unknown activation", "ACTIVATION_RELU", "ACTIVATION_STEP",
       "unknown activation 'ACTIVATION_STEP'"},
      {"transformer block", "gpool_block", "transformer_gab_block",
       "unknown kind of block 'transformer_gab_block'"},
      {"trunk width", "trunk 3 6", "trunk 3 7", "output channels, expected 7"},
      {"word without end", "trunk 3", std::string(100'000, 'x'), "a word without end"},
      {"blanks without end", "trunk 3", std::string(100'000, ' '), "nothing but blanks"},
      {"control characters", "gpool_block", "\x1b[2J\x7f", "unknown kind of block '?[2J?'"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.title);
    const std::string error = error_of(with(text, c.from, c.to));
    CAPTURE(error);
    CHECK(contains(error, c.expected));
  }
}

std::string transformer_bytes(bool binary) {
  const Model model =
      test::random_model({.version = 17, .blocks = "tfr", .tip_rms = TipRms{0.5F, true}});
  return *model_to_bytes(model, {binary, false});
}

TEST_CASE("every count and shape of a transformer that is wrong is named") {
  const std::string text = transformer_bytes(false);
  const Model model =
      test::random_model({.version = 17, .blocks = "tfr", .tip_rms = TipRms{0.5F, true}});
  const auto& attention = std::get<TransformerAttentionBlock>(model.trunk.blocks[0]);
  const auto& hidden = std::get<TransformerFeedForwardBlock>(model.trunk.blocks[1]);
  const auto& fixed = std::get<TransformerAttentionBlock>(model.trunk.blocks[2]);
  const std::string heads = attention.name, hidden_name = hidden.name, norm = attention.norm.name,
                    tip = model.trunk.tip.name;
  REQUIRE(error_of(text).empty());
  struct Case {
    const char* title;
    std::string from, to, expected;
  };
  const Case cases[] = {
      {"no heads", heads + " 4 2 6 3", heads + " 0 2 6 3", "heads of attention block"},
      {"billions of heads", heads + " 4 2 6 3", heads + " 2000000000 2 6 3", "from 1 to 8192"},
      {"heads not shared", heads + " 4 2 6 3", heads + " 4 3 6 3", "no multiple of its 3 heads"},
      {"more heads", heads + " 4 2 6 3", heads + " 8 2 6 3", "24 output channels, expected 48"},
      {"heads too wide", heads + " 4 2 6 3", heads + " 8192 1 8192 3", "heads of rotary embedding"},
      {"odd queries", heads + " 4 2 6 3", heads + " 4 2 5 3", "are no pairs"},
      {"values", heads + " 4 2 6 3", heads + " 4 2 6 4", "6 output channels, expected 8"},
      {"rope flag", heads + " 4 2 6 3\n1 1", heads + " 4 2 6 3\n2 1", "flag of a rotary embedding"},
      {"learned flag", heads + " 4 2 6 3\n1 1", heads + " 4 2 6 3\n1 -1", "learned frequencies"},
      {"no rope", heads + " 4 2 6 3\n1 1", heads + " 4 2 6 3\n0 1", "unknown kind of block 'rope"},
      {"fixed rope", heads + " 4 2 6 3\n1 1", heads + " 4 2 6 3\n1 0", "unknown kind of block"},
      {"rope heads", attention.rope.name + " 2 3 2", attention.rope.name + " 4 3 2", "heads of"},
      {"rope pairs", attention.rope.name + " 2 3 2", attention.rope.name + " 2 4 2", "pairs of"},
      {"rope size", attention.rope.name + " 2 3 2", attention.rope.name + " 2 3 3", "dimensions"},
      {"theta", fixed.rope.name + " 20", fixed.rope.name + " -1", "is not positive"},
      {"theta NaN", fixed.rope.name + " 20", fixed.rope.name + " nan", "is not finite"},
      {"norm's channels", norm + " 6 0.001", norm + " 2000000000 0.001", "channels of norm"},
      {"norm's epsilon", norm + " 6 0.001", norm + " 6 0", "epsilon that is not above 0"},
      {"matrix", attention.q.name + " 6 24", attention.q.name + " 24576 8192", "too large"},
      {"no gate", hidden_name + " 6 13 1", hidden_name + " 6 13 0", "there is no gate"},
      {"hidden", hidden_name + " 6 13 1", hidden_name + " 6 12 1", "sizes of feed-forward block"},
      {"width", hidden_name + " 6 13 1", hidden_name + " 7 13 1", "sizes of feed-forward block"},
      {"tip", tip + " 6 0.5 1 0", tip + " 7 0.5 1 0", ""},
      {"tip's epsilon", tip + " 6 0.5 1 0", tip + " 6 1.5 1 0", "epsilon that is not above 0"},
      {"tip's flag", tip + " 6 0.5 1 0", tip + " 6 0.5 2 0", "spatial flag"},
      {"tip's groups", tip + " 6 0.5 1 0", tip + " 6 0.5 1 2", "group size"},
      {"tip's kind", "\n1 0 0 0 0 0\n", "\n0 0 0 0 0 0\n", "is not a number"},
      {"policy channels", "policyhead\n2 0 0 0", "policyhead\n3 0 0 0", "announces 3 channels"},
      {"policy option", "policyhead\n2 0 0 0", "policyhead\n2 0 1 0", "option of the policy head"},
      {"value option", "valuehead\n0 0 0", "valuehead\n0 0 7", "option of the value head"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.title);
    const std::string error = error_of(with(text, c.from, c.to));
    CAPTURE(error);
    CHECK_FALSE(error.empty());
    CHECK(contains(error, c.expected));
  }
}

TEST_CASE("a transformer cut off or with flipped bits is an error or another net, never worse") {
  for (const bool binary : {true, false}) {
    const std::string bytes = transformer_bytes(binary);
    for (std::size_t cut = 0; cut < bytes.size() - 20; cut += 1 + bytes.size() / 399) {
      CAPTURE(binary, cut);
      CHECK_FALSE(error_of(bytes.substr(0, cut)).empty());
    }
    Random random(3);
    int errors = 0;
    for (int i = 0; i < 1000; ++i) {
      errors += error_of(with_flipped_bit(bytes, random)).empty() ? 0 : 1;
    }
    CHECK(errors > 0);
  }
}

TEST_CASE("weights that are no numbers are named") {
  Model model = test::random_model();
  auto& weights = model.trunk.initial_matmul.weights;
  const std::string name = model.trunk.initial_matmul.name;
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
        -std::numeric_limits<float>::infinity()}) {
    weights[10] = bad;
    const std::string binary = error_of(*model_to_bytes(model, {true, true}));
    CHECK(contains(binary, "a weight of '" + name + "' is NaN or infinite"));
    const std::string text = error_of(*model_to_bytes(model, {false, true}));
    CHECK(contains(text, "a weight of '" + name + "': '"));
    CHECK(contains(text, "is not finite"));
  }
  weights[10] = 12345678;
  const std::string good = *model_to_bytes(model, {false, false});
  CHECK(error_of(good).empty());
  CHECK(contains(error_of(with(good, "12345678", "twelve")), "'twelve' is not a number"));
  CHECK(contains(error_of(with(good, "12345678", "1e40")), "is not finite"));
  CHECK(error_of(with(good, "12345678", "1e-42")).empty());
}

TEST_CASE("a norm of a negative variance or without epsilon is an error") {
  const std::string norm = test::random_model({.version = 15, .metadata = true}).trunk.tip.name;
  const std::string text = net_bytes(false, false);
  const std::string record = norm + " 6 1e-20 1 1\n0 0 0 0 0 0\n1 1 1 1 1 1\n";
  const auto broken = [&](const std::string& to) {
    return error_of(with(text, record, norm + to));
  };
  CHECK(contains(broken(" 6 1e-20 1 1\n0 0 0 0 0 0\n1 1 -1 1 1 1\n"),
                 "the variance in '" + norm + "'"));
  CHECK(contains(broken(" 6 0 1 1\n0 0 0 0 0 0\n1 1 1 1 1 1\n"), "epsilon of batch norm"));
  CHECK(
      contains(broken(" 6 1e-20 2 1\n0 0 0 0 0 0\n1 1 1 1 1 1\n"), "the scale flag of batch norm"));
}

TEST_CASE("the marker of binary weights must be there") {
  const std::string bytes = net_bytes(true, false);
  CHECK(contains(error_of(with(bytes, "@BIN@", "@BIG@")), "do not begin with @BIN@"));
  CHECK_FALSE(error_of(with(bytes, "@BIN@", "")).empty());
  const std::string text = net_bytes(false, false);
  CHECK_FALSE(error_of(with(text, "\n19\n", "\n@BIN@\n")).empty());
}

TEST_CASE("a gzip bomb ends early") {
  const std::string header = "bomb 8 22 19\ntrunk 1 8192 1 1 0 1\nconv 3 3 22 8192 1 1\n";
  // 100 MB each, from 100 KB.
  CHECK(contains(error_of(gzip_of(header, " ", 100 << 20)), "nothing but blanks"));
  CHECK(contains(error_of(gzip_of(header, "x", 100 << 20)), "a word without end"));
  CHECK(contains(error_of(gzip_of(header + "@BIN@", std::string(1024, '\0'), 100 << 20)),
                 "a word without end"));

  const std::string net = net_bytes(true, false);
  CHECK(contains(error_of(gzip_of(net, std::string(1024, '\0'), 100 << 20)), "gzip bomb"));
  CHECK(
      contains(error_of(gzip_of(net, " ", 4 << 20), {.max_bytes = 1 << 20}), "larger than 1 MiB"));
}

TEST_CASE("blocks nested too deep are an error, not a full stack") {
  std::string text = "deep 8 22 19\ntrunk 1 1 1 1 0 1\nc 1 1 22 1 1 1\n";
  for (int i = 0; i < 22; ++i) text += "0 ";
  text += "\nm 19 1\n";
  for (int i = 0; i < 19; ++i) text += "0 ";
  for (int depth = 0; depth < 10'000; ++depth) {
    text += "\nnested_bottleneck_block\nn 1\nb 1 0.1 0 0\n0\n1\na\nc 1 1 1 1 1 1\n0\n";
  }
  CHECK(contains(error_of(text), "nested too deep"));
}

TEST_CASE("paths that are no files are named") {
  const auto missing = load_model("no/such/net.bin.gz");
  REQUIRE_FALSE(missing.ok());
  CHECK(contains(missing.error().message,
                 "no/such/net.bin.gz: cannot open the net file: No such file"));
  const auto folder = load_model("/");
  REQUIRE_FALSE(folder.ok());
  CHECK(contains(folder.error().message, "not a regular file"));
  const auto endless = load_model("/dev/zero");
  REQUIRE_FALSE(endless.ok());
  CHECK(contains(endless.error().message, "not a regular file"));
}

}  // namespace
}  // namespace ponnuki::nn
