// Reads by search whether a chain in a small closed place can be captured.
#pragma once

#include "engine/board.h"
#include "engine/rules.h"
#include "engine/types.h"

namespace ponnuki::referee {

enum class Capture { kNo, kUnclear, kYes };

/// What it means to capture a chain, where the rules differ.
enum class LifeRule {
  /// Play that goes on. A ko that depends on ko threats elsewhere is kUnclear.
  kPlay,
  /// Article 7 of the Japanese rules of 1989. Who was captured in a ko recaptures only after a pass
  /// for that ko, so that there are no ko threats. A chain is alive, too, if its opponent captures
  /// it only with stones that are captured in turn.
  kArticle7
};

/// The life rule of a rule set: article 7 under territory scoring.
inline LifeRule life_rule(const Rules& rules) {
  return rules.scoring == ScoringRule::kTerritory ? LifeRule::kArticle7 : LifeRule::kPlay;
}

/// How many positions reading may visit for a chain: up to tens of milliseconds, about one, or none
/// at all (every answer is kUnclear).
enum class Reading { kThorough, kQuick, kNone };

/// Whether the opponent of the chain at `stone` captures it if `first` plays first and its owner
/// may pass at any time. kUnclear if the chain is not enclosed in a small space, if it is itself a
/// single stone in a ko, if ko threats decide, or if the search needs too many positions.
Capture read_capture(const Board& board, Point stone, Color first, LifeRule rule = LifeRule::kPlay,
                     Reading reading = Reading::kThorough);

/// For the readers themselves: true if the chain at `capturer`, which has just captured and has few
/// liberties, is captured in turn if its opponent plays first. A recapture in a ko is not meant.
bool is_recaptured(const Board& board, Point capturer);

}  // namespace ponnuki::referee
