// Texts from files and from other programs, made safe to show.
#pragma once

#include <string>
#include <string_view>

namespace ponnuki {

/// One line of text without anything that could steer a terminal or turn the order of letters:
/// control characters (C0, DEL, C1), marks of direction and separators of lines become "\x1B" or
/// "\u202E", bytes that are not UTF-8 become "\xFF", and tabs and line breaks become blanks.
std::string printable(std::string_view text);

/// The text of JSON with the same characters as "\u009B" and so on. `json` is valid JSON in UTF-8.
std::string with_hidden_escaped(std::string json);

}  // namespace ponnuki
