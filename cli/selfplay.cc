// ponnuki selfplay: plays games of a net against itself, as in training, and writes them to files.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <ostream>

#include "cli/options/core_count.h"
#include "cli/options/evaluator_factory.h"
#include "cli/options/game_options.h"
#include "cli/subcommand.h"
#include "cli/terminal/stop_signal.h"
#include "engine/coord.h"
#include "engine/file.h"
#include "engine/sgf/sgf.h"
#include "nn/files/built_in_net.h"
#include "selfplay/actors.h"
#include "selfplay/katago_rows.h"

namespace ponnuki::cli {
namespace {

/// The record of a game as SGF.
sgf::SgfTree sgf_of(const selfplay::GameRecord& record, const std::string& player) {
  Game game(record.size, record.rules);
  for (const selfplay::RecordedTurn& turn : record.turns)
    game.play({game.position().to_move(), Point::from_cell(turn.move, record.size)});
  sgf::GameInfo info;
  info.black = info.white = player;
  info.program = "Ponnuki:" PONNUKI_VERSION;
  if (record.ending != selfplay::GameRecord::Ending::kPasses) {
    info.result = {.kind = sgf::SgfResult::Kind::kVoid};
  } else if (record.white_score == 0) {
    info.result = {.kind = sgf::SgfResult::Kind::kDraw};
  } else {
    info.result = {sgf::SgfResult::Kind::kScore,
                   record.white_score > 0 ? Color::kWhite : Color::kBlack,
                   std::abs(record.white_score)};
  }
  return sgf::make_sgf(game, info);
}

class Selfplay : public Subcommand {
 public:
  std::string name() const override { return "selfplay"; }
  std::string summary() const override {
    return "plays games of a net against itself, for training";
  }
  std::string details() const override {
    return "Plays games as training does. Adds them to a file in the format of training, or writes "
           "their positions as rows for KataGo's PyTorch trainer. Ctrl-C stops; the games played "
           "so far are kept.";
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
    if (Status can = check_outputs(); !can) return failed(can.error(), streams);
    PONNUKI_TRY(auto network, make_network(net_, {}));
    const std::shared_ptr<nn::Network> shared = std::move(network);
    std::vector<std::uint64_t> seeds;
    seeds.reserve(static_cast<std::size_t>(threads_));
    Random random(static_cast<std::uint64_t>(seed_));
    for (int t = 0; t < threads_; ++t) seeds.push_back(random());
    const auto start = std::chrono::steady_clock::now();
    Totals totals;
    std::int64_t last_record = 0;
    selfplay::KatagoRowFiles rows(npz_, length_, random());
    const auto keep = [&](const selfplay::Games& fresh) -> Status {
      PONNUKI_TRY(save(fresh, shared->model().name, last_record));
      PONNUKI_TRY(save_rows(fresh, rows));
      for (const auto& game : fresh) totals.add(*game);
      const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
      streams.out << totals.line(time.count()) << std::endl;
      return {};
    };
    Status status = selfplay::Actors(games, seeds).play(shared, count_, stop_signal(), keep);
    if (status) status = last_rows(rows, streams);
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

  Status check_outputs() const {
    if (!out_.empty()) {
      if (Status can = selfplay::check_can_append(out_); !can) return can.error().in("--out");
    }
    for (const auto& [option, folder] : {std::pair("--sgf", &sgf_), std::pair("--npz", &npz_)}) {
      if (folder->empty()) continue;
      if (Status made = make_folder_for_files(*folder); !made) return made.error().in(option);
    }
    return {};
  }

  /// `last` is the number of the record that was saved last.
  Status save(const selfplay::Games& games, const std::string& player, std::int64_t& last) const {
    if (!out_.empty()) {
      PONNUKI_TRY(selfplay::append_games(games, out_));
    }
    if (sgf_.empty()) return {};
    std::error_code error;
    std::filesystem::create_directories(sgf_, error);
    if (error) return Error{"--sgf: " + sgf_ + ": cannot be created: " + error.message()};
    for (const auto& game : games) {
      if (Status status = sgf::save_sgf_file(sgf_of(*game, player), sgf_path(last)); !status)
        return status.error().in("--sgf");
    }
    return {};
  }

  /// The path for a record, with the next number that no file has. Counts `number` up.
  std::string sgf_path(std::int64_t& number) const {
    while (true) {
      char name[40];
      std::snprintf(name, sizeof name, "/%06lld.sgf", static_cast<long long>(++number));
      if (!file_exists(sgf_ + name)) return sgf_ + name;
    }
  }

  Status save_rows(const selfplay::Games& games, selfplay::KatagoRowFiles& rows) const {
    for (const auto& game : games) {
      if (npz_.empty()) continue;
      if (Status status = rows.add(*game); !status) return status.error().in("--npz");
    }
    return {};
  }
  Status last_rows(selfplay::KatagoRowFiles& rows, Streams& streams) const {
    if (npz_.empty()) return {};
    if (Status status = rows.flush(); !status) return status.error().in("--npz");
    streams.out << rows.written() << " rows in " << npz_ << std::endl;
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
