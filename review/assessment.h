// Assessment: the result of a search of a position, small enough to keep for every position of many
// games. All values are from Black's perspective.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"
#include "engine/score.h"
#include "engine/search/search.h"

namespace ponnuki::review {

/// A move that the search visited.
struct AssessedMove {
  Point move = Point::none();
  std::int64_t visits = 0;
  double winrate = 0.5;
  double lead = 0;  // points
  double lead_stdev = 0;
  double utility = 0;
  // The bound of the winrate on the side that is worse for the player.
  double lcb = 0.5;
  double prior = 0;       // from the perspective of the player to move
  std::vector<Point> pv;  // begins with `move`
};

/// The limits of a search.
struct Effort {
  std::int64_t visits = 0;
  double seconds = 0;

  static Effort of(const search::SearchLimits& limits);
  friend bool operator==(const Effort&, const Effort&) = default;
};

struct Assessment {
  static constexpr int kMostCandidates = 10;
  static constexpr int kVariationLength = 12;

  bool is_result = false;  // the game is over; counted, not searched
  bool no_result = false;  // the game is over without a result (a cycle of positions)
  Effort effort;
  std::int64_t visits = 0;
  double winrate = 0.5;
  double lead = 0;  // points
  double lead_stdev = 0;
  double utility = 0;
  std::vector<AssessedMove> moves;     // best first
  std::vector<std::int8_t> ownership;  // percent, +100 Black's; row-major; empty if unknown

  bool empty() const { return visits == 0 && !is_result; }
  /// None if nothing was searched.
  Point best_move() const { return moves.empty() ? Point::none() : moves.front().move; }
  const AssessedMove* find(Point move) const;
};

/// The assessment from a search that was analysed with assessment_options().
Assessment assess(const search::Analysis& analysis, const Effort& effort);
search::AnalysisOptions assessment_options();
/// The assessment of a finished game. Without a score the game has no result.
Assessment assess_result(const std::optional<Score>& score, const Effort& effort);

/// Converts to one line of JSON without its newline, and back. Returns an error if the line is
/// invalid, or is for another board size.
std::string to_line(const Assessment& assessment, BoardSize size);
Result<Assessment> parse_assessment(std::string_view line, BoardSize size);

}  // namespace ponnuki::review
