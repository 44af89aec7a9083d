#include "selfplay/match/match_game.h"

#include <cmath>

#include "engine/coord.h"
#include "engine/referee/judgement.h"
#include "engine/score.h"
#include "engine/sgf/value.h"
#include "selfplay/match/match_clock.h"

namespace ponnuki::selfplay {
namespace {

std::size_t side(Color color) { return color == Color::kBlack ? 0 : 1; }

class Referee {
 public:
  Referee(const std::array<Player*, 2>& players, const MatchGameOptions& options)
      : players_(players),
        options_(options),
        max_moves_(options.max_moves > 0 ? options.max_moves : 3 * options.size.area()),
        clocks_{MatchClock(options.time, options.time_grace_seconds),
                MatchClock(options.time, options.time_grace_seconds)},
        result_(options) {}

  MatchGame run(const std::vector<Point>& opening) {
    start();
    for (std::size_t i = 0; i < opening.size() && !done_; ++i) play_opening_move(opening[i]);
    while (!done_) next_move();
    return std::move(result_);
  }

 private:
  const Position& position() const { return result_.game.position(); }

  void start() {
    for (const Color color : {Color::kBlack, Color::kWhite}) {
      if (done_) return;
      check_alive(color, players_[side(color)]->start_game(position(), options_.time), "start");
    }
  }

  void play_opening_move(Point point) {
    const Move move{position().to_move(), point};
    if (!position().is_legal(move)) {
      return finish(Ending::kNoResult, Color::kEmpty, "the opening is illegal");
    }
    result_.game.play(move);
    for (const Color color : {Color::kBlack, Color::kWhite}) {
      if (!done_) tell(color, move);
    }
  }

  void next_move() {
    if (position().is_over()) return finish_by_rules();
    if (position().move_count() >= max_moves_) return finish_by_score(Ending::kMaxMoves);
    const Color color = position().to_move();
    const Point point = ask(color);
    if (done_) return;
    const Move move{color, point};
    if (!position().is_legal(move)) {
      return lose(color, Ending::kIllegal, "played " + to_gtp(point, options_.size));
    }
    result_.game.play(move);
    tell(opponent(color), move);
  }

  Point ask(Color color) {
    MatchClock& clock = clocks_[side(color)];
    const GtpReply reply = players_[side(color)]->genmove(color, clock.view());
    result_.seconds[side(color)] += reply.seconds;
    ++result_.thought_moves[side(color)];
    check_alive(color, reply, "genmove");
    if (!done_ && !clock.spend(reply.seconds)) lose(color, Ending::kTime, "used up its time");
    if (done_) return Point::pass();
    if (reply.text == "resign" || reply.text == "RESIGN" || reply.text == "Resign") {
      lose(color, Ending::kResign, "");
      return Point::pass();
    }
    const auto point = parse_gtp_vertex(reply.text, options_.size);
    if (!point) lose(color, Ending::kIllegal, "answered '" + reply.text.substr(0, 60) + "'");
    return point.value_or(Point::pass());
  }

  void tell(Color color, Move move) {
    const GtpReply reply = players_[side(color)]->play(move);
    if (reply.kind == GtpReply::Kind::kRefused) {
      return lose(color, Ending::kRefused,
                  "refused " + to_gtp(move.point, options_.size) + ": " + reply.text);
    }
    check_alive(color, reply, "play");
  }

  void check_alive(Color color, const GtpReply& reply, const std::string& when) {
    if (reply.ok()) return;
    const bool late = reply.kind == GtpReply::Kind::kTimeout;
    lose(color, late ? Ending::kTime : Ending::kCrash, when + ": " + reply.text);
  }

  void lose(Color color, Ending ending, const std::string& detail) {
    finish(ending, opponent(color),
           detail.empty() ? "" : std::string(to_string(color)) + " " + detail);
  }

  void finish_by_rules() {
    if (position().is_no_result()) return finish(Ending::kNoResult, Color::kEmpty, "");
    finish_by_score(Ending::kScore);
    for (const std::size_t i : {0, 1}) result_.claims[i] = players_[i]->final_score();
  }

  void finish_by_score(Ending ending) {
    const Score score = options_.judge && !referee::is_counted_as_it_stands(position())
                            ? options_.judge(position())
                            : score_area(position());
    result_.white_minus_black = score.white_minus_black;
    finish(ending, score.winner(), "");
  }

  void finish(Ending ending, Color winner, const std::string& detail) {
    done_ = true;
    result_.ending = ending;
    result_.winner = winner;
    result_.detail = detail;
  }

  const std::array<Player*, 2>& players_;
  const MatchGameOptions& options_;
  const int max_moves_;
  std::array<MatchClock, 2> clocks_;
  MatchGame result_;
  bool done_ = false;
};

}  // namespace

const char* to_string(Ending ending) {
  switch (ending) {
    case Ending::kScore:
      return "score";
    case Ending::kResign:
      return "resign";
    case Ending::kMaxMoves:
      return "max-moves";
    case Ending::kNoResult:
      return "no-result";
    case Ending::kIllegal:
      return "illegal";
    case Ending::kRefused:
      return "refused";
    case Ending::kTime:
      return "time";
    case Ending::kCrash:
      return "crash";
  }
  return "?";
}

std::string MatchGame::result() const {
  using Kind = sgf::SgfResult::Kind;
  sgf::SgfResult re{Kind::kForfeit, winner, 0};
  if (ending == Ending::kScore || ending == Ending::kMaxMoves) {
    re.kind = winner == Color::kEmpty ? Kind::kDraw : Kind::kScore;
    re.margin = std::abs(white_minus_black);
  } else if (ending == Ending::kNoResult) {
    re.kind = Kind::kVoid;
  } else if (ending == Ending::kResign) {
    re.kind = Kind::kResign;
  } else if (ending == Ending::kTime) {
    re.kind = Kind::kTime;
  }
  return sgf::to_string(re);
}

bool MatchGame::claims_differ() const {
  if (ending != Ending::kScore) return false;
  const sgf::SgfResult ours = sgf::parse_sgf_result(result());
  for (const std::string& claim : claims) {
    if (!claim.empty() && sgf::parse_sgf_result(claim) != ours) return true;
  }
  return false;
}

MatchGame play_match_game(const std::array<Player*, 2>& players, const std::vector<Point>& opening,
                          const MatchGameOptions& options) {
  return Referee(players, options).run(opening);
}

}  // namespace ponnuki::selfplay
