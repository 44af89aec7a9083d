#include "review/record_rules.h"

#include <algorithm>
#include <array>

#include "engine/sgf/value.h"

namespace ponnuki::review {
namespace {

/// `read` is the komi as read. Komi in other units (KM[650], KM[2.75] or "3又1/4子" in zi) is
/// Chinese. KO stands for KM in records of the Nihon Ki-in.
bool has_japanese_komi(const sgf::SgfTree& tree, sgf::SgfNodeId root, double read) {
  constexpr std::array kKomi{0.5, 4.5, 5.5, 6.5};
  const auto value = tree.first_value(root, tree.has(root, "KM") ? "KM" : "KO");
  if (!value) return false;
  const bool zi = value->find("子") != std::string_view::npos || value->find('/') != value->npos;
  const double komi = sgf::parse_sgf_number(*value).value_or(zi ? 0 : read);
  return std::find(kKomi.begin(), kKomi.end(), komi) != kKomi.end();
}

}  // namespace

Rules RecordRules::instead_of(const Rules& record) const {
  Rules rules = rules_given ? base : record;
  rules.komi = komi_given ? base.komi : record.komi;
  return rules;
}

Rules RecordRules::instead_of(const Rules& record, const sgf::SgfTree& tree,
                              sgf::SgfNodeId root) const {
  if (!guess_by_komi || tree.has(root, "RU") || !has_japanese_komi(tree, root, record.komi))
    return instead_of(record);
  Rules guess = japanese_rules();
  guess.komi = record.komi;
  return instead_of(guess);
}

RecordRules assumed_rules() { return {.base = chinese_rules(), .guess_by_komi = true}; }

}  // namespace ponnuki::review
