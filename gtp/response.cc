// Clients cut responses at blank lines and at the first space; some treat "=" without a space as an
// error. Only this file writes responses.
#include "gtp/response.h"

namespace ponnuki::gtp {

std::string format_reply(std::string_view id, const Reply& reply) {
  std::string out(reply.kind == Reply::Kind::kFailure ? "?" : "=");
  out += id;
  out += ' ';
  // Consecutive newlines would end the response early. A newline at the start is needed ("= \n"
  // before boards).
  bool after_newline = false;
  for (const char c : reply.text) {
    if (c == '\r' || (c == '\n' && after_newline)) continue;
    after_newline = c == '\n';
    out += c;
  }
  if (after_newline) out.pop_back();
  return out + "\n\n";
}

void ResponseStream::begin() {
  if (!begun_) out_.write("=" + id_ + "\n");
  begun_ = true;
}

void ResponseStream::line(std::string_view text) {
  begin();
  out_.write(std::string(text) + "\n");
}

void ResponseStream::finish(std::string_view last_line) {
  begin();
  out_.write(last_line.empty() ? std::string("\n") : std::string(last_line) + "\n\n");
}

}  // namespace ponnuki::gtp
