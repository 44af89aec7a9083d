#include "web/server/gate.h"

namespace ponnuki::web {
namespace {

constexpr std::string_view kCookie = "ponnuki=";
constexpr std::string_view kQuery = "?token=";
constexpr int kMostWrong = 20;  // tokens a minute, of all clients

/// The value of our cookie in a Cookie header.
std::string_view cookie_in(std::string_view header) {
  std::size_t at = 0;
  while ((at = header.find(kCookie, at)) != std::string_view::npos) {
    if (at == 0 || header[at - 1] == ' ' || header[at - 1] == ';') {
      const std::string_view value = header.substr(at + kCookie.size());
      return value.substr(0, value.find(';'));
    }
    at += kCookie.size();
  }
  return {};
}

/// Takes the same time for every wrong text of the right length.
bool equal_in_constant_time(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return difference == 0;
}

}  // namespace

bool Gate::knows(std::string_view shown) const { return equal_in_constant_time(shown, token_); }

/// False if so many wrong tokens came in this minute that all others wait.
bool Gate::is_patient() {
  const MutexLock lock(mutex_);
  if (seconds_since(since_) > 60) {
    since_ = Clock::now();
    wrong_ = 0;
  }
  return ++wrong_ <= kMostWrong;
}

std::optional<server::WebResponse> Gate::stops(const server::WebRequest& request) {
  if (token_.empty() || admits(request)) return std::nullopt;
  const std::size_t query = request.target.find(kQuery);
  if (query == std::string_view::npos) {
    return server::WebResponse{
        .status = 401, .body = "Open the address with ?token=… that 'ponnuki web' has printed.\n"};
  }
  if (!is_patient())
    return server::WebResponse{.status = 429, .body = "too many wrong tokens; wait a minute\n"};
  const std::string_view shown = request.target.substr(query + kQuery.size());
  if (!knows(shown.substr(0, shown.find_first_of("&#"))))
    return server::WebResponse{.status = 401, .body = "this token is not the right one\n"};
  return server::WebResponse{
      .status = 303,
      .headers = {{"Location", "/"},
                  {"Set-Cookie", std::string(kCookie) + token_ +
                                     "; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000"}}};
}

Status Gate::admits(const server::WebRequest& request) const {
  if (token_.empty() || knows(cookie_in(request.cookie))) return {};
  return Error{"this server needs its token: open the address that 'ponnuki web' has printed"};
}

}  // namespace ponnuki::web
