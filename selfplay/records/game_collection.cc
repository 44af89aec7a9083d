#include "selfplay/records/game_collection.h"

#include <algorithm>
#include <bit>
#include <unordered_set>
#include <utility>

#include "engine/coord.h"
#include "engine/random.h"
#include "engine/worker_pool.h"

namespace ponnuki::selfplay {
namespace {

bool is_held_out(std::uint64_t hash, double share) {
  return static_cast<double>(splitmix64(hash) >> 11) * 0x1.0p-53 < share;
}

/// What a file contains, in its order: games, and an error for each broken one.
using FileContents = std::vector<Result<PlayedGame>>;

FileContents read_file_of_games(const std::string& file, const Rules& rules) {
  const auto tree = sgf::load_sgf_file(file);
  FileContents contents;
  if (!tree) {
    contents.emplace_back(tree.error());
    return contents;
  }
  const auto& roots = tree->roots();
  contents.reserve(roots.size());
  for (std::size_t i = 0; i < roots.size(); ++i) {
    auto game = read_played_game(*tree, roots[i], rules);
    if (!game) {
      const std::string number = roots.size() > 1 ? "#" + std::to_string(i + 1) : "";
      game = Error{file + number + ": " + game.error().message};
    }
    contents.push_back(std::move(game));
  }
  return contents;
}

class CollectionReader {
 public:
  CollectionReader(const CollectionOptions& options, SplitCollection& all,
                   const std::function<void(const std::string&)>& warn)
      : options_(options), all_(all), warn_(warn) {}

  /// Reads some files at the same time, then the next ones.
  void read(const std::vector<std::string>& files) {
    const auto at_once = static_cast<std::size_t>(std::max(1, options_.threads));
    std::vector<FileContents> contents(at_once);
    for (std::size_t begin = 0; begin < files.size(); begin += at_once) {
      const std::size_t count = std::min(at_once, files.size() - begin);
      workers_.run(count, [&](std::size_t i) {
        contents[i] = read_file_of_games(files[begin + i], options_.rules);
      });
      for (std::size_t i = 0; i < count; ++i) take(std::exchange(contents[i], {}));
    }
  }

 private:
  void take(FileContents contents) {
    for (auto& game : contents) {
      if (game)
        add(std::move(*game));
      else
        leave_out(game.error().message);
    }
  }
  void leave_out(const std::string& error) {
    ++all_.broken;
    warn_(error + "; left out");
  }
  void add(PlayedGame game) {
    if (!options_.sizes.empty() &&
        std::ranges::find(options_.sizes, game.size) == options_.sizes.end()) {
      ++all_.other_sizes;
      return;
    }
    if (game.moves.empty()) {
      ++all_.without_moves;
      return;
    }
    const std::uint64_t hash = game_hash(game);
    if (!known_.insert(hash).second) {
      ++all_.duplicates;
      return;
    }
    all_.with_result += game.winner.has_value();
    all_.with_score += game.white_score.has_value();
    const bool is_held = is_held_out(hash, options_.holdout);
    if (!is_held) all_.fingerprint = splitmix64(all_.fingerprint ^ hash);
    (is_held ? all_.held_out : all_.training).add(std::move(game));
  }

  const CollectionOptions& options_;
  SplitCollection& all_;
  const std::function<void(const std::string&)>& warn_;
  std::unordered_set<std::uint64_t> known_;
  WorkerPool workers_;
};

}  // namespace

void GameCollection::add(PlayedGame game) {
  begins_.push_back(positions_);
  positions_ += static_cast<std::int64_t>(game.moves.size());
  games_.push_back(std::move(game));
}

GameCollection::Place GameCollection::place(std::int64_t position) const {
  const auto after = std::ranges::upper_bound(begins_, position);
  const auto game = static_cast<std::size_t>(after - begins_.begin()) - 1;
  return {&games_[game], static_cast<std::size_t>(position - begins_[game])};
}

std::vector<std::uint16_t> random_beginning(const GameCollection& games, BoardSize size,
                                            Random& random) {
  constexpr int kTries = 20;
  for (int tries = 0; tries < kTries; ++tries) {
    const auto position =
        static_cast<std::int64_t>(random.uniform() * static_cast<double>(games.positions()));
    const auto [game, turn] = games.place(position);
    if (game->size != size || game->handicap != 0 || !game->setup.empty()) continue;
    std::vector<std::uint16_t> cells;
    for (Color next = Color::kBlack; cells.size() < turn; next = opponent(next)) {
      const PackedMove move = game->moves[cells.size()];
      if (move.color() != next) break;
      cells.push_back(static_cast<std::uint16_t>(move.cell()));
    }
    if (cells.size() == turn) return cells;
  }
  return {};
}

std::string SplitCollection::summary() const {
  const auto number = [](std::int64_t n) { return std::to_string(n); };
  std::string text = number(training.games()) + " games, " + number(training.positions()) +
                     " positions; held out " + number(held_out.games()) + " games, " +
                     number(held_out.positions()) + " positions; " + number(with_result) +
                     " with a winner, " + number(with_score) + " with a score";
  const std::pair<std::int64_t, const char*> left_out[] = {{broken, "broken"},
                                                           {other_sizes, "of other sizes"},
                                                           {without_moves, "without moves"},
                                                           {duplicates, "that were there already"}};
  const char* separator = "; left out: ";
  for (const auto& [count, what] : left_out) {
    if (count == 0) continue;
    text += separator + number(count) + " " + what;
    separator = ", ";
  }
  return text;
}

Result<SplitCollection> read_collection(const std::vector<std::string>& files,
                                        const CollectionOptions& options,
                                        const std::function<void(const std::string&)>& warn) {
  SplitCollection all;
  all.holdout = options.holdout;
  CollectionReader reader(options, all, warn);
  reader.read(files);
  if (all.training.games() > 0) return all;
  if (all.other_sizes > 0) {
    std::string sizes;
    for (const BoardSize size : options.sizes)
      sizes += (sizes.empty() ? "" : ", ") + size_text(size);
    return Error{"no game of " + sizes + " among " + std::to_string(all.other_sizes) +
                 " of other sizes"};
  }
  if (all.held_out.games() > 0) return Error{"all games are held out; give more of them"};
  return Error{"no game to learn from in " + std::to_string(files.size()) + " files"};
}

/// A Feistel network of four rounds over the next power of four. Results that are not below `count`
/// go through it again (cycle walking: Black and Rogaway 2002).
std::int64_t shuffled(std::int64_t i, std::int64_t count, std::uint64_t key) {
  const int half = (std::bit_width(static_cast<std::uint64_t>(count - 1)) + 1) / 2;
  const std::uint64_t mask = (std::uint64_t{1} << half) - 1;
  auto x = static_cast<std::uint64_t>(i);
  do {
    for (std::uint64_t round = 0; round < 4; ++round) {
      const std::uint64_t left = x >> half, right = x & mask;
      x = right << half | (left ^ (splitmix64(key ^ splitmix64(right * 4 + round)) & mask));
    }
  } while (x >= static_cast<std::uint64_t>(count));
  return static_cast<std::int64_t>(x);
}

}  // namespace ponnuki::selfplay
