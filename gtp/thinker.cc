// Three threads interact here:
//
//   session   think() ── starts ──▶ search ── run() … ──▶ done, poke the inbox
//      │                              ▲
//      └── Inbox::wait(): a line, an interrupt, the time for a report, or done
//   reader    pushes lines into the inbox ┘ (never accesses the search)
//
// Only the session's thread uses search_ between runs. During a run it only calls analysis(), which
// Search allows, and requests the stop.
#include "gtp/thinker.h"

#include <algorithm>
#include <atomic>
#include <new>

#include "engine/start_thread.h"

namespace ponnuki::gtp {

namespace {

/// The time `seconds` after `start`. Beyond a week it is time_point::max(), which means never.
Clock::time_point after(Clock::time_point start, double seconds) {
  constexpr double kWeek = 7 * 24 * 3600.0;
  if (!(seconds < kWeek)) return Clock::time_point::max();
  return start +
         std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

/// Handicap play favours the player who thinks, unless somebody is named.
search::SearchParams params_for(search::SearchParams params, Color thinker) {
  if (params.playout_doublings != 0 && !params.playout_doublings_for)
    params.playout_doublings_for = thinker;
  return params;
}

}  // namespace

Thinker::Thinker(const server::EvaluatorProvider& provider, server::Inbox& inbox,
                 const Resources& resources)
    : provider_(provider), inbox_(inbox), resources_(resources) {}

Thinker::~Thinker() { stop_pondering(); }

Result<Evaluator*> Thinker::evaluator(BoardSize size) const {
  auto loaded = provider_.get();
  if (!loaded) return loaded;
  PONNUKI_TRY(check_size(**loaded, size));
  return loaded;
}

Result<std::string> Thinker::evaluator_name() const {
  PONNUKI_TRY(const Evaluator* const evaluator, provider_.get());
  return evaluator->name();
}

bool Thinker::may_judge(BoardSize size) const {
  if (!provider_.ready()) return true;
  const auto loaded = provider_.get();
  return !loaded || (*loaded)->traits(size).accepts;
}

/// Makes the search on first use. Until then clients are answered without waiting for the network.
Status Thinker::prepare(const Position& position, const search::SearchParams& params) {
  stop_pondering();
  PONNUKI_TRY(Evaluator* const evaluator, this->evaluator(position.size()));
  if (!search_) {
    search_ = std::make_unique<search::Search>(*evaluator, params);
    params_ = params;
  } else if (!(params == params_)) {
    search_->set_params(params);
    params_ = params;
  }
  search_->set_position(position);
  return {};
}

search::SearchLimits Thinker::limited(search::SearchLimits limits) const {
  limits.seconds = std::min(limits.seconds, resources_.most_seconds);
  limits.helpers = resources_.helpers;
  limits.pause = resources_.pause;
  return limits;
}

Result<Thinker::Outcome> Thinker::think(const ThinkRequest& request) {
  PONNUKI_TRY(prepare(request.position, params_for(request.params, request.position.to_move())));
  search_->set_filters(request.filters);

  Outcome outcome;
  std::atomic<bool> done{false}, failed{false};
  auto worker = start_thread([&](const std::stop_token& stop) {
    try {
      outcome.stats = search_->run(limited(request.limits), stop);
    } catch (const std::bad_alloc&) {
      failed = true;
    }
    done = true;
    inbox_.poke();
  });
  if (!worker) return worker.error();
  if (request.begun) request.begun();

  // Reports until something ends the search. An interval of 0 would print without pause; no client
  // redraws more often than every ten milliseconds.
  const double interval = std::max(request.report_seconds, 0.01);
  const std::atomic<bool> never{false};
  auto next_report = after(Clock::now(), interval);
  using Event = server::Inbox::Event;
  Event event = Event::kTimeout;
  while (event == Event::kTimeout) {
    // No more reports will follow; only wait for input.
    const bool idle = done && request.hold;
    event = inbox_.wait(idle ? never : done, idle ? Clock::time_point::max() : next_report,
                        request.stop_on_input);
    const bool final_hold = event == Event::kDone && request.hold;
    if (event == Event::kTimeout || final_hold) {
      if (request.report) request.report(*search_);
      next_report = after(next_report, interval);
    }
    if (final_hold) event = Event::kTimeout;
  }
  worker->request_stop();
  worker->join();
  if (failed) return Error{"there is not enough memory for this search"};
  outcome.ended_by = event;
  return outcome;
}

/// Does not watch the inbox: the next command stops pondering first (Session::answer).
void Thinker::ponder(const Position& position, const search::SearchParams& params, double seconds) {
  const Color thinker = opponent(position.to_move());
  if (!provider_.ready() || !prepare(position, params_for(params, thinker))) return;
  search_->set_filters({});
  auto thread = start_thread([this, seconds](const std::stop_token& stop) {
    try {
      search_->run(limited({.seconds = seconds}), stop);
    } catch (const std::bad_alloc&) {  // no pondering, then
    }
  });
  if (thread) pondering_ = std::move(*thread);
}

void Thinker::stop_pondering() {
  if (!pondering_.joinable()) return;
  pondering_.request_stop();
  pondering_.join();
}

void Thinker::clear_tree() {
  stop_pondering();
  if (search_) search_->clear();
}

void Thinker::clear_all() {
  clear_tree();
  if (provider_.ready()) {
    if (const auto evaluator = provider_.get()) (*evaluator)->clear_cache();
  }
}

}  // namespace ponnuki::gtp
