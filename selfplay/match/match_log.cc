#include "selfplay/match/match_log.h"

#include <nlohmann/json.hpp>
#include <set>

#include "engine/file.h"
#include "engine/json_line.h"
#include "engine/json_parse.h"
#include "selfplay/files/checksum.h"

namespace ponnuki::selfplay {
namespace {

using Json = nlohmann::ordered_json;

/// The lines that end with '\n'. A last line without it was truncated while it was written.
std::vector<std::string> whole_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
    lines.push_back(text.substr(at, end - at));
  }
  return lines;
}

struct Earlier {
  std::int64_t size = 0;  // of the whole lines, in bytes
  std::vector<GameSummary> games;
};

Result<Earlier> read_earlier(const std::string& path, const std::string& head) {
  PONNUKI_TRY(const std::string text, read_plain_file(path));
  const std::vector<std::string> lines = whole_lines(text);
  Earlier earlier;
  // A head line that was cut off is written anew. Anything else is not ours.
  if (lines.empty() && !head.starts_with(text))
    return Error{"'" + path + "' is no file of results; give another file"};
  if (lines.empty()) return earlier;
  if (lines[0] != head) {
    return Error{"'" + path + "' holds another match (" + lines[0] +
                 "); give another file or the same options"};
  }
  std::set<int> numbers;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    earlier.size += static_cast<std::int64_t>(lines[i].size()) + 1;
    if (i == 0) continue;
    const std::string place = path + " line " + std::to_string(i + 1);
    auto game = parse_game_line(lines[i]);
    const char* const remedy = "; delete this line, and its game is played anew";
    if (!game) return Error{place + ": " + game.error().message + remedy};
    if (!is_seal_right(lines[i])) return Error{place + ": the checksum is wrong" + remedy};
    if (!numbers.insert(game->number).second)
      return Error{place + ": game " + std::to_string(game->number) +
                   " is there twice; delete one of its lines"};
    earlier.games.push_back(std::move(*game));
  }
  return earlier;
}

}  // namespace

std::string to_json_line(const GameSummary& game) {
  const Json json = {{"game", game.number},
                     {"black", game.black + 1},
                     {"winner", game.winner + 1},
                     {"result", game.result},
                     {"ending", game.ending},
                     {"detail", game.detail},
                     {"opening", game.opening},
                     {"moves", game.moves},
                     {"names", game.names},
                     {"claims", game.claims},
                     {"claimsDiffer", game.claims_differ},
                     {"seconds", game.seconds},
                     {"thoughtMoves", game.thought_moves}};
  return json_line(json);
}

Result<GameSummary> parse_game_line(const std::string& line) {
  const auto parsed = parse_json(line);
  if (!parsed || !parsed->is_object()) return Error{"not a JSON object"};
  const nlohmann::json& json = *parsed;
  try {
    GameSummary game;
    game.number = json.at("game").get<int>();
    game.black = json.at("black").get<int>() - 1;
    game.winner = json.at("winner").get<int>() - 1;
    json.at("result").get_to(game.result);
    json.at("ending").get_to(game.ending);
    json.at("detail").get_to(game.detail);
    json.at("opening").get_to(game.opening);
    json.at("moves").get_to(game.moves);
    json.at("names").get_to(game.names);
    json.at("claims").get_to(game.claims);
    json.at("claimsDiffer").get_to(game.claims_differ);
    json.at("seconds").get_to(game.seconds);
    json.at("thoughtMoves").get_to(game.thought_moves);
    const bool in_range = game.number >= 0 && (game.black == 0 || game.black == 1) &&
                          game.winner >= -1 && game.winner <= 1;
    if (!in_range) return Error{"game, black or winner is out of range"};
    return game;
  } catch (const Json::exception& problem) {
    return Error{problem.what()};
  }
}

Result<MatchLog> MatchLog::open(const std::string& path, const std::string& head, bool resume) {
  if (!resume && file_exists(path))
    return Error{"'" + path + "' exists; give --resume to go on with it"};
  PONNUKI_TRY(LockedFile file, LockedFile::open(path, "'" + path +
                                                          "': another process plays this match; "
                                                          "stop it first, or give another file"));
  PONNUKI_TRY(Earlier earlier, read_earlier(path, head));
  MatchLog log(std::move(file));
  log.games_ = std::move(earlier.games);
  PONNUKI_TRY(log.file_.cut(earlier.size));
  if (earlier.size == 0) PONNUKI_TRY(log.file_.append(head + "\n"));
  return log;
}

Status MatchLog::append(const GameSummary& game) {
  return file_.append(sealed(to_json_line(game)) + "\n");
}

}  // namespace ponnuki::selfplay
