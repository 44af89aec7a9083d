// The rules of records that state none, and the rules that a user gives instead.
#pragma once

#include "engine/sgf/game.h"

namespace ponnuki::review {

/// The rules for records without rules, and rules that replace those of the record.
struct RecordRules {
  Rules base;
  bool rules_given = false;  // the rules of `base` replace those of the record
  bool komi_given = false;   // the komi of `base` replaces that of the record
  // A record without RU has Japanese rules instead of `base` if its komi is one of Japan.
  bool guess_by_komi = false;

  /// `record` has the rules that the record states, else those of `base`.
  Rules instead_of(const Rules& record) const;
  /// The same, with the guess.
  Rules instead_of(const Rules& record, const sgf::SgfTree& tree, sgf::SgfNodeId root) const;
};

/// For records that state no rules: Japanese if the komi is one of Japan (0.5, 4.5, 5.5, 6.5), else
/// area scoring without the dead stones (`chinese`). The komi is 7.5 if there is none.
RecordRules assumed_rules();

}  // namespace ponnuki::review
