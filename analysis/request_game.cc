#include "analysis/request_game.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/coord.h"
#include "engine/json_line.h"
#include "engine/rules.h"

namespace ponnuki::analysis {

using Json = nlohmann::json;
namespace {

constexpr std::int64_t kMostPriority = 0x3FFFFFFFFFFFFFFF;

BoardSize read_size(const server::RequestFields& fields) {
  const std::string wanted = "Must provide an integer from 2 to " + std::to_string(kMaxLength);
  const auto length = [&](const char* field) {
    return static_cast<std::uint8_t>(fields.integer(field, 2, kMaxLength, wanted));
  };
  return {length("boardXSize"), length("boardYSize")};
}

float read_komi(const server::RequestFields& fields) {
  const char* form = "Must be a integer or half-integer from -400.0 to 400.0";
  const double komi = fields.number("komi", -400, 400, form);
  if (2 * komi != std::round(2 * komi)) server::refuse("komi", form);
  return static_cast<float>(komi);
}

Rules read_rules(const server::RequestFields& fields) {
  const Json& given = fields["rules"];
  if (!given.is_string() && !given.is_object())
    server::refuse(
        "rules",
        "Must specify rules string, such as \"chinese\" or \"tromp-taylor\", or a JSON object "
        "with detailed rules parameters.");
  const std::string text = given.is_string() ? given.get<std::string>() : json_line(given);
  const auto parsed = parse_rules(text, Rules{});
  if (!parsed) server::refuse("rules", "Could not parse rules: " + text);
  Rules rules = *parsed;
  if (fields.has("komi")) rules.komi = read_komi(fields);
  const char* const kBonus = "whiteHandicapBonus";
  if (!fields.has(kBonus)) return rules;
  const Json& bonus = fields[kBonus];
  if (!bonus.is_string()) server::refuse(kBonus, "Must be a string");
  const auto with = with_rule(kBonus, bonus.get_ref<const std::string&>(), rules);
  if (!with) server::refuse(kBonus, with.error().message);
  return *with;
}

/// Returns one priority for each turn.
std::vector<std::int64_t> read_priorities(const server::RequestFields& fields, std::size_t turns) {
  const char* const kEach = "priorities";
  if (!fields.has(kEach)) {
    const std::int64_t all = fields.has("priority")
                                 ? fields.integer("priority", -kMostPriority, kMostPriority,
                                                  "Must be a number between -2^62 and 2^62")
                                 : 0;
    return std::vector<std::int64_t>(turns, all);
  }
  if (fields.has("priority"))
    server::refuse("priority", "Cannot specify both priority and priorities");
  auto list = fields.integers(kEach, "Must specify an array of integers indicating priorities");
  if (!fields.has("analyzeTurns"))
    server::refuse(kEach, "Can only specify when also specifying analyzeTurns");
  if (list.size() != turns) server::refuse(kEach, "Must be of matching length to analyzeTurns");
  for (const std::int64_t priority : list)
    if (priority < -kMostPriority || priority > kMostPriority)
      server::refuse(kEach, "Invalid priority: " + std::to_string(priority));
  return list;
}

/// If the field is missing: the position after all `moves` moves.
std::vector<AnalysisQuery::Turn> read_turns(const server::RequestFields& fields, int moves) {
  using Turn = AnalysisQuery::Turn;
  const char* const kTurns = "analyzeTurns";
  std::vector<std::int64_t> numbers = {moves};
  if (fields.has(kTurns))
    numbers =
        fields.integers(kTurns, "Must specify an array of integers indicating turns to analyze");
  for (const std::int64_t number : numbers)
    if (number < 0 || number > moves)
      server::refuse(kTurns, "Invalid turn number: " + std::to_string(number));
  const std::vector<std::int64_t> priorities = read_priorities(fields, numbers.size());
  std::vector<Turn> turns;
  for (std::size_t i = 0; i < numbers.size(); ++i)
    turns.push_back({static_cast<int>(numbers[i]), priorities[i]});
  std::ranges::stable_sort(turns, {}, &Turn::number);
  const auto same = [](const Turn& a, const Turn& b) { return a.number == b.number; };
  turns.erase(std::unique(turns.begin(), turns.end(), same), turns.end());
  return turns;
}

/// The game before the first of `moves`. Two or more black stones without white stones are a
/// handicap.
Game read_start(const server::RequestFields& fields, BoardSize size,
                const std::vector<Move>& moves) {
  const char* const kStones = "initialStones";
  const std::vector<Move> stones =
      fields.has(kStones) ? fields.moves(kStones, size, false) : std::vector<Move>();
  Board board(size);
  if (Status status = board.place(stones); !status) server::refuse(kStones, status.error().message);
  const auto black = std::ranges::count(stones, Color::kBlack, &Move::color);
  const bool handicap = black >= 2 && black == std::ssize(stones);
  const Color first = fields.has("initialPlayer") ? fields.player("initialPlayer")
                      : !moves.empty()            ? moves.front().color
                      : handicap                  ? Color::kWhite
                                                  : Color::kBlack;
  return {board, first, read_rules(fields), handicap ? static_cast<int>(black) : 0};
}

}  // namespace

void read_game(const server::RequestFields& fields, AnalysisQuery* query) {
  const BoardSize size = read_size(fields);
  if (!fields.has("moves"))
    server::refuse("moves", "Must specify an array of [player,location] pairs");
  query->moves = fields.moves("moves", size, true);
  if (query->moves.size() > Game::kMostMoves)
    server::refuse("moves", "A game has at most " + std::to_string(Game::kMostMoves) + " moves");
  query->turns = read_turns(fields, static_cast<int>(query->moves.size()));
  query->start = read_start(fields, size, query->moves);
}

void check_moves(const AnalysisQuery& query) {
  Game game = query.start;
  for (std::size_t i = 0; i < query.moves.size(); ++i) {
    const Move move = query.moves[i];
    if (!game.position().is_pseudo_legal(move))
      server::refuse("moves", "Illegal move " + std::to_string(i) + ": " +
                                  to_gtp(move.point, game.position().board().size()));
    game.play(move);
  }
}

}  // namespace ponnuki::analysis
