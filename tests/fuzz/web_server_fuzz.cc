// Any bytes from a client of `ponnuki web` that needs a token: instead of an HTTP request or, if the
// first byte is odd, as frames behind a right handshake. Nothing is served to who does not show the
// token, the token itself is told to nobody else, and the next right request is served.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "engine/check.h"
#include "tests/fuzz/tcp_answer.h"
#include "tests/support/page_fixture.h"
#include "web/server/gate.h"
#include "web/server/static_files.h"

namespace {

using namespace ponnuki;

constexpr std::string_view kToken = "f0e1d2c3b4a5968778695a4b3c2d1e0f";  // also in make_seeds
constexpr std::string_view kHost = " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
const std::string kCookie = "Cookie: ponnuki=" + std::string(kToken) + "\r\n";
const std::string kRightRequest = "GET /" + std::string(kHost) + kCookie + "\r\n";
const std::string kHandshake = "GET /socket" + std::string(kHost) + kCookie +
                               "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                               "Sec-WebSocket-Version: 13\r\n\r\n";

/// As run_web answers. Programs that are built without the page still have a first one here.
server::WebResponse answer(web::Gate& gate, const server::WebRequest& request) {
  server::WebResponse response;
  if (!server::check_access({}, "", request.host)) {
    response = {.status = 403};
  } else if (auto stop = gate.stops(request)) {
    response = std::move(*stop);
  } else {
    response = web::static_file(request);
    if (!web::has_page() && response.status == 404 && request.target == "/") response.status = 200;
  }
  web::add_security_headers(&response);
  return response;
}

/// A server on a thread of its own.
class Served {
 public:
  Served() {
    server::WebServerOptions options;
    options.listen = "127.0.0.1:0";
    options.max_connections = 16;
    options.patience = {.idle = 1, .silent = 0.2, .queue = 10, .unread = 1};
    options.converse = [this](const server::Messenger& messenger) {
      return std::make_unique<web::Page>(resources_, messenger);
    };
    options.admit = [this](const server::WebRequest& request) { return gate_.admits(request); };
    options.respond = [this](const server::WebRequest& request) { return answer(gate_, request); };
    auto opened = server::open_web_server(options);
    PONNUKI_CHECK(opened);
    server_ = std::move(*opened);
    thread_ = std::thread([this] { server_->run(false); });
  }
  ~Served() {
    server_->stop();
    thread_.join();
  }

  std::uint16_t port() const { return server_->port(); }
  void remove_games() {
    for (const std::string& id : pages_.store().ids()) (void)pages_.store().remove(id);
  }

 private:
  test::WebFixture pages_;
  web::Page::Resources resources_ = pages_.resources();
  web::Gate gate_{std::string(kToken)};
  std::unique_ptr<server::TcpServer> server_;
  std::thread thread_;
};

Served& served() {
  static Served served;
  return served;
}

std::string answer_to(std::string_view bytes) { return test::tcp_answer(served().port(), bytes); }

/// The status of an answer; 0 if the server hung up without one.
int status_of(std::string_view answer) {
  constexpr std::string_view kBegin = "HTTP/1.";  // then 0 or 1, a space and the status
  if (answer.empty()) return 0;
  PONNUKI_CHECK(answer.starts_with(kBegin) && answer.size() > kBegin.size() + 5);
  return std::stoi(std::string(answer.substr(kBegin.size() + 2, 3)));
}

bool is_one_of(int status, std::initializer_list<int> statuses) {
  return std::ranges::find(statuses, status) != statuses.end();
}

void check_request(const std::string& request) {
  const std::string answer = answer_to(request);
  const int status = status_of(answer);
  if (request.find(kToken) == std::string::npos) {
    PONNUKI_CHECK(is_one_of(status, {0, 401, 403, 429}));
    PONNUKI_CHECK(answer.find(kToken) == std::string::npos);
  } else {
    PONNUKI_CHECK(is_one_of(status, {0, 101, 200, 303, 304, 400, 401, 403, 404, 405, 426, 429}));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0) {
    check_request(rest);
  } else {
    PONNUKI_CHECK(status_of(answer_to(kHandshake + rest)) == 101);
    served().remove_games();
  }
  PONNUKI_CHECK(status_of(answer_to(kRightRequest)) == 200);
  return 0;
}
