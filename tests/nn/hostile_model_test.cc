// Files that are no good nets: each must give one clear line, soon, in little memory, and never a
// crash.
#include <unistd.h>
#include <zlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <limits>

#include "engine/random.h"
#include "nn/model_file.h"
#include "nn/model_writer.h"
#include "tests/support/random_model.h"

namespace ponnuki {
namespace {

std::span<const unsigned char> bytes_of(const std::string& text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

/// The error of a file with these bytes; "" if it loads.
std::string error_of(const std::string& bytes, const ByteLimits& limits = {}) {
  const auto model = parse_model(bytes_of(bytes), "x.bin.gz", limits);
  if (model.ok()) return "";
  const std::string& error = model.error();
  CHECK(error.starts_with("x.bin.gz: "));
  CHECK(error.size() < 400);
  for (const char c : error) CHECK((c >= ' ' && c <= '~'));  // one printable line
  return error;
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

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
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
    std::string broken = bytes;
    // Behind gzip's ten-byte header, whose time and name of system may be anything.
    const auto at = 10 + random.below(static_cast<std::uint32_t>(bytes.size() - 10));
    broken[at] = static_cast<char>(broken[at] ^ 1 << random.below(8));
    CAPTURE(at);
    CHECK_FALSE(error_of(broken).empty());
  }
}

TEST_CASE("flipped bits in a plain file are an error or another net, never worse") {
  for (const bool binary : {true, false}) {
    const std::string bytes = net_bytes(binary, false);
    Random random(2);
    int errors = 0;
    for (int i = 0; i < 500; ++i) {
      std::string broken = bytes;
      const auto at = random.below(static_cast<std::uint32_t>(bytes.size()));
      broken[at] = static_cast<char>(broken[at] ^ 1 << random.below(8));
      errors += error_of(broken).empty() ? 0 : 1;
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
      {"transformer version", head, "random 17 22 19\n", "(transformer nets are not yet): use one"},
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
      {"other norm", "\n0 0 0 0 0 0\n" + conv, "\n1 0 0 0 0 0\n" + conv, "kind of norm"},
      {"unknown activation", "ACTIVATION_RELU", "ACTIVATION_STEP",
       "unknown activation 'ACTIVATION_STEP'"},
      {"transformer block", "gpool_block", "transformer_ffn_block",
       "transformer nets are not supported yet"},
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
  CHECK(contains(missing.error(), "no/such/net.bin.gz: cannot open the net file: No such file"));
  const auto folder = load_model("/");
  REQUIRE_FALSE(folder.ok());
  CHECK(contains(folder.error(), "not a regular file"));
  const auto endless = load_model("/dev/zero");
  REQUIRE_FALSE(endless.ok());
  CHECK(contains(endless.error(), "not a regular file"));
}

}  // namespace
}  // namespace ponnuki
