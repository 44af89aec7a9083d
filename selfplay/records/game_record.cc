#include "selfplay/records/game_record.h"

#include <algorithm>
#include <cmath>

#include "engine/score.h"
#include "selfplay/files/bytes.h"

namespace ponnuki::selfplay {
namespace {

constexpr int kWeightUnit = 32, kValueUnit = 255, kScoreUnit = 8;
constexpr std::size_t kMostTurns = 10000;

std::uint8_t rules_byte(const Rules& rules) {
  return static_cast<std::uint8_t>(
      static_cast<int>(rules.ko) | (rules.multi_stone_suicide ? 4 : 0) |
      (rules.scoring == ScoringRule::kTerritory ? 8 : 0) | static_cast<int>(rules.tax) << 4);
}
void set_rules(std::uint8_t byte, Rules& rules) {
  rules.ko = static_cast<KoRule>(std::min(byte & 3, 2));
  rules.multi_stone_suicide = (byte & 4) != 0;
  rules.scoring = (byte & 8) != 0 ? ScoringRule::kTerritory : ScoringRule::kArea;
  rules.tax = static_cast<TaxRule>(std::min(byte >> 4 & 3, 2));
}

std::int16_t half_points(float points) {
  return static_cast<std::int16_t>(std::lround(2 * points));
}

void write_turn(const RecordedTurn& turn, std::string& bytes) {
  put(turn.move, bytes);
  put(turn.weight, bytes);
  put(turn.win, bytes);
  put(turn.loss, bytes);
  put(turn.score, bytes);
  bytes.append(turn.policy.begin(), turn.policy.end());
}

RecordedTurn read_turn(ByteReader& reader, std::size_t area) {
  RecordedTurn turn;
  turn.move = reader.get<std::uint16_t>();
  turn.weight = reader.get<std::uint8_t>();
  turn.win = reader.get<std::uint8_t>();
  turn.loss = reader.get<std::uint8_t>();
  turn.score = reader.get<std::int16_t>();
  if (turn.weight > 0) {
    const std::string_view policy = reader.take(area + 1);
    turn.policy.assign(policy.begin(), policy.end());
  }
  return turn;
}

std::string body_of(const GameRecord& game) {
  std::string body;
  put(game.size.width, body);
  put(game.size.height, body);
  put(half_points(game.rules.komi), body);
  put(rules_byte(game.rules), body);
  put(static_cast<std::uint8_t>(game.ending), body);
  put(static_cast<std::uint16_t>(game.turns.size()), body);
  for (const RecordedTurn& turn : game.turns) write_turn(turn, body);
  put(half_points(game.white_score), body);
  for (std::size_t p = 0; p < game.owner.size(); p += 4) {
    int byte = 0;
    for (std::size_t i = p; i < std::min(p + 4, game.owner.size()); ++i)
      byte |= static_cast<int>(game.owner[i]) << (2 * (i - p));
    put(static_cast<std::uint8_t>(byte), body);
  }
  return body;
}

std::vector<Color> cells_of(const AreaMap& map, BoardSize size) {
  std::vector<Color> cells;
  cells.reserve(static_cast<std::size_t>(size.area()));
  for (int cell = 0; cell < size.area(); ++cell)
    cells.push_back(map[static_cast<std::size_t>(Point::from_cell(cell, size).index())]);
  return cells;
}

/// Sets the weight of the passes at the end of the game to 0.
void forget_passes(std::vector<RecordedTurn>& turns, BoardSize size) {
  for (auto turn = turns.rbegin(); turn != turns.rend() && turn->move == size.area(); ++turn) {
    turn->weight = 0;
    turn->policy.clear();
  }
}

/// Plays the moves. Returns false if one is not legal.
bool is_playable(const GameRecord& game) {
  Position position(game.size, game.rules);
  for (const RecordedTurn& turn : game.turns) {
    if (turn.move > game.size.area()) return false;
    const Point move = Point::from_cell(turn.move, game.size);
    if (!position.is_legal(move)) return false;
    position.play(move);
  }
  return true;
}

}  // namespace

RecordedTurn RecordedTurn::of(std::uint16_t move, float weight, const std::vector<float>& policy) {
  RecordedTurn turn;
  turn.move = move;
  turn.weight =
      static_cast<std::uint8_t>(std::clamp(std::lround(weight * float{kWeightUnit}), 0L, 255L));
  if (turn.weight == 0) return turn;
  const float greatest = *std::ranges::max_element(policy);
  for (const float p : policy)
    turn.policy.push_back(static_cast<std::uint8_t>(std::lround(255 * p / greatest)));
  return turn;
}

void RecordedTurn::set_value(float win_chance, float loss_chance, float score_mean) {
  const auto byte = [](float chance) {
    return static_cast<std::uint8_t>(std::clamp(std::lround(float{kValueUnit} * chance), 0L, 255L));
  };
  win = byte(win_chance);
  loss = byte(loss_chance);
  score = static_cast<std::int16_t>(
      std::clamp(std::lround(float{kScoreUnit} * score_mean), -32000L, 32000L));
}

Outlook RecordedTurn::outlook() const {
  return {win / double{kValueUnit}, loss / double{kValueUnit}, score / double{kScoreUnit}};
}

RecordedTurn::Chances RecordedTurn::chances() const {
  const double none = std::max(0, kValueUnit - win - loss), sum = win + loss + none;
  return {win / sum, loss / sum, none / sum};
}

std::vector<float> RecordedTurn::policy_shares() const {
  int sum = 0;
  for (const std::uint8_t p : policy) sum += p;
  std::vector<float> shares;
  shares.reserve(policy.size());
  for (const std::uint8_t p : policy)
    shares.push_back(static_cast<float>(p) / static_cast<float>(sum));
  return shares;
}

int RecordedTurn::draw_rows(Random& random) const {
  constexpr auto kUnit = std::uint32_t{kWeightUnit};
  const std::uint32_t units = weight;
  return static_cast<int>(units / kUnit + (random.below(kUnit) < units % kUnit ? 1 : 0));
}

Outlook GameRecord::outlook_at(std::size_t turn, Color player) const {
  const Outlook own = turns[turn].outlook();
  return player_at(turn) == player ? own : own.reversed();
}

Outlook GameRecord::result_for(Color player) const {
  if (!has_score()) return {};
  const auto score = static_cast<double>(white_score);
  const double win = score > 0 ? 1 : score < 0 ? 0 : 0.5;
  const Outlook white{win, 1 - win, score};
  return player == Color::kWhite ? white : white.reversed();
}

Position position_at(const GameRecord& game, std::size_t turn) {
  Position position(game.size, game.rules);
  for (std::size_t t = 0; t < turn; ++t)
    position.play(Point::from_cell(game.turns[t].move, game.size));
  return position;
}

void GameRecord::finish(const Position& end) {
  ending = end.is_no_result() ? Ending::kNoResult
           : end.is_over()    ? Ending::kPasses
                              : Ending::kBrokenOff;
  AreaMap map{};
  white_score = score_with_dead(end, {}, &map).white_minus_black;
  owner = cells_of(map, size);
}

void GameRecord::finish(const Position& end, const referee::Judgement& judgement) {
  finish(end);
  white_score = judgement.score.white_minus_black;
  owner = cells_of(judgement.owner, size);
  const bool dead_would_count = !judgement.dead.empty() && rules.scoring == ScoringRule::kArea;
  if (dead_would_count && judgement.score.winner() != score_area(end).winner())
    forget_passes(turns, size);
}

void write_game(const GameRecord& game, std::string& bytes) {
  const std::string body = body_of(game);
  put(static_cast<std::uint32_t>(body.size()), bytes);
  bytes += body;
}

Result<GameRecord> read_game(std::string_view& bytes) {
  ByteReader front(bytes);
  const auto length = front.get<std::uint32_t>();
  const std::string_view body = front.take(length);
  if (front.failed()) return Error{"a game is cut off"};
  ByteReader reader(body);
  GameRecord game;
  game.size.width = reader.get<std::uint8_t>();
  game.size.height = reader.get<std::uint8_t>();
  const auto in_range = [](int side) { return side >= kMinLength && side <= kMaxLength; };
  if (!in_range(game.size.width) || !in_range(game.size.height))
    return Error{"a game has a board of no size that there is"};
  const auto area = static_cast<std::size_t>(game.size.area());
  game.rules.komi = static_cast<float>(reader.get<std::int16_t>()) / 2;
  set_rules(reader.get<std::uint8_t>(), game.rules);
  game.ending = static_cast<GameRecord::Ending>(std::min<int>(reader.get<std::uint8_t>(), 2));
  const std::size_t turns = reader.get<std::uint16_t>();
  if (turns > kMostTurns) return Error{"a game has too many turns"};
  for (std::size_t i = 0; i < turns && !reader.failed(); ++i)
    game.turns.push_back(read_turn(reader, area));
  game.white_score = static_cast<float>(reader.get<std::int16_t>()) / 2;
  for (std::size_t p = 0; p < area; p += 4) {
    const int byte = reader.get<std::uint8_t>();
    for (std::size_t i = p; i < std::min(p + 4, area); ++i)
      game.owner.push_back(static_cast<Color>(std::min(byte >> (2 * (i - p)) & 3, 2)));
  }
  if (reader.failed() || reader.left() > 0) return Error{"a game has a wrong length"};
  if (!is_playable(game)) return Error{"a game has an illegal move"};
  bytes.remove_prefix(sizeof length + length);
  return game;
}

}  // namespace ponnuki::selfplay
