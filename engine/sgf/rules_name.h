// The names of rules in records (RU), as people, servers and programs write them.
#pragma once

#include <optional>
#include <string_view>

#include "engine/rules.h"

namespace ponnuki::sgf {

/// The rules that an RU value means, with the komi of `base`; nothing if the text is not known.
/// Knows the names and the JSON of parse_rules(), the rules in KataGo's records
/// ("koSIMPLEscoreAREAtaxNONEsui0whbN"), and names in English, Chinese, Japanese and Korean. Case,
/// blanks, punctuation, years ("Japanese 1989") and the words for "rules" do not matter.
std::optional<Rules> rules_of_record(std::string_view text, const Rules& base);

/// The rules of an RU value that is not known as a whole, but names one country: "Japanese rules of
/// our club". Nothing if it names none or several.
std::optional<Rules> rules_hinted_at(std::string_view text, const Rules& base);

}  // namespace ponnuki::sgf
