#include "cli/options/game_options.h"

#include <algorithm>

#include "cli/options/search_options.h"

namespace ponnuki::cli {
namespace {

constexpr int kMostSimulations = 10'000;

/// Parses SIZE, SIZE:SHARE or SIZE:SHARE:SIMULATIONS.
Result<selfplay::TrainingGamesOptions::Share> parse_share(const std::string& text) {
  const std::vector<std::string> parts = split_list(text, ':');
  if (parts.empty() || parts.size() > 3 || text.ends_with(':'))
    return Error{"'" + text + "': give SIZE, SIZE:SHARE or SIZE:SHARE:SIMULATIONS"};
  PONNUKI_TRY(const auto size, parse_board_size(parts[0]));
  const auto weight = parse_decimal(parts.size() > 1 ? parts[1] : "1", {0, 1e6});
  if (!weight || *weight <= 0) return Error{"'" + text + "': give a share above 0, as in 9:4"};
  selfplay::TrainingGamesOptions::Share share{size, *weight};
  if (parts.size() > 2) {
    const auto simulations = parse_integer(parts[2], {1, kMostSimulations});
    if (!simulations)
      return Error{"'" + text + "': give simulations from 1 to " +
                   std::to_string(kMostSimulations) + ", as in 9:4:16"};
    share.simulations = static_cast<int>(*simulations);
  }
  return share;
}

}  // namespace

void GameOptions::add(OptionSet& options, const char* komi_default) {
  options.heading("Playing");
  options.text({"size", "LIST",
                "boards N or WxH, each with its share of the games, as in 7:1,9:4, and with its "
                "simulations if they differ from --simulations, as in 9:4,19:1:8"},
               &sizes_);
  options.choice({"search", "KIND", "the search of a turn: gumbel or puct"}, &search_,
                 {"gumbel", "puct"});
  options.integer({"simulations", "N", "simulations per move"}, &games_.simulations,
                  {1, kMostSimulations});
  options.number({"fast-share", "SHARE", "share of fast turns, which are not learned from"},
                 &games_.fast_share, {0, 0.99});
  options.integer({"fast-simulations", "N", "simulations of a fast turn"}, &games_.fast_simulations,
                  {1, kMostSimulations});
  options.integer({"considered", "N", "moves that Gumbel search considers at the root"},
                  &games_.gumbel.considered, {1, 1000});
  options.number({"value-scale", "N", "c_scale of Gumbel search"}, &games_.gumbel.scale.value,
                 {0, 100});
  options.text(
      {"rules", "NAME", "'random': random rules in each game; else one rule set, named as for gtp"},
      &rules_);
  options.number({"komi", "POINTS", "average komi, for White", komi_default}, &komi_, {-400, 400});
  options.number({"random-openings", "SHARE", "share of games that begin with random moves"},
                 &games_.random_opening_chance, {0, 1});
  options.number({"forks", "SHARE", "share of games from which another game forks"},
                 &games_.fork_chance, {0, 1});
}

Result<selfplay::TrainingGamesOptions> GameOptions::read() const {
  selfplay::TrainingGamesOptions games = games_;
  if (search_ == "puct") games.search = selfplay::TrainingGamesOptions::SearchKind::kPuct;
  if (rules_ != "random") {
    const auto rules = parse_rules(rules_, Rules{});
    if (!rules) return rules.error().in("--rules");
    if (rules->has_button) return Error{"--rules: '" + rules_ + "': training games have no button"};
    games.rules = *rules;
    games.rules->friendly_pass_ok = false;  // games are played to the end
  }
  games.sizes.clear();
  for (const std::string& item : split_list(sizes_)) {
    auto share = parse_share(item);
    if (!share) return share.error().in("--size");
    const auto is_same = [&](const auto& other) { return other.size == share->size; };
    if (std::ranges::any_of(games.sizes, is_same))
      return Error{"--size: '" + item + "': this board size is given twice"};
    share->komi = komi_;
    games.sizes.push_back(*share);
  }
  if (games.sizes.empty()) return Error{"--size: give at least one board size, such as 9"};
  return games;
}

}  // namespace ponnuki::cli
