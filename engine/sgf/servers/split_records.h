// Files of several records of servers, one behind the other, as people join them.
#pragma once

#include <string_view>
#include <vector>

#include "engine/sgf/servers/server_record.h"

namespace ponnuki::sgf {

/// The parts of a text in UTF-8, each with one record; at least one. What stands before the first
/// record is of its part.
std::vector<std::string_view> split_records(ServerFormat format, std::string_view text);

}  // namespace ponnuki::sgf
