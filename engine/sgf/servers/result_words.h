// The result of a game in the words of Asian servers.
#pragma once

#include <string>
#include <string_view>

namespace ponnuki::sgf {

/// RE for "White wins by resign!", "흑 1.5집 승", "黒2目半勝ち", "黑中盘胜", "白时间负", in UTF-8.
/// "" if the text names no winner and no draw.
std::string result_of_words(std::string_view text);

/// A number of points as RE and KM have it: "6.5" for 65 tenths.
std::string tenths(long long number);

}  // namespace ponnuki::sgf
