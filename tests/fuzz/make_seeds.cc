// Writes the seeds of fuzzers that are no texts: build/fuzz/tests/fuzz/make_seeds FOLDER makes
// FOLDER/model/, FOLDER/onnx/ and so on. Seeds that are texts are kept in tests/fuzz/seeds/.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "nn/files/katago/model_writer.h"
#include "nn/files/onnx/onnx_file.h"
#include "nn/files/tensors/container.h"
#include "review/assessment.h"
#include "selfplay/records/game_record.h"
#include "tests/support/random_game_record.h"
#include "tests/support/random_model.h"
#include "tests/support/random_tower.h"

namespace {

using namespace ponnuki;

class Folder {
 public:
  explicit Folder(std::string path) : path_(std::move(path)) {}

  void write(const std::string& target, const std::string& name, const std::string& bytes) {
    std::filesystem::create_directories(path_ + "/" + target);
    std::ofstream(path_ + "/" + target + "/" + name, std::ios::binary) << bytes;
  }

 private:
  std::string path_;
};

void write_nets(Folder& folder) {
  for (const char* blocks : {"o", "g", "n", "tf", "mf"}) {
    const bool attends = std::string(blocks).find_first_of("tm") != std::string::npos;
    const int version = attends ? 16 : 11;
    const nn::Model model =
        test::RandomModel({.version = version, .channels = 4, .blocks = blocks}).build();
    for (const bool binary : {false, true}) {
      const auto bytes = nn::model_to_bytes(model, {.binary = binary, .gzip = false});
      if (bytes) folder.write("model", std::string(blocks) + (binary ? ".bin" : ".txt"), *bytes);
    }
    if (const auto bytes = nn::container_to_bytes(model)) folder.write("container", blocks, *bytes);
    if (const auto bytes = nn::onnx_to_bytes(model)) folder.write("onnx", blocks, *bytes);
  }
  if (const auto bytes = nn::container_to_bytes(test::random_tower({.channels = 4})))
    folder.write("container", "tower", *bytes);
  folder.write("leela_zero", "net.txt", test::random_leela_zero());
}

void write_games(Folder& folder) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    std::string bytes;
    selfplay::write_game(*test::random_game(seed), bytes);
    folder.write("game_record", std::to_string(seed), bytes.substr(4));  // without its length
  }
}

void write_assessment(Folder& folder) {
  review::Assessment assessment;
  assessment.visits = assessment.effort.visits = 100;
  assessment.lead = 1.5;
  assessment.moves.push_back({.move = Point::at(2, 2), .visits = 50, .pv = {Point::at(2, 2)}});
  assessment.ownership.assign(81, 50);
  folder.write("assessment", "searched", review::to_line(assessment, {9, 9}));
  folder.write("assessment", "counted",
               review::to_line(review::assess_result(Score{-3.5F}, {}), {9, 9}));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "make_seeds FOLDER\n"), 2;
  Folder folder(argv[1]);
  write_nets(folder);
  write_games(folder);
  write_assessment(folder);
  return 0;
}
