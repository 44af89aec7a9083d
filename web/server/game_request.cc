#include "web/server/game_request.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/coord.h"
#include "engine/star_points.h"

namespace ponnuki::web {
namespace {

using server::RequestFields;
using Json = nlohmann::json;

constexpr double kMostSeconds = 24 * 3600;

std::uint8_t read_side(const RequestFields& fields, const char* field) {
  return static_cast<std::uint8_t>(
      fields.integer(field, kMinLength, kMaxLength, "a number from 2 to 25"));
}

Seat read_seat(const RequestFields& fields, const char* field) {
  const Json& json = fields[field];
  if (!json.is_object()) server::refuse(field, "a player");
  const RequestFields player(json);
  Seat seat;
  player.flag("engine", &seat.is_engine);
  if (!player.has("level")) return seat;
  seat.level = parse_rank(player.text("level", "a rank from 20k to 9d"));
  if (!seat.level) server::refuse(field, "a level is a rank from 20k to 9d");
  return seat;
}

double seconds(const RequestFields& fields, const char* field) {
  return fields.number(field, 0, kMostSeconds, "seconds, up to a day");
}

search::TimeSettings read_time(const RequestFields& fields) {
  search::TimeSettings time;
  if (!fields.has("time")) return time;
  const Json& json = fields["time"];
  if (!json.is_object()) server::refuse("time", "a clock");
  const RequestFields clock(json);
  constexpr const char* kSystems = "none, absolute, byoyomi or fischer";
  const auto system = parse_time_system(clock.text("system", kSystems));
  if (!system) server::refuse("time", kSystems);
  time.system = *system;
  if (*system == search::TimeSystem::kNone) return time;
  time.main_seconds = seconds(clock, "main");
  if (*system == search::TimeSystem::kByoYomi) {
    time.period_seconds = seconds(clock, "period");
    time.periods = static_cast<int>(clock.integer("periods", 1, 100, "a number from 1 to 100"));
  } else if (*system == search::TimeSystem::kFischer) {
    time.increment = seconds(clock, "increment");
  }
  return time;
}

Teaching read_teaching(const RequestFields& fields) {
  Teaching teaching;
  if (fields.has("teach")) teaching.points = fields.number("teach", 0, 100, "points from 0 to 100");
  if (fields.has("teachWinrate"))
    teaching.winrate = fields.number("teachWinrate", 0, 1, "a share from 0 to 1");
  return teaching;
}

}  // namespace

Result<Game> read_new_game(const RequestFields& fields) {
  const BoardSize size{read_side(fields, "width"), read_side(fields, "height")};
  Rules base;
  PONNUKI_TRY(Rules rules, parse_rules(fields.text("rules", "the name of a rule set"), base));
  if (fields.has("komi"))
    rules.komi = static_cast<float>(fields.number("komi", -400, 400, "points from -400 to 400"));
  if (rules.komi * 2 != std::round(rules.komi * 2)) return Error{"komi is a multiple of 0.5"};
  const int most = max_fixed_handicap(size);
  const auto handicap = static_cast<int>(fields.integer("handicap", 0, 25, "a number of stones"));
  if (handicap < 2) return Game(size, rules);
  if (handicap > most)
    return Error{"this board takes at most " + std::to_string(most) + " handicap stones"};
  Board board(size);
  for (const Point p : fixed_handicap(size, handicap)) board.play(p, Color::kBlack);
  return Game(board, Color::kWhite, rules, handicap);
}

TableSettings read_table_settings(const RequestFields& fields) {
  return {{read_seat(fields, "black"), read_seat(fields, "white")},
          read_time(fields),
          read_teaching(fields)};
}

Result<Point> read_vertex(const RequestFields& fields, const char* field, BoardSize size) {
  const std::string& vertex = fields.text(field, "a vertex such as D4, or pass");
  if (const auto point = parse_gtp_vertex(vertex, size)) return *point;
  return Error{"'" + vertex.substr(0, 20) + "' is no point of this board"};
}

Result<QuizCard> read_quiz_card(const RequestFields& fields) {
  QuizCard card;
  card.game = fields.text("game", "the id of a game");
  card.node = static_cast<int>(
      fields.integer("node", 1, Table::kMostPositions, "the number of a position"));
  card.move = fields.text("move", "a vertex");
  if (card.move.size() > 4) return Error{"move: a vertex such as D4, or pass"};
  card.player = fields.player("side");
  card.points = fields.number("points", 0, 1000, "points from 0 to 1000");
  return card;
}

}  // namespace ponnuki::web
