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

Status check_terms(const MatchPart& part) {
  const BoardSize size = part.terms.size;
  const bool is_board =
      size.width >= 2 && size.width <= kMaxLength && size.height >= 2 && size.height <= kMaxLength;
  const bool is_range = part.first >= 0 && part.games > 0 && part.terms.games <= kMostGames &&
                        part.first < part.terms.games &&
                        part.games <= part.terms.games - part.first;
  const bool is_played = part.terms.simulations >= 0 && part.terms.simulations <= kMostSimulations;
  if (!is_board || !is_range || !is_played)
    return Error{"a part of a match has a value out of bounds"};
  return {};
}

Status check(const MatchPart& part) {
  PONNUKI_TRY(check_terms(part));
  const bool has_openings =
      static_cast<int>(part.openings.size()) == (part.games + 1) / 2 &&
      std::ranges::all_of(part.openings, [&](const selfplay::Opening& opening) {
        return selfplay::is_legal(opening, part.terms);
      });
  if (!has_openings) return Error{"a part of a match has a wrong opening"};
  return {};
}

Json cells_of(const std::vector<Point>& moves, BoardSize size) {
  Json cells = Json::array();
  for (const Point move : moves) cells.push_back(move.cell(size));
  return cells;
}

/// Throws if a cell is not on the board, as the library does for what is no number.
std::vector<Point> points_of(const Json& cells, BoardSize size) {
  std::vector<Point> points;
  for (const int cell : cells.get<std::vector<int>>()) {
    if (cell < 0 || cell > size.area()) throw Json::other_error::create(501, "cell", &cells);
    points.push_back(Point::from_cell(cell, size));
  }
  return points;
}

Json games_json(const PlayedPart& part, BoardSize size) {
  Json games = Json::array();
  for (const selfplay::NetMatchGame& game : part.games)
    games.push_back({{"number", game.number}, {"moves", cells_of(game.moves, size)}});
  return games;
}

}  // namespace

std::string to_json(const MatchPart& part) {
  Json openings = Json::array();
  for (const selfplay::Opening& opening : part.openings)
    openings.push_back(cells_of(opening, part.terms.size));
  return Json{{"match", part.match},
              {"nets", part.nets},
              {"size", {part.terms.size.width, part.terms.size.height}},
              {"komi", part.terms.komi},
              {"ofGames", part.terms.games},
              {"simulations", part.terms.simulations},
              {"seed", part.terms.seed},
              {"first", part.first},
              {"games", part.games},
              {"openings", openings}}
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
                if (check_terms(read)) {
                  for (const Json& cells : json.at("openings"))
                    read.openings.push_back(points_of(cells, read.terms.size));
                }
                return read;
              }));
  PONNUKI_TRY(check(part));
  return part;
}

std::string signed_text(const PlayedPart& part, const std::string& worker, BoardSize size) {
  return "match\n" + worker + "\n" + part.match + "\n" + games_json(part, size).dump();
}

std::string to_json(const PlayedPart& part, BoardSize size) {
  return Json{
      {"match", part.match}, {"games", games_json(part, size)}, {"signature", part.signature}}
      .dump();
}

Result<PlayedPart> read_played(const std::string& text, BoardSize size) {
  return read_json(text, "games of a match", [&](const Json& json) {
    PlayedPart read;
    read.match = json.at("match");
    read.signature = json.value("signature", "");
    for (const Json& each : json.at("games"))
      read.games.push_back({each.at("number"), points_of(each.at("moves"), size)});
    return read;
  });
}

int games_at_once(int threads) { return std::clamp(8 * threads, 8, 128); }

PlayedPart play_part(const MatchPart& part, const std::array<std::shared_ptr<nn::Network>, 2>& nets,
                     int threads, const std::shared_ptr<WorkerPool>& workers,
                     const std::atomic<bool>& stop) {
  PlayedPart played{part.match, {}};
  selfplay::NetMatchOptions options{part.terms};
  options.first = part.first;
  options.openings = part.openings;
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
