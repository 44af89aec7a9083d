#include "review/record_check.h"

#include "engine/coord.h"
#include "review/record_rules.h"
#include "review/text_report.h"

namespace ponnuki::review {
namespace {

std::string reading_of(const GameTree& tree) {
  const sgf::GameInfo& info = tree.info();
  std::string text = size_text(info.size) + ", " + rules_text(tree) + ", komi " + komi_text(tree);
  if (info.handicap > 0) text += ", handicap " + std::to_string(info.handicap);
  text += ", " + std::to_string(tree.main_moves()) + (tree.main_moves() == 1 ? " move" : " moves");
  const auto main_line = static_cast<std::size_t>(tree.last_main_node()) + 1;
  if (tree.nodes().size() > main_line)
    text += " and " + std::to_string(tree.nodes().size() - main_line) + " in variations";
  if (info.result.kind != sgf::SgfResult::Kind::kUnknown)
    text += ", result " + sgf::to_string(info.result);
  return text + ", " + tree.sgf().charset();
}

}  // namespace

FileCheck check_file(const std::string& path) {
  FileCheck check;
  auto loaded = sgf::load_sgf_file(path);
  if (!loaded) {
    check.errors.push_back(loaded.error().message);
    return check;
  }
  const auto sgf = std::make_shared<const sgf::SgfTree>(std::move(*loaded));
  const std::size_t games = sgf->roots().size();
  for (std::size_t i = 0; i < games; ++i) {
    const std::string name = games > 1 ? path + "#" + std::to_string(i + 1) : path;
    const auto tree = GameTree::read(sgf, sgf->roots()[i], assumed_rules(), true);
    if (tree)
      check.games.push_back({name, reading_of(*tree), tree->info().notes});
    else
      check.errors.push_back(tree.error().in(name).message);
  }
  return check;
}

}  // namespace ponnuki::review
