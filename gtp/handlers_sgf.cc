// Game records: loadsgf and printsgf.
#include "engine/coord.h"
#include "engine/format.h"
#include "engine/printable.h"
#include "engine/sgf/sgf.h"
#include "engine/text.h"
#include "gtp/handlers.h"
#include "gtp/session.h"

namespace ponnuki::gtp {

namespace {

/// loadsgf FILE [N]: the position before move N, or the last one. Sets size, komi and the rules
/// that the record states. File names may contain spaces; a last word that is a number is N.
/// Answers with the player to move, like GNU Go.
Reply loadsgf(Session& session, const Command& command) {
  if (command.args.empty()) return Reply::error("syntax error: expected loadsgf FILE [MOVE]");
  std::vector<std::string> words = command.args;
  int max_moves = std::numeric_limits<int>::max();
  if (const auto number = parse_integer(words.back()); words.size() > 1 && number) {
    if (*number < 1) return Reply::error("syntax error: moves are numbered from 1");
    max_moves = static_cast<int>(std::min<long long>(*number - 1, max_moves));
    words.pop_back();
  }
  std::string path = words[0];
  for (std::size_t i = 1; i < words.size(); ++i) path += ' ' + words[i];
  // One move more shows that there are too many.
  auto record = sgf::load_game_record(path, session.position().rules(),
                                      std::min(max_moves, Game::kMostMoves + 1));
  if (record && record->game.position().move_count() > Game::kMostMoves)
    return Reply::error(
        format("cannot load file: it has more than %d moves; loadsgf FILE N loads "
               "the first of them",
               Game::kMostMoves));
  if (!record) return Reply::error("cannot load file: " + printable(record.error().message));
  for (const std::string& note : record->info.notes)
    session.log(printable(format("%s: %s", path.c_str(), note.c_str())));
  session.start(std::move(record->game));
  return Reply::ok(to_string(session.position().to_move()));
}

/// Adds the result of a finished game.
Status add_result(Session& session, sgf::GameInfo& info) {
  if (!session.position().is_over()) return {};
  PONNUKI_TRY(const auto judged, session.judge());
  info.result = sgf::parse_sgf_result(judged.score.to_string());
  if (session.position().is_no_result()) info.result = {.kind = sgf::SgfResult::Kind::kVoid};
  return {};
}

Reply printsgf(Session& session, const Command& command) {
  sgf::GameInfo info;
  info.program = session.options().name + ":" + session.options().version;
  if (const Status status = add_result(session, info); !status) return Reply::error(status.error());
  const sgf::SgfTree tree = sgf::make_sgf(session.game(), info);
  const std::string path = command.rest();
  if (path.empty() || path == "-") return Reply::ok(sgf::write_sgf(tree));
  if (!session.options().files) return Reply::error("no files over this connection");
  const Status status = sgf::save_sgf_file(tree, path);
  return status ? Reply::ok() : Reply::error("cannot write file: " + status.error().message);
}

}  // namespace

void add_sgf_commands(Registry& registry, bool with_files) {
  if (with_files) registry.add("loadsgf", loadsgf);
  registry.add("printsgf", printsgf);
}

}  // namespace ponnuki::gtp
