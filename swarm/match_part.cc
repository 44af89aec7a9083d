#include "swarm/match_part.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/json_parse.h"

namespace ponnuki::swarm {
namespace {

using Json = nlohmann::json;

constexpr int kMostGames = 1'000'000, kMostSimulations = 100'000;
constexpr std::size_t kMostValues = 2'000'000;  // of JSON

/// Reads JSON by `read`, which may throw as the library does.
template <typename Read>
auto read_json(const std::string& text, const char* what, const Read& read)
    -> Result<decltype(read(Json()))> {
  const auto json = parse_json(text, {kMostValues});
  if (!json) return json.error().in(what);
  try {
    return read(*json);
  } catch (const Json::exception&) {
    return Error{std::string(what) + " lacks a field, or has a wrong one"};
  }
}

Status check(const MatchPart& part) {
  const BoardSize size = part.terms.size;
  const bool is_board =
      size.width >= 2 && size.width <= kMaxLength && size.height >= 2 && size.height <= kMaxLength;
  const bool is_range = part.first >= 0 && part.games > 0 && part.terms.games <= kMostGames &&
                        part.first < part.terms.games &&
                        part.games <= part.terms.games - part.first;
  const bool is_played = part.terms.simulations >= 0 && part.terms.simulations <= kMostSimulations;
  if (is_board && is_range && is_played) return {};
  return Error{"a part of a match has a value out of bounds"};
}

}  // namespace

std::string to_json(const MatchPart& part) {
  return Json{{"match", part.match},
              {"nets", part.nets},
              {"size", {part.terms.size.width, part.terms.size.height}},
              {"komi", part.terms.komi},
              {"ofGames", part.terms.games},
              {"simulations", part.terms.simulations},
              {"seed", part.terms.seed},
              {"first", part.first},
              {"games", part.games}}
      .dump();
}

Result<MatchPart> read_part(const std::string& text) {
  PONNUKI_TRY(const MatchPart part, read_json(text, "a part of a match", [](const Json& json) {
                MatchPart read;
                read.match = json.at("match");
                read.nets = json.at("nets");
                read.terms.size = {json.at("size").at(0), json.at("size").at(1)};
                read.terms.komi = json.at("komi");
                read.terms.games = json.at("ofGames");
                read.terms.simulations = json.at("simulations");
                read.terms.seed = json.at("seed");
                read.first = json.at("first");
                read.games = json.at("games");
                return read;
              }));
  PONNUKI_TRY(check(part));
  return part;
}

std::string to_json(const PlayedPart& part, BoardSize size) {
  Json games = Json::array();
  for (const selfplay::NetMatchGame& game : part.games) {
    Json cells = Json::array();
    for (const Point move : game.moves)
      cells.push_back(move.is_pass() ? size.area() : move.cell(size));
    games.push_back({{"number", game.number}, {"moves", cells}});
  }
  return Json{{"match", part.match}, {"games", games}}.dump();
}

Result<PlayedPart> read_played(const std::string& text, BoardSize size) {
  bool is_on_board = true;
  const auto point_of = [&](int cell) {
    is_on_board = is_on_board && cell >= 0 && cell <= size.area();
    return is_on_board && cell < size.area() ? Point::from_cell(cell, size) : Point::pass();
  };
  auto part = read_json(text, "games of a match", [&](const Json& json) {
    PlayedPart read;
    read.match = json.at("match");
    for (const Json& each : json.at("games")) {
      selfplay::NetMatchGame game;
      game.number = each.at("number");
      for (const Json& cell : each.at("moves")) game.moves.push_back(point_of(cell));
      read.games.push_back(std::move(game));
    }
    return read;
  });
  if (part && !is_on_board) return Error{"games of a match: a move is not on the board"};
  return part;
}

int games_at_once(int threads) { return std::clamp(8 * threads, 8, 128); }

PlayedPart play_part(const MatchPart& part, const std::array<std::shared_ptr<nn::Network>, 2>& nets,
                     int threads, const std::shared_ptr<WorkerPool>& workers,
                     const std::atomic<bool>& stop) {
  PlayedPart played{part.match, {}};
  selfplay::NetMatchOptions options{part.terms};
  options.first = part.first;
  options.games = part.games;
  options.threads = threads;
  options.workers = workers;
  options.at_once = (part.games + threads - 1) / threads;
  options.stop = &stop;
  options.ended = [&](selfplay::NetMatchGame game) { played.games.push_back(std::move(game)); };
  selfplay::play_net_match(nets, options);
  return played;
}

}  // namespace ponnuki::swarm
