// A recursive-descent parser over words; `next` is the position. The syntax is Leela Zero's with
// KataGo's extensions.
#include "gtp/analysis_args.h"

#include <algorithm>

#include "engine/coord.h"
#include "engine/text.h"

namespace ponnuki::gtp {

namespace {

constexpr long long kMostMoves = 1'000'000;

struct Parser {
  const std::vector<std::string>& words;
  BoardSize size;
  AnalysisArgs args;
  std::size_t next = 0;

  Result<AnalysisArgs> parse();

 private:
  Status key();
  Status interval(const std::string& word);
  Status count(const std::string& key, int& value);
  Status filter(bool allow);
  bool* flag(const std::string& key);
  Error problem(const std::string& what) const {
    return Error{std::string("analysis arguments: ").append(what)};
  }
  const std::string* take() { return next < words.size() ? &words[next++] : nullptr; }
};

Result<AnalysisArgs> Parser::parse() {
  if (next < words.size()) {
    if (const auto color = parse_color(words[next])) {
      args.player = *color;
      ++next;
    }
  }
  if (next < words.size() && parse_number(words[next])) {
    PONNUKI_TRY(interval(words[next++]));
  }
  while (next < words.size()) {
    PONNUKI_TRY(key());
  }
  return args;
}

Status Parser::key() {
  const std::string key = *take();
  if (key == "avoid" || key == "allow") return filter(key == "allow");
  if (key == "minmoves") return count(key, args.min_moves);
  if (key == "maxmoves") return count(key, args.max_moves);
  bool* const target = flag(key);
  const bool known = key == "interval" || target != nullptr;
  const std::string* const value = known ? take() : nullptr;
  if (!known) return problem("unknown key '" + key + "'");
  if (!value) return problem("no value for '" + key + "'");
  if (!target) return interval(*value);
  const auto on = parse_bool(*value);
  if (!on) return problem("'" + key + "' must be true or false");
  *target = *on;
  return {};
}

Status Parser::interval(const std::string& word) {
  const auto centiseconds = parse_number(word);
  if (!centiseconds || *centiseconds < 0) return problem("bad interval '" + word + "'");
  args.interval_seconds = *centiseconds / 100;
  return {};
}

Status Parser::count(const std::string& key, int& value) {
  const std::string* const word = take();
  const auto number = word ? parse_integer(*word) : std::nullopt;
  if (!number || *number < 0) return problem("bad number for '" + key + "'");
  value = static_cast<int>(std::min(*number, kMostMoves));
  return {};
}

/// Parses COLOR VERTEX,VERTEX,… DEPTH. As in KataGo, "allow" must be the only filter of its colour.
Status Parser::filter(bool allow) {
  if (words.size() - next < 3) return problem("avoid and allow take COLOR VERTICES DEPTH");
  search::MoveFilter result;
  result.allow = allow;
  const auto color = parse_color(*take());
  const std::string points = *take();
  const auto depth = parse_integer(*take());
  if (!color || !depth || *depth < 1) return problem("avoid and allow take COLOR VERTICES DEPTH");
  result.player = *color;
  result.until_depth = static_cast<int>(std::min(*depth, kMostMoves));
  for (std::size_t at = 0; at <= points.size();) {
    const std::size_t end = std::min(points.find(',', at), points.size());
    const std::string word = points.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    const auto point = parse_gtp_vertex(word, size);
    if (!point) return problem("bad vertex '" + word + "'");
    result.points.push_back(*point);
  }
  for (const search::MoveFilter& other : args.filters) {
    if (other.player == *color && (other.allow || allow)) {
      return problem("allow must be the only filter for a color");
    }
  }
  args.filters.push_back(std::move(result));
  return {};
}

bool* Parser::flag(const std::string& key) {
  if (args.style != AnalysisStyle::kKata) return nullptr;
  if (key == "ownership") return &args.ownership;
  if (key == "ownershipStdev") return &args.ownership_stdev;
  if (key == "movesOwnership") return &args.moves_ownership;
  if (key == "pvVisits") return &args.pv_visits;
  if (key == "pvEdgeVisits") return &args.pv_edge_visits;
  if (key == "rootInfo") return &args.root_info;
  if (key == "noResultValue") return &args.no_result_value;
  return nullptr;
}

}  // namespace

Result<AnalysisArgs> parse_analysis_args(const std::vector<std::string>& words, BoardSize size,
                                         AnalysisArgs defaults) {
  return Parser{words, size, std::move(defaults)}.parse();
}

}  // namespace ponnuki::gtp
