#include "cli/game_options.h"

#include <cmath>
#include <cstdlib>

#include "cli/search_options.h"

namespace ponnuki {

void GameOptions::add(OptionSet& options, const char* komi_default) {
  options.heading("Playing");
  options.text({"size", "LIST", "boards N or WxH, with their shares as in 7:1,9:4"}, &sizes_);
  options.choice({"search", "KIND", "what turns are searched by"}, &search_, {"gumbel", "puct"});
  options.integer({"simulations", "N", "a move"}, &games_.simulations, {1, 10000});
  options.number({"fast-share", "N", "of turns that are played fast and not learned from"},
                 &games_.fast_share, {0, 0.99});
  options.integer({"fast-simulations", "N", "of such a turn"}, &games_.fast_simulations,
                  {1, 10000});
  options.integer({"considered", "N", "moves at the root of Gumbel search"},
                  &games_.gumbel.considered, {1, 1000});
  options.number({"value-scale", "N", "Gumbel search's c_scale"}, &games_.gumbel.scale.value,
                 {0, 100});
  options.text({"rules", "NAME", "random ones, or always the same, named as for gtp"}, &rules_);
  options.number({"komi", "POINTS", "on average", komi_default}, &komi_, {-400, 400});
  options.number({"random-openings", "N", "share of games that begin with random moves"},
                 &games_.random_opening_chance, {0, 1});
  options.number({"forks", "N", "share of games that another one forks from"}, &games_.fork_chance,
                 {0, 1});
}

Result<TrainingGamesOptions> GameOptions::read() const {
  TrainingGamesOptions games = games_;
  if (search_ == "puct") games.search = TrainingGamesOptions::SearchKind::kPuct;
  if (rules_ != "random") {
    const auto rules = parse_rules(rules_, Rules{});
    if (!rules) return Error{"--rules: " + rules.error()};
    if (rules->has_button) return Error{"--rules: '" + rules_ + "': games here have no button"};
    games.rules = *rules;
    games.rules->friendly_pass_ok = false;  // they are played to the end
  }
  games.sizes.clear();
  for (const std::string& item : split_list(sizes_)) {
    const std::size_t colon = item.find(':');
    const auto size = parse_board_size(item.substr(0, colon));
    if (!size) return Error{"--size: " + size.error()};
    const auto share = parse_number(colon == std::string::npos ? "1" : item.substr(colon + 1));
    if (!share || *share <= 0 || *share > 1e6)
      return Error{"--size: '" + item + "': give a share above 0, as in 9:4"};
    games.sizes.push_back({*size, *share, komi_});
  }
  if (games.sizes.empty()) return Error{"--size: give some, such as 9"};
  return games;
}

std::optional<double> parse_number(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != 0 || !std::isfinite(number)) return std::nullopt;
  return number;
}

}  // namespace ponnuki
