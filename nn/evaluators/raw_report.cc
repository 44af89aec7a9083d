#include "nn/evaluators/raw_report.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "engine/coord.h"

namespace ponnuki::nn {

namespace {

constexpr int kSymmetries = 8;

std::string format(const char* pattern, double value) {
  char text[64];
  std::snprintf(text, sizeof text, pattern, value);
  return text;
}

void append_line(std::string& out, const char* key, const char* pattern, double value) {
  out += key;
  out += ' ';
  out += format(pattern, value);
  out += '\n';
}

std::string probability(float value) { return value < 0 ? "    NAN " : format("%8.6f ", value); }

/// KataGo prints -1 for a value that the net does not predict.
double known(const Evaluation& e, float value) { return e.variance_time > 0 ? value : -1; }

void append_grid(std::string& out, BoardSize size, const std::vector<float>& values,
                 std::string (*text_of)(float)) {
  for (int cell = 0; cell < size.area(); ++cell) {
    out += text_of(values[static_cast<std::size_t>(cell)]);
    if ((cell + 1) % size.width == 0) out += '\n';
  }
}

void append_report(std::string& out, const Evaluation& e, const Position& position, int symmetry) {
  const bool white = position.to_move() == Color::kWhite;
  const double sign = white ? 1 : -1;
  const double mean = e.score_mean;
  const double stdev = e.score_stdev;
  out += "symmetry " + std::to_string(symmetry) + '\n';
  append_line(out, "whiteWin", "%.6f", white ? e.win : e.loss);
  append_line(out, "whiteLoss", "%.6f", white ? e.loss : e.win);
  append_line(out, "noResult", "%.6f", e.no_result);
  append_line(out, "whiteLead", "%.3f", sign * e.lead);
  append_line(out, "whiteScoreSelfplay", "%.3f", sign * mean);
  append_line(out, "whiteScoreSelfplaySq", "%.3f", mean * mean + stdev * stdev);
  append_line(out, "varTimeLeft", "%.3f", known(e, e.variance_time));
  append_line(out, "shorttermWinlossError", "%.3f", known(e, e.winloss_error));
  append_line(out, "shorttermScoreError", "%.3f", known(e, e.score_error));
  out += "policy\n";
  append_grid(out, position.size(), e.policy, probability);
  out += "policyPass " + probability(e.policy.back()) + '\n';
  out += "whiteOwnership\n";
  std::vector<float> ownership = e.ownership;
  if (!white) {
    for (float& value : ownership) value = -value;
  }
  append_grid(out, position.size(), ownership, [](float v) { return format("%9.7f ", v); });
  out += '\n';
}

/// The board as a setup with `player` to move. If only Black has stones, they count as handicap.
Position setup_for(const Position& position, Color player) {
  Board board = position.board();
  board.clear_ko_point();
  int stones[2] = {0, 0};
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Color c = board.at(Point::from_cell(cell, board.size()));
    if (is_player(c)) ++stones[c == Color::kWhite];
  }
  const int handicap = stones[1] == 0 && stones[0] >= 2 ? stones[0] : 0;
  return Position(board, player, position.rules(), handicap);
}

template <typename Number>
bool parse_number(const std::string& text, Number& number) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end;
}

bool is_word(const std::string& text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

}  // namespace

Result<RawReportArgs> parse_raw_report_args(std::span<const std::string> words,
                                            const RawReportArgs& defaults) {
  RawReportArgs args = defaults;
  if (!words.empty()) {
    if (const auto player = parse_color(words.front())) {
      args.player = *player;
      words = words.subspan(1);
    }
  }
  if (words.empty()) return Error{"Expected a symmetry argument 'all' or index [0-7]"};
  const std::string& symmetry = words.front();
  args.symmetry = -1;
  if (!is_word(symmetry, "all")) {
    if (!parse_number(symmetry, args.symmetry) || args.symmetry < 0 || args.symmetry >= kSymmetries)
      return Error{"Expected a symmetry argument 'all' or index [0-7] but got '" + symmetry + "'"};
  }
  if (words.size() >= 2) {
    double optimism = 0;
    if (!parse_number(words[1], optimism) || !(optimism >= 0 && optimism <= 1))
      return Error{"Expected an optimism value in [0,1] but got '" + words[1] + "'"};
    args.policy_optimism = static_cast<float>(optimism);
  }
  if (words.size() >= 3) return Error{"Unexpected extra argument '" + words[2] + "'"};
  return args;
}

std::string raw_report(Evaluator& evaluator, const Position& position, const RawReportArgs& args) {
  const bool turn_changed = is_player(args.player) && args.player != position.to_move();
  const Position asked = turn_changed ? setup_for(position, args.player) : position;
  std::string out;
  for (int symmetry = 0; symmetry < kSymmetries; ++symmetry) {
    if (args.symmetry >= 0 && args.symmetry != symmetry) continue;
    const Evaluation evaluation = evaluate_one(evaluator, asked,
                                               {.symmetry = Symmetry(symmetry),
                                                .with_ownership = true,
                                                .policy_optimism = args.policy_optimism,
                                                .playout_doublings = args.playout_doublings});
    append_report(out, evaluation, asked, symmetry);
  }
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  return out;
}

}  // namespace ponnuki::nn
