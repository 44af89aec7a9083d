// The messages from the server to a page, as lines of JSON (docs/web.md). Values of searches are
// Black's.
#pragma once

#include <string>
#include <vector>

#include "engine/evaluator.h"
#include "review/assessment.h"
#include "web/server/game_store.h"
#include "web/server/quiz_deck.h"
#include "web/server/table.h"

namespace ponnuki::web {

inline constexpr int kProtocol = 1;

struct ServerFacts {
  std::string version;  // of the program
  std::string folder;   // of the games
  bool trains = false;  // it shows a training run
};

std::string hello_message(const ServerFacts& facts);
std::string error_message(const std::string& request, const std::string& text);
/// The game, with the position that the page looks at.
std::string game_message(const std::string& id, const TableView& view, int node);
std::string position_message(const TableView& view, int node);
/// Of a live search, on a board of that size.
std::string analysis_message(BoardSize size, std::uint64_t version, int node,
                             const review::Assessment& finding, bool is_over);
/// Of a survey.
std::string graph_message(std::uint64_t version, int node, const review::Assessment& finding);
/// What the net alone would play, in thousandths.
std::string policy_message(BoardSize size, std::uint64_t version, int node,
                           const Evaluation& evaluation);
/// The stones at each node of a line.
std::string film_message(const review::GameTree& tree, const std::vector<int>& line);
/// A file to save.
std::string file_message(const std::string& name, const std::string& text);
std::string games_message(const GameStore& store);
/// The tasks that are due on a day.
std::string quiz_message(const QuizDeck& quiz, Day day);

}  // namespace ponnuki::web
