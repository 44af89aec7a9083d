// Output: where a session's responses go. Each call to write() reaches the client as one piece, in
// one system call, because clients read until a blank line and some of them only look once.
#pragma once

#include <functional>
#include <string_view>

namespace ponnuki::server {

class Output {
 public:
  virtual ~Output() = default;
  virtual void write(std::string_view text) = 0;
};

/// For people: a whole line without its newline, to stderr. Never on the protocol's stream.
using Log = std::function<void(std::string_view line)>;

}  // namespace ponnuki::server
