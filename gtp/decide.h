// Deciding on a move: how long to think, what to play, and when to resign. All commands like
// genmove use it.
#pragma once

#include <functional>
#include <vector>

#include "gtp/session.h"

namespace ponnuki::gtp {

struct DecideRequest {
  Color player = Color::kBlack;
  bool use_clock = true;       // spend the player's time; else only the limits of the options
  bool deterministic = false;  // no temperature and no noise (reg_genmove)
  bool cleanup = false;        // kgs-genmove_cleanup: no pass while dead stones can be captured
  bool cancellable = false;    // any line from the client cancels it
  std::vector<search::MoveFilter> filters;
  double report_seconds = std::numeric_limits<double>::infinity();
  std::function<void(const search::Search&)> report;
};

struct Decision {
  Point move = Point::pass();
  bool resign = false;
  bool cancelled = false;
  search::Analysis analysis;  // what the search knew in the end
};

/// Searches and chooses; does not play the move. An error where there is no evaluator.
Result<Decision> decide(Session& session, const DecideRequest& request);

/// The decision as GTP writes it: a vertex, "pass" or "resign"; "cancelled".
std::string decision_text(const Session& session, const Decision& decision);

/// The limits for a move now, before the clock is looked at: visits, playouts, seconds.
search::SearchLimits configured_limits(const Session& session, bool clock_limited);

}  // namespace ponnuki::gtp
