// Komi in records (KM), as people, servers and programs write it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ponnuki::sgf {

/// Where the record comes from.
struct KomiSource {
  bool ours = false;  // Ponnuki wrote it: the number is exact
  bool fox = false;   // the Fox server: whole numbers are hundredths
};

struct KomiReading {
  std::optional<double> komi;  // White's points; nothing if KM is empty or means nothing to us
  std::string note;            // what is odd; "" if nothing is
};

/// Reads a KM value. Points may have any fraction: 6.75 and 7.25 are read as written. Converted are
/// hundredths (650 is 6.5; from Fox also 50, which is 0.5), and zi, the stones of Chinese counting,
/// two points each (3.75, 3.25, 2.75 and their hundredths are 7.5, 6.5, 5.5). Texts such as "None"
/// and "6.5 points" are read with a note.
KomiReading read_komi(std::string_view text, const KomiSource& source);

/// The shortest text that reads as exactly this komi: "6.5", "6.75", "8.9999".
std::string komi_text(float komi);

}  // namespace ponnuki::sgf
