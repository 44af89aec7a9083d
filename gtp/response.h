// Responses: "=ID text\n\n" or "?ID text\n\n", never with a blank line inside, since a blank line
// ends a response. Also the streamed responses of the analysis commands.
#pragma once

#include <string>
#include <string_view>

#include "engine/result.h"
#include "server/output.h"

namespace ponnuki::gtp {

struct Reply {
  enum class Kind { kSuccess, kFailure, kStreamed };
  Kind kind = Kind::kSuccess;
  std::string text;

  static Reply ok(std::string text = {}) { return {Kind::kSuccess, std::move(text)}; }
  static Reply error(std::string text) { return {Kind::kFailure, std::move(text)}; }
  static Reply error(const Error& error) { return {Kind::kFailure, error.message}; }
  static Reply of(const Status& status) { return status ? ok() : error(status.error()); }
  /// The handler has already written its response.
  static Reply streamed() { return {Kind::kStreamed, {}}; }
};

/// The text of a success or failure: the sign, directly followed by the id, then always a space
/// (qgo needs it).
std::string format_reply(std::string_view id, const Reply& reply);

/// A response that grows while a search runs: "=ID\n", lines, and an empty line at the end. It
/// begins with begin() or the first line.
class ResponseStream {
 public:
  ResponseStream(server::Output& out, std::string_view id) : out_(out), id_(id) {}
  void begin();
  bool has_begun() const { return begun_; }
  /// Writes one line; `text` must not contain a newline.
  void line(std::string_view text);
  /// Writes the last line, if any, and the end of the response, in one piece.
  void finish(std::string_view last_line = {});

 private:
  server::Output& out_;
  std::string id_;
  bool begun_ = false;
};

}  // namespace ponnuki::gtp
