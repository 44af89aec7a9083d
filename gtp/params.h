// Named knobs of a session that clients may read and change (kata-get-param, kata-set-param,
// lz-setoption), under KataGo's names where the meaning is the same.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"
#include "gtp/options.h"

namespace ponnuki::gtp {

std::vector<std::string> param_names();
/// The value as text; an error that names the parameter if there is none such.
Result<std::string> get_param(const GtpOptions& options, std::string_view name);
/// An error says which values are possible.
Status set_param(GtpOptions& options, std::string_view name, std::string_view value);

}  // namespace ponnuki::gtp
