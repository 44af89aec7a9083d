// The tokens of SGF: property names, bracketed values and structure. The parser uses it to check a
// file once; the tree uses it to read the properties of a node from the text on demand.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace ponnuki::sgf {

class SgfLexer {
 public:
  /// `text` must outlive the lexer and the views that it returns.
  explicit SgfLexer(std::string_view text, std::size_t position = 0)
      : text_(text), position_(position) {}

  std::size_t position() const { return position_; }
  bool at_end() const { return position_ >= text_.size(); }
  /// The next character that is not white space, or '\0' at the end.
  char peek();
  void advance() { ++position_; }

  /// Reads a property name as written, with the small letters of FF[1..3] ("AddBlack"). Empty if
  /// there is none.
  std::string_view read_name();
  /// Reads the raw contents of "[...]". Returns nothing if the next character is not '[', or if the
  /// bracket is not closed (then unclosed() is true).
  std::optional<std::string_view> read_value();
  bool unclosed() const { return unclosed_; }

 private:
  std::string_view text_;
  std::size_t position_;
  bool unclosed_ = false;
};

/// True if `written` means `name`: they are equal after small letters are dropped ("Black" is "B").
bool sgf_names_equal(std::string_view written, std::string_view name);

}  // namespace ponnuki::sgf
