// Any bytes from a client of the WebSocket server: instead of a handshake or, if the first byte is
// odd, as frames behind a right one. The server stays up and answers the next client.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>

#include "analysis/websocket_transport.h"
#include "engine/check.h"
#include "tests/fuzz/tcp_answer.h"
#include "tests/support/search_fakes.h"

namespace {

using namespace ponnuki;

constexpr std::string_view kHandshake =
    "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

std::uint16_t port() {
  static test::UniformEvaluator evaluator;
  static server::TcpServer& server = *[] {
    analysis::AnalysisEngine::Options options;
    options.facts = {"1.2.3", "uniform"};
    options.settings.search.visits = 1;
    const server::Patience patience{.idle = 1, .silent = 0.2, .queue = 10, .unread = 1};
    auto opened = analysis::open_websocket_server({"0", 2, {}, patience}, evaluator, options);
    PONNUKI_CHECK(opened);
    std::thread([server = opened->get()] { server->run(false); }).detach();
    return opened->release();  // serves to the end of the process
  }();
  return server.port();
}

std::string answer_to(std::string_view bytes) { return test::tcp_answer(port(), bytes); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0) {
    answer_to(rest);
  } else {
    PONNUKI_CHECK(answer_to(std::string(kHandshake) + rest).starts_with("HTTP/1.1 101"));
  }
  return 0;
}
