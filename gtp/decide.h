// Deciding on a move: how long to think, what to play, and when to resign. All commands like
// genmove use it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gtp/session.h"

namespace ponnuki::gtp {

struct DecideRequest {
  Color player = Color::kBlack;
  bool use_clock = true;       // use the player's clock; if false, only the limits of the options
  bool deterministic = false;  // no temperature and no noise (reg_genmove)
  // For kgs-genmove_cleanup: no pass while dead stones can be captured.
  bool cleanup = false;
  bool cancellable = false;  // any line from the client cancels it
  std::vector<search::MoveFilter> filters;
  double report_seconds = std::numeric_limits<double>::infinity();
  std::function<void(const search::Search&)> report;
  std::function<void()> begun;  // see ThinkRequest
};

struct Decision {
  Point move = Point::pass();
  bool resign = false;
  bool cancelled = false;
  search::Analysis analysis;  // the final analysis of the search
};

/// Searches and chooses a move; does not play it. Blocks. Returns an error if there is no
/// evaluator.
Result<Decision> decide(Session& session, const DecideRequest& request);

/// The decision in GTP's form: a vertex, "pass", "resign" or "cancelled".
std::string decision_text(const Session& session, const Decision& decision);

/// level_note() for the session's level on its board; empty without a level, or with a net whose
/// levels were not measured.
std::string level_note(const Session& session);

/// The limits for a move from the options, without the clock: visits, playouts, seconds.
search::SearchLimits configured_limits(const Session& session, bool clock_limited);

}  // namespace ponnuki::gtp
