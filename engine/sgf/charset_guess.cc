#include "engine/sgf/charset_guess.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/sgf/converter.h"
#include "engine/sgf/frequent_characters.h"

namespace ponnuki::sgf {
namespace {

constexpr std::size_t kMostBytes = 65536;
// A record may have a damaged byte or two, but hardly more.
constexpr double kInvalidWeight = -4;
// Plausibility from which a guess is sure: half of the characters are usual ones.
constexpr double kSure = 0.45;

/// A character at the beginning of some bytes. Its weight says how usual it is: 1 for frequent
/// characters, 0 for rare ones.
struct Character {
  std::size_t length;
  double weight;
};
constexpr Character kInvalid{0, 0};

using Bytes = std::string_view;
unsigned byte_at(Bytes bytes, std::size_t i) {
  return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
}
bool in(unsigned value, unsigned first, unsigned last) { return value >= first && value <= last; }

// The weights of ranges: kana; the characters that the standards put first because they are
// frequent; signs; the characters that they put second; the rest, which is later extensions.
constexpr double kKana = 0.8, kFirstLevel = 0.6, kSigns = 0.5, kSecondLevel = 0.2, kRare = 0.03;

/// A two-byte character by the rows of its set: `first` holds the frequent characters of the first
/// level, `second` the others.
struct Rows {
  unsigned begin, end;
};
Character by_row(unsigned lead, Rows first, Rows second) {
  return {2, in(lead, first.begin, first.end)     ? kFirstLevel
             : in(lead, second.begin, second.end) ? kSecondLevel
             : in(lead, 0xA1, 0xA3)               ? kSigns
                                                  : kRare};
}

Character gb18030(Bytes bytes) {
  const unsigned lead = byte_at(bytes, 0), trail = byte_at(bytes, 1);
  if (!in(lead, 0x81, 0xFE)) return kInvalid;
  if (in(trail, '0', '9') && bytes.size() >= 4) return {4, kRare};
  if (trail < 0x40 || trail == 0x7F || trail == 0xFF) return kInvalid;
  if (trail < 0xA1) return {2, kRare};
  return by_row(lead, {0xB0, 0xD7}, {0xD8, 0xF7});
}

Character big5(Bytes bytes) {
  const unsigned lead = byte_at(bytes, 0), trail = byte_at(bytes, 1);
  if (!in(lead, 0x81, 0xFE) || !(in(trail, 0x40, 0x7E) || in(trail, 0xA1, 0xFE))) return kInvalid;
  return by_row(lead, {0xA4, 0xC6}, {0xC9, 0xF9});
}

Character shift_jis(Bytes bytes) {
  const unsigned lead = byte_at(bytes, 0), trail = byte_at(bytes, 1);
  if (in(lead, 0xA1, 0xDF)) return {1, 0.1};  // half-width katakana
  if (lead == 0x80 || lead == 0xA0 || lead > 0xFC) return kInvalid;
  if (trail < 0x40 || trail == 0x7F || trail > 0xFC) return kInvalid;
  const bool kana = (lead == 0x82 && in(trail, 0x9F, 0xF1)) || (lead == 0x83 && trail <= 0x96);
  if (kana) return {2, kKana};
  const unsigned code = lead << 8 | trail;
  return {2, in(code, 0x8140, 0x829A)                               ? kSigns
             : in(code, 0x889F, 0x9872)                             ? kFirstLevel
             : in(code, 0x989F, 0x9FFC) || in(code, 0xE040, 0xEAA4) ? kSecondLevel
                                                                    : kRare};
}

Character euc_kr(Bytes bytes) {
  const unsigned lead = byte_at(bytes, 0), trail = byte_at(bytes, 1);
  if (!in(lead, 0x81, 0xFE) || trail < 0x41 || trail == 0xFF) return kInvalid;
  if (trail < 0xA1) return {2, kRare};
  return by_row(lead, {0xB0, 0xC8}, {0xCA, 0xFD});
}

Character euc_jp(Bytes bytes) {
  const unsigned lead = byte_at(bytes, 0), trail = byte_at(bytes, 1);
  if (lead == 0x8E && in(trail, 0xA1, 0xDF)) return {2, 0.1};  // half-width katakana
  if (lead == 0x8F && in(trail, 0xA1, 0xFE) && bytes.size() >= 3) return {3, kRare};
  if (!in(lead, 0xA1, 0xFE) || !in(trail, 0xA1, 0xFE)) return kInvalid;
  return {2, in(lead, 0xA4, 0xA5)           ? kKana
             : in(lead, 0xB0, 0xCF)         ? kFirstLevel
             : in(lead, 0xD0, 0xF4)         ? kSecondLevel
             : lead == 0xA1 || lead == 0xA3 ? kSigns
                                            : kRare};
}

struct Candidate {
  const char* charset;
  Character (*read)(Bytes);
  std::string_view frequent;  // UTF-8
};
constexpr Candidate kCandidates[] = {
    {"GB18030", gb18030, kSimplifiedChinese}, {"BIG5-HKSCS", big5, kTraditionalChinese},
    {"CP932", shift_jis, kJapaneseKanji},     {"CP949", euc_kr, kHangul},
    {"EUC-JP", euc_jp, kJapaneseKanji},
};

std::uint16_t code_of(Bytes bytes) {
  return static_cast<std::uint16_t>(byte_at(bytes, 0) << 8 | byte_at(bytes, 1));
}

/// The codes of the candidate's frequent characters, sorted.
std::vector<std::uint16_t> frequent_codes(const Candidate& candidate) {
  std::vector<std::uint16_t> codes;
  Converter converter(candidate.charset, "UTF-8");
  std::string bytes;
  if (converter.ok()) converter.convert(candidate.frequent, "", bytes);
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
    codes.push_back(code_of(Bytes(bytes).substr(i)));
  std::ranges::sort(codes);
  return codes;
}

/// The part of a text that is looked at.
struct Sample {
  Bytes bytes;
  bool is_cut;  // its last character may be incomplete
};
Sample sample_of(Bytes bytes) {
  const auto first = std::ranges::find_if(bytes, [](char c) { return (c & 0x80) != 0; });
  const auto begin = static_cast<std::size_t>(first - bytes.begin());
  const Bytes sample = bytes.substr(begin - (begin > 0 ? 1 : 0), kMostBytes);
  return {sample, sample.size() == kMostBytes};
}

/// The mean weight of the bytes beyond ASCII.
double plausibility(const Candidate& candidate, const Sample& sample) {
  Bytes bytes = sample.bytes;
  const std::vector<std::uint16_t> frequent = frequent_codes(candidate);
  double sum = 0;
  std::size_t count = 0;
  while (!bytes.empty()) {
    if (byte_at(bytes, 0) < 0x80) {
      bytes.remove_prefix(1);
      continue;
    }
    Character character = candidate.read(bytes);
    if (character.length > bytes.size()) character = kInvalid;
    if (character.length == 0 && sample.is_cut && bytes.size() < 4) break;
    if (character.length == 0) character = {1, kInvalidWeight};
    if (character.length == 2 && std::ranges::binary_search(frequent, code_of(bytes)))
      character.weight = 1;
    sum += character.weight * static_cast<double>(character.length);
    count += character.length;
    bytes.remove_prefix(character.length);
  }
  return count > 0 ? sum / static_cast<double>(count) : 0;
}

// --- sets of one byte a character

bool is_ascii_letter(unsigned byte) { return in(byte | 0x20, 'a', 'z'); }

/// A run of bytes beyond ASCII, and whether it touches an ASCII letter.
struct Run {
  Bytes bytes;
  bool in_a_word;
};
using WeightOfRun = double (*)(const Run&);

/// Accents stand alone between ASCII letters.
double latin1(const Run& run) {
  const bool letters = std::ranges::all_of(run.bytes, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xC0 && byte != 0xD7 && byte != 0xF7;
  });
  if (!letters || !run.in_a_word) return 0.02;
  return run.bytes.size() == 1 ? 0.75 : run.bytes.size() == 2 ? 0.3 : 0.02;
}

/// Russian words are of small letters after the first one.
double russian(const Run& run, unsigned first_small, double weight) {
  constexpr std::size_t kShortestWord = 4;
  const bool small = std::ranges::all_of(run.bytes.substr(1), [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return in(byte, first_small, first_small + 0x1F);
  });
  const bool letter = byte_at(run.bytes, 0) >= 0xC0;
  return small && letter && run.bytes.size() >= kShortestWord ? weight : 0.02;
}
double cp1251(const Run& run) { return russian(run, 0xE0, 0.8); }
double koi8_r(const Run& run) { return russian(run, 0xC0, 0.62); }

double plausibility(WeightOfRun weight_of, Bytes bytes) {
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < bytes.size();) {
    if (byte_at(bytes, begin) < 0x80) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (byte_at(bytes, end) >= 0x80) ++end;
    const bool in_a_word = (begin > 0 && is_ascii_letter(byte_at(bytes, begin - 1))) ||
                           is_ascii_letter(byte_at(bytes, end));
    const Run run{bytes.substr(begin, end - begin), in_a_word};
    sum += weight_of(run) * static_cast<double>(run.bytes.size());
    count += run.bytes.size();
    begin = end;
  }
  return count > 0 ? sum / static_cast<double>(count) : 0;
}

}  // namespace

CharsetGuess guess_charset(std::string_view bytes) {
  const Sample sample = sample_of(bytes);
  double best = plausibility(latin1, sample.bytes);
  const char* charset = "ISO-8859-1";
  const auto consider = [&](const char* name, double plausible) {
    if (plausible <= best) return;
    best = plausible;
    charset = name;
  };
  for (const Candidate& candidate : kCandidates)
    consider(candidate.charset, plausibility(candidate, sample));
  consider("CP1251", plausibility(cp1251, sample.bytes));
  consider("KOI8-R", plausibility(koi8_r, sample.bytes));
  // So little is known of the text that the default of FF[4] is as good.
  if (best < 2 * kRare) charset = "ISO-8859-1";
  return {charset, best >= kSure, best};
}

std::optional<double> plausibility_of(std::string_view charset, std::string_view bytes) {
  const auto candidate = std::ranges::find(kCandidates, charset, &Candidate::charset);
  if (candidate == std::end(kCandidates)) return std::nullopt;
  return plausibility(*candidate, sample_of(bytes));
}

}  // namespace ponnuki::sgf
