// Writes the seeds of fuzzers that are no texts: build/fuzz/tests/fuzz/make_seeds FOLDER makes
// FOLDER/model/, FOLDER/onnx/ and so on. Seeds that are texts are kept in tests/fuzz/seeds/.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "nn/files/katago/model_writer.h"
#include "nn/files/onnx/onnx_file.h"
#include "nn/files/tensors/container.h"
#include "nn/model/initial_model.h"
#include "nn/training/training_model.h"
#include "review/assessment.h"
#include "selfplay/files/bytes.h"
#include "selfplay/learning/learner.h"
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
    folder.write("swarm", std::to_string(seed), "\x01" + bytes);
  }
  folder.write("swarm", "part",
               "\x04"
               R"({"match":"m","nets":["a","b"],"size":[5,5],"komi":7,"ofGames":10,)"
               R"("simulations":2,"seed":1,"first":0,"games":2,"openings":[[0,24]]})");
  folder.write("swarm", "played",
               "\x05"
               R"({"match":"m","games":[{"number":0,"moves":[12,25,25]}]})");
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

/// A frame from a client. Its mask is 0, so that the text can be read in the seed.
std::string frame(char opcode, const std::string& text) {
  const char final = static_cast<char>(0x80 | opcode),
             length = static_cast<char>(0x80 | text.size());
  return std::string{final, length} + std::string(4, '\0') + text;
}

void write_websocket(Folder& folder) {
  const std::string query =
      R"({"id":"a","boardXSize":5,"boardYSize":5,"rules":"chinese","moves":[]})";
  folder.write("websocket", "query", "\1" + frame(1, query) + frame(8, ""));
  folder.write("websocket", "ping",
               "\1" + frame(9, "ping") + frame(10, "pong") + frame(2, "bytes"));
  folder.write("websocket", "page", std::string("\0", 1) + "GET /index.html HTTP/1.1\r\n\r\n");
}

void write_web_server(Folder& folder) {
  const std::string token = "f0e1d2c3b4a5968778695a4b3c2d1e0f", host = "Host: localhost\r\n",
                    cookie = "Cookie: a=b; ponnuki=" + token + "\r\n",
                    upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
  const auto write = [&](const std::string& name, const std::string& line,
                         const std::string& headers) {
    folder.write("web_server", name, '\0' + line + " HTTP/1.1\r\n" + headers + "\r\n");
  };
  write("stranger", "GET /", host);
  write("rebound", "GET /app.js", "Host: example.org\r\n" + cookie);
  write("wrong", "GET /?token=0123", host);
  write("token", "GET /?token=" + token, host);
  write("file", "GET /app.js?1", host + cookie + "Accept-Encoding: gzip\r\n");
  write("cached", "HEAD /app.css", host + cookie + "If-None-Match: \"0-0\"\r\n");
  write("body", "POST /", host + cookie + "Content-Length: 4\r\n\r\nbody");
  write("chunks", "PUT /", host + cookie + "Transfer-Encoding: chunked\r\n\r\n0\r\n");
  write("socket", "GET /socket",
        host + cookie + upgrade + "Origin: http://localhost\r\nSec-WebSocket-Version: 13\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
  write("strange_socket", "GET /socket", host + upgrade + "Origin: https://example.org\r\n");
  folder.write("web_server", "games", "\1" + frame(1, R"({"type":"games"})") + frame(8, ""));
  const std::string record = R"s({"type":"import","sgf":"(;SZ[5];B[cc];W[bb])"})s";
  folder.write(
      "web_server", "import",
      "\1" + frame(1, record) + frame(1, R"({"type":"survey","visits":2})") + frame(9, "ping"));
}

void write_run_state(Folder& folder) {
  const selfplay::Learner learner(
      nn::training::with_training_outputs(nn::make_initial_model({1, 8}, 1), 1), {.batch = 1});
  std::string own;
  for (int i = 0; i < 3; ++i) selfplay::put(std::int64_t{1}, own);       // cycle, games, rows
  for (int i = 0; i < 2; ++i) selfplay::put(1.5, own);                   // seconds, Elo
  selfplay::put(std::int64_t{0}, own);                                   // anchor
  selfplay::put(0.5, own);                                               // its Elo
  for (int i = 0; i < 2; ++i) selfplay::put(std::int64_t{0}, own);       // stage, catch-up
  folder.write("run_state", "own_games", "\4" + own + learner.state());  // version 2
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "make_seeds FOLDER\n"), 2;
  Folder folder(argv[1]);
  write_nets(folder);
  write_games(folder);
  write_assessment(folder);
  write_websocket(folder);
  write_web_server(folder);
  write_run_state(folder);
  return 0;
}
