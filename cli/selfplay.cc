// ponnuki selfplay: plays games of a net against itself, as in training, and writes them to files.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <ostream>

#include "cli/options/core_count.h"
#include "cli/options/evaluator_factory.h"
#include "cli/options/game_options.h"
#include "cli/subcommand.h"
#include "cli/terminal/stop_signal.h"
#include "engine/coord.h"
#include "nn/files/built_in_nets.h"
#include "selfplay/games/actors.h"
#include "selfplay/games/game_seeds.h"
#include "selfplay/records/game_sgf.h"
#include "selfplay/rows/katago_row_files.h"

namespace ponnuki::cli {
namespace {

/// The files to which games are written. All of them belong to this process alone.
class Outputs {
 public:
  struct Paths {
    std::string games, sgf, rows;  // "": not wanted
    int length = 19;               // of the rows
    std::string player;            // in SGF
  };
  /// Errors name the option. Whatever cannot be written is an error here, before any game.
  static Result<Outputs> open(const Paths& paths) {
    Outputs outputs;
    if (!paths.games.empty()) {
      auto games = selfplay::GamesWriter::open(paths.games);
      if (!games) return games.error().in("--out");
      outputs.games_ = std::move(*games);
    }
    if (!paths.sgf.empty()) {
      auto sgf = selfplay::SgfFolder::open(paths.sgf, paths.player, "Ponnuki:" PONNUKI_VERSION);
      if (!sgf) return sgf.error().in("--sgf");
      outputs.sgf_ = std::move(*sgf);
    }
    if (!paths.rows.empty()) {
      auto rows = selfplay::KatagoRowFiles::open(paths.rows, paths.length);
      if (!rows) return rows.error().in("--npz");
      outputs.rows_ = std::move(*rows);
    }
    return outputs;
  }

  /// Where the first game of this process will be kept (game_seeds.h).
  std::vector<std::uint64_t> seeds(std::uint64_t seed, int threads) const {
    return selfplay::game_seeds(
        seed, {games_ ? games_->size() : 0, rows_ ? rows_->earlier_starts() : 0}, threads);
  }
  /// What was found damaged: lines for the user.
  std::vector<std::string> damage() const {
    std::vector<std::string> lines;
    if (rows_) lines = rows_->damage();
    if (games_ && !games_->damage().empty()) lines.push_back(games_->damage());
    return lines;
  }
  /// Returns an error, after all files are written, if one of them takes no more games.
  Status add(const selfplay::Games& games) {
    const auto in = [](const char* option, const Status& status) {
      return status ? status : Status(status.error().in(option));
    };
    if (games_) PONNUKI_TRY(in("--out", games_->append(games)));
    if (sgf_) PONNUKI_TRY(in("--sgf", sgf_->add(games)));
    if (rows_) PONNUKI_TRY(in("--npz", rows_->add(games)));
    return games_ ? in("--out", games_->expect_room()) : Status();
  }
  /// The files of rows, or null.
  selfplay::KatagoRowFiles* rows() { return rows_ ? &*rows_ : nullptr; }

 private:
  std::optional<selfplay::GamesWriter> games_;
  std::optional<selfplay::SgfFolder> sgf_;
  std::optional<selfplay::KatagoRowFiles> rows_;
};

class Selfplay : public Subcommand {
 public:
  std::string name() const override { return "selfplay"; }
  std::string summary() const override {
    return "plays games of a net against itself, for training";
  }
  std::string details() const override {
    return "Plays games as training does. Adds them to a file in the format of training, or writes "
           "their positions as rows for KataGo's PyTorch trainer. Ctrl-C stops; the games played "
           "so far are kept. What is there already stays: games are added to it, and the same "
           "command "
           "plays other games the next time. A run that begins from nothing plays the same games "
           "again for the same --seed; so give each machine a seed of its own.";
  }

  void add_options(OptionSet& options) override {
    threads_ = usable_cores();
    options.heading("Games");
    options.text({"net", "FILE", "the net that plays; 'built-in': the net inside the program"},
                 &net_);
    options.text({"out", "FILE", "file for the games; games are added to an old file"}, &out_);
    options.text(
        {"sgf", "FOLDER", "also write one SGF file per game to this folder; older ones stay"},
        &sgf_);
    options.text(
        {"npz", "FOLDER", "write KataGo's training rows, in addition to --out or instead of it"},
        &npz_);
    options.integer({"pos-len", "N", "board length of these rows, like the trainer's -pos-len"},
                    &length_, {kMinLength, kMaxLength});
    options.integer({"games", "N", "number of games"}, &count_, {1});
    options.integer({"threads", "N", "threads that play games"}, &threads_, {1, 256});
    options.integer({"seed", "N", "seed of all random numbers"}, &seed_, {0});
    games_.add(options);
  }

  Result<int> run(const OptionSet&, Streams& streams) override {
    if (out_.empty() && npz_.empty())
      return Error{
          "--out is missing: give a file for the games, as in --out first.games, or --npz FOLDER"};
    PONNUKI_TRY(const auto games, games_.read());
    for (const auto& share : games.sizes)
      if (!npz_.empty() && std::max(share.size.width, share.size.height) > length_)
        return Error{"--pos-len: " + std::to_string(length_) + " is less than the board of " +
                     size_text(share.size)};
    PONNUKI_TRY(auto network, make_network(net_, {}));
    const std::shared_ptr<nn::Network> shared = std::move(network);
    auto outputs = Outputs::open({out_, sgf_, npz_, length_, shared->model().name});
    if (!outputs) return failed(outputs.error(), streams);
    for (const std::string& line : outputs->damage())
      streams.err << "ponnuki: " << line << std::endl;
    const auto start = std::chrono::steady_clock::now();
    Totals totals;
    const auto keep = [&](const selfplay::Games& fresh) -> Status {
      PONNUKI_TRY(outputs->add(fresh));
      for (const auto& game : fresh) totals.add(*game);
      const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
      streams.out << totals.line(time.count()) << std::endl;
      return {};
    };
    const auto seeds = outputs->seeds(static_cast<std::uint64_t>(seed_), threads_);
    Status status = selfplay::Actors(games, seeds).play(shared, count_, stop_signal(), keep);
    if (status && outputs->rows() != nullptr) status = last_rows(*outputs->rows(), streams);
    return status ? kExitOk : failed(status.error(), streams);
  }

 private:
  struct Totals {
    std::int64_t games = 0, moves = 0, black_wins = 0, draws = 0;

    void add(const selfplay::GameRecord& game) {
      ++games;
      moves += static_cast<std::int64_t>(game.turns.size());
      black_wins += game.white_score < 0;
      draws += game.white_score == 0;
    }
    std::string line(double seconds) const {
      char text[160];
      const auto n = static_cast<double>(games);
      std::snprintf(text, sizeof text,
                    "%lld games, %.0f an hour; %.1f moves, Black wins %.1f %%, draws %.1f %%",
                    static_cast<long long>(games), 3600 * n / seconds,
                    static_cast<double>(moves) / n, 100 * static_cast<double>(black_wins) / n,
                    100 * static_cast<double>(draws) / n);
      return text;
    }
  };

  static Status last_rows(selfplay::KatagoRowFiles& rows, Streams& streams) {
    if (Status status = rows.flush(); !status) return status.error().in("--npz");
    streams.out << rows.written() << " rows in " << rows.folder();
    if (rows.left_over() > 0)
      streams.out << ", also of " << rows.left_over() << " games of a run that was broken off";
    streams.out << std::endl;
    return {};
  }

  GameOptions games_;
  std::string net_ = nn::kBuiltInNet, out_, sgf_, npz_;
  std::int64_t count_ = 100, seed_ = 1;
  int threads_ = 1, length_ = 19;
};

}  // namespace

std::unique_ptr<Subcommand> make_selfplay() { return std::make_unique<Selfplay>(); }

}  // namespace ponnuki::cli
