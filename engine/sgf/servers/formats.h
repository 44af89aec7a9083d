// The readers of server_record.cc, one for each format. The text is UTF-8.
#pragma once

#include <string_view>

#include "engine/result.h"
#include "engine/sgf/parser.h"
#include "engine/sgf/servers/record_fields.h"

namespace ponnuki::sgf {

Result<ServerRecord> read_gib(std::string_view text, const SgfLimits& limits);
Result<ServerRecord> read_ngf(std::string_view text, const SgfLimits& limits);
Result<ServerRecord> read_ugf(std::string_view text, const SgfLimits& limits);

/// True if the lines of a text are those of an NGF file, with or without moves. `lines` may end
/// behind the header.
bool is_ngf(const std::vector<std::string_view>& lines);

}  // namespace ponnuki::sgf
