// Files that people give for game records and that are none, so that the error can say what they
// are: archives, pictures, web pages.
#pragma once

#include <optional>
#include <string_view>

#include "engine/result.h"

namespace ponnuki::sgf {

/// The error for a file that cannot be a record, told by its first bytes: it is empty, an archive
/// ("unpack it first"), a picture or a document. Nothing for all else.
std::optional<Error> foreign_file(std::string_view bytes);

/// The error for a text in which no game was found. It names the formats that are read.
Error no_game_in(std::string_view text);

}  // namespace ponnuki::sgf
