#include "nn/inputs/alphago_planes.h"

#include <algorithm>

#include "engine/chains.h"
#include "engine/check.h"
#include "engine/ladder.h"
#include "nn/inputs/plane_writer.h"

namespace ponnuki::nn {
namespace {

constexpr int kSteps = 8;  // planes for each count

/// The index of each plane, or of the first plane of a count.
enum : int {
  kOwnStones = 0,
  kOpponentStones = 1,
  kEmptyPoints = 2,
  kOnes = 3,
  kTurnsSince = 4,
  kLiberties = 12,
  kCaptures = 20,
  kSelfAtari = 28,
  kLibertiesAfter = 36,
  kLadderCapture = 44,
  kLadderEscape = 45,
  kSensible = 46,
  kColour = 48,
};

/// The index of a count among its planes, which begin with `least`. The last plane stands for all
/// larger counts.
int step(int count, int least) { return std::min(count - least, kSteps - 1); }

/// The stones by age. Setup stones have the highest age.
void write_turns_since(const Position& position, PlaneWriter& writer) {
  PointSet dated;
  const int known = std::min(position.history_turns(), kSteps - 1);
  for (int turn = 1; turn <= known; ++turn) {
    const Move move = position.move_ago(turn);
    if (move.point.is_pass() || dated.contains(move.point)) continue;
    if (position.board().at(move.point) != move.color) continue;
    dated.add(move.point);
    writer.set(kTurnsSince + turn - 1, move.point);
  }
  writer.set_where(kTurnsSince + kSteps - 1, [&](Point p) {
    return is_player(position.board().at(p)) && !dated.contains(p);
  });
}

void write_stones(const Position& position, PlaneWriter& writer) {
  const Board& board = position.board();
  writer.for_each_point([&](Point p, int cell) {
    const Color color = board.at(p);
    if (color == Color::kEmpty) return writer.set(kEmptyPoints, cell);
    writer.set(color == position.to_move() ? kOwnStones : kOpponentStones, cell);
    writer.set(kLiberties + step(board.liberties(p), 1), cell);
  });
  writer.fill(kOnes);
}

/// The planes that describe the position after a legal move.
void write_move(const Position& position, Point p, PlaneWriter& writer) {
  const Color player = position.to_move();
  Board after = position.board();
  writer.set(kCaptures + step(after.play(p, player), 0), p);
  if (!position.board().is_simple_eye(p, player)) writer.set(kSensible, p);
  if (after.at(p) != player) return;  // a suicide
  const int liberties = after.liberties(p);
  writer.set(kLibertiesAfter + step(liberties, 1), p);
  if (liberties == 1) writer.set(kSelfAtari + step(after.chain_size(p), 1), p);
}

/// Moves that may save a chain in atari: its liberty, or the capture of an adjacent chain in atari.
PointSet ways_out(const Board& board, Point chain) {
  PointSet moves;
  moves.add(lone_liberty(board, chain));
  for_each_capture(board, chain, [&](Point p) { moves.add(lone_liberty(board, p)); });
  return moves;
}

bool saves(const Board& board, Point chain, Point move, LadderReader& reader, Ladders& ladders) {
  Board after = board;
  const Color defender = board.at(chain);
  after.play(move, defender);
  if (after.liberties(chain) != 2) return after.liberties(chain) > 2;
  reader.find(after, opponent(defender), ladders);
  return !ladders.laddered[static_cast<std::size_t>(chain.index())];
}

void write_ladders(const Position& position, const PointSet& legal, PlaneWriter& writer) {
  const Board& board = position.board();
  const Color player = position.to_move();
  LadderReader reader;
  Ladders ladders;
  reader.find(board, player, ladders);
  for (const Point p : ladders.working_moves) {
    if (legal.contains(p)) writer.set(kLadderCapture, p);
  }
  writer.for_each_point([&](Point chain, int /*cell*/) {
    if (board.at(chain) != player || board.chain_head(chain) != chain) return;
    if (board.liberties(chain) != 1) return;
    (ways_out(board, chain) & legal).for_each([&](Point move) {
      if (saves(board, chain, move, reader, ladders)) writer.set(kLadderEscape, move);
    });
  });
}

}  // namespace

void encode_alphago(const Position& position, Symmetry symmetry, std::span<float> spatial) {
  const auto area = static_cast<std::size_t>(position.size().area());
  const bool with_colour = spatial.size() == (kAlphaGoPlanes + 1) * area;
  PONNUKI_CHECK(with_colour || spatial.size() == kAlphaGoPlanes * area);
  PlaneWriter writer(position.size(), symmetry, spatial);
  write_stones(position, writer);
  write_turns_since(position, writer);
  const PointSet legal = position.legal_points_after_end();
  legal.for_each([&](Point p) { write_move(position, p, writer); });
  write_ladders(position, legal, writer);
  if (with_colour && position.to_move() == Color::kBlack) writer.fill(kColour);
}

}  // namespace ponnuki::nn
