#include "selfplay/match/match.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/file.h"
#include "engine/json_line.h"
#include "engine/mutex.h"
#include "engine/sgf/sgf.h"
#include "engine/worker_pool.h"
#include "selfplay/match/match_report.h"

namespace ponnuki::selfplay {
namespace {

/// The line that identifies the match to which a results file belongs.
std::string head_line(const MatchOptions& options) {
  // The line does not contain the number of generated openings, which grows with --games.
  nlohmann::ordered_json openings = {{"seed", options.seed}};
  if (!options.openings.empty()) openings = nlohmann::ordered_json::array();
  for (const Opening& opening : options.openings) {
    openings.push_back(to_string(opening, options.game.size));
  }
  const TimeControl& time = options.game.time;
  const nlohmann::ordered_json json = {
      {"match", 1},
      {"engine1", options.engines[0].command_line},
      {"engine2", options.engines[1].command_line},
      {"size", sgf::sgf_size(options.game.size)},
      {"rules", rules_to_json(options.game.rules)},
      {"komi", options.game.rules.komi},
      {"time", {time.main_seconds, time.byo_seconds, time.byo_stones}},
      {"maxMoves", options.game.max_moves},
      {"openings", openings}};
  return json_line(json);
}

std::string sgf_path(const std::string& folder, int number) {
  char name[32];
  std::snprintf(name, sizeof name, "game-%04d.sgf", number);
  return (std::filesystem::path(folder) / name).string();
}

Status save_game(const MatchGame& game, const GameSummary& summary, const std::string& folder) {
  sgf::GameInfo info;
  info.black = summary.names[static_cast<std::size_t>(summary.black)];
  info.white = summary.names[static_cast<std::size_t>(1 - summary.black)];
  info.round = std::to_string(summary.number + 1);
  info.result = sgf::parse_sgf_result(summary.result);
  info.program = "Ponnuki match";
  info.comment = "Ended by " + summary.ending;
  if (!summary.detail.empty()) info.comment += ": " + summary.detail;
  if (!summary.opening.empty()) info.comment += "\nOpening: " + summary.opening;
  if (summary.claims_differ) {
    info.comment += "\nBlack counts " + game.claims[0] + ", White " + game.claims[1];
  }
  return sgf::save_sgf_file(sgf::make_sgf(game.game, info), sgf_path(folder, summary.number));
}

GameSummary summarize(const MatchGame& game, int number, const std::string& opening) {
  GameSummary summary;
  summary.number = number;
  summary.black = number % 2;
  if (game.winner != Color::kEmpty) {
    summary.winner = game.winner == Color::kBlack ? summary.black : 1 - summary.black;
  }
  summary.result = game.result();
  summary.ending = to_string(game.ending);
  summary.detail = game.detail;
  summary.opening = opening;
  summary.moves = game.game.position().move_count();
  summary.claims_differ = game.claims_differ();
  for (const std::size_t engine : {0, 1}) {
    const std::size_t color = static_cast<int>(engine) == summary.black ? 0 : 1;
    summary.claims[engine] = game.claims[color];
    summary.seconds[engine] = game.seconds[color];
    summary.thought_moves[engine] = game.thought_moves[color];
  }
  return summary;
}

/// The state that the workers share. Each worker plays one game at a time.
class Match {
 public:
  Match(const MatchOptions& options, MatchLog* log, const MatchProgress& progress)
      : options_(options), log_(log), progress_(progress) {
    if (log_) games_ = log_->earlier_games();
    for (const GameSummary& game : games_) known_.insert(game.number);
  }

  Result<std::vector<GameSummary>> run() {
    WorkerPool workers;
    workers.run(static_cast<std::size_t>(std::clamp(options_.parallel, 1, 256)),
                [this](std::size_t) { work(); });
    const MutexLock lock(mutex_);
    if (error_) return *error_;
    std::sort(games_.begin(), games_.end(),
              [](const auto& a, const auto& b) { return a.number < b.number; });
    return std::move(games_);
  }

 private:
  void work() {
    GtpPlayer engine1(options_.engines[0]), engine2(options_.engines[1]);
    for (std::optional<int> number; (number = take_number());) {
      const Opening& opening =
          options_.openings[static_cast<std::size_t>(*number / 2) % options_.openings.size()];
      const std::array<Player*, 2> players = *number % 2 == 0
                                                 ? std::array<Player*, 2>{&engine1, &engine2}
                                                 : std::array<Player*, 2>{&engine2, &engine1};
      const MatchGame game = play_match_game(players, opening, options_.game);
      GameSummary summary = summarize(game, *number, to_string(opening, options_.game.size));
      summary.names = {engine1.name(), engine2.name()};
      if (game.ending == Ending::kCrash) note_crash(game, summary, {&engine1, &engine2});
      keep(game, std::move(summary));
    }
  }

  std::optional<int> take_number() {
    const MutexLock lock(mutex_);
    const bool decided = options_.sprt && !options_.sprt->verdict(tally_of(games_)).empty();
    if (error_ || decided) return std::nullopt;
    if (!again_.empty()) {
      const int number = again_.back();
      again_.pop_back();
      return number;
    }
    while (known_.contains(next_)) ++next_;
    return next_ < options_.games ? std::optional(next_++) : std::nullopt;
  }

  /// If a program could not even start a game, its last line on stderr gives the reason.
  static void note_crash(const MatchGame& game, GameSummary& summary,
                         const std::array<GtpPlayer*, 2>& engines) {
    if (game.thought_moves[0] + game.thought_moves[1] > 0) return;
    for (const std::size_t i : {0, 1}) {
      std::string words = engines[i]->last_words();
      while (words.ends_with('\n')) words.pop_back();
      if (words.empty()) continue;
      summary.detail +=
          "; engine" + std::to_string(i + 1) + " said: " + words.substr(words.rfind('\n') + 1);
    }
  }

  /// A crash loses the game, unless the program could not even start the game. In this case the
  /// game is repeated with new processes; a second such failure in a row ends the match.
  void keep(const MatchGame& game, GameSummary summary) {
    const MutexLock lock(mutex_);
    const bool never_began =
        game.ending == Ending::kCrash && game.thought_moves[0] + game.thought_moves[1] == 0;
    failed_starts_ = never_began ? failed_starts_ + 1 : 0;
    if (never_began) {
      if (failed_starts_ >= 2) error_ = Error{"the match cannot go on: " + summary.detail};
      again_.push_back(summary.number);
      return;
    }
    Status status;
    if (!options_.sgf_folder.empty()) status = save_game(game, summary, options_.sgf_folder);
    if (status && log_) status = log_->append(summary);
    if (!status) error_ = status.error();
    games_.push_back(std::move(summary));
    if (progress_) progress_(games_.back(), games_);
  }

  const MatchOptions& options_;
  MatchLog* log_;
  const MatchProgress& progress_;
  Mutex mutex_;
  std::vector<GameSummary> games_ PONNUKI_GUARDED_BY(mutex_);
  std::set<int> known_ PONNUKI_GUARDED_BY(mutex_);  // numbers of earlier games
  int next_ PONNUKI_GUARDED_BY(mutex_) = 0;
  std::vector<int> again_ PONNUKI_GUARDED_BY(mutex_);  // numbers of games to repeat
  int failed_starts_ PONNUKI_GUARDED_BY(mutex_) = 0;   // in a row
  std::optional<Error> error_ PONNUKI_GUARDED_BY(mutex_);
};

/// The records of another match are not overwritten.
Status expect_no_records(const MatchOptions& options) {
  for (int number = 0; number < options.games; ++number) {
    const std::string path = sgf_path(options.sgf_folder, number);
    if (file_exists(path))
      return Error{"'" + path + "' exists; give another folder for the records of this match"};
  }
  return {};
}

Status check(const MatchOptions& options) {
  if (options.game.rules.scoring != ScoringRule::kArea && !options.game.judge)
    return Error{"rules with territory scoring need a judge of dead stones"};
  if (options.games < 1) return Error{"a match has at least one game"};
  if (options.sgf_folder.empty()) return {};
  PONNUKI_TRY(make_folder_for_files(options.sgf_folder));
  return options.resume ? Status() : expect_no_records(options);
}

}  // namespace

Result<std::vector<GameSummary>> run_match(const MatchOptions& given,
                                           const MatchProgress& progress) {
  PONNUKI_TRY(check(given));
  MatchOptions options = given;
  if (options.openings.empty()) {
    options.openings = generate_openings(options.game.size, (options.games + 1) / 2, options.seed);
  }
  if (options.results_path.empty()) return Match(options, nullptr, progress).run();
  PONNUKI_TRY(MatchLog log, MatchLog::open(options.results_path, head_line(given), options.resume));
  return Match(options, &log, progress).run();
}

}  // namespace ponnuki::selfplay
