#include "selfplay/match/gtp_player.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sstream>

#include "engine/coord.h"
#include "engine/text.h"

namespace ponnuki::selfplay {
namespace {

constexpr double kCommandSeconds = 60;
// A program that is a little late has lost, but it need not be killed and started again.
constexpr double kLateSeconds = 1;

const char* letter(Color color) { return color == Color::kBlack ? "B" : "W"; }

}  // namespace

GtpReply GtpPlayer::connect() {
  auto client = GtpClient::start(options_.command_line);
  if (!client) return {GtpReply::Kind::kDied, client.error().message, 0};
  client_ = std::move(*client);
  GtpReply reply = client_->send("list_commands", options_.start_seconds);
  if (!reply.ok()) return reply;
  commands_.clear();
  std::istringstream words(reply.text);
  for (std::string word; words >> word;) commands_.insert(word);
  const GtpReply name = client_->send("name", kCommandSeconds);
  GtpReply version = client_->send("version", kCommandSeconds);
  name_ = name.text + (version.ok() && !version.text.empty() ? " " + version.text : "");
  return version;
}

GtpReply GtpPlayer::send_if_known(const std::string& verb, const std::string& arguments) {
  if (!commands_.contains(verb)) return {};
  return client_->send(verb + " " + arguments, kCommandSeconds);
}

GtpReply GtpPlayer::start_game(const Position& start, const TimeControl& time) {
  size_ = start.size();
  if (!client_ || !client_->alive()) {
    if (GtpReply reply = connect(); !reply.ok()) return reply;
  }
  std::string sides = std::to_string(size_.width);
  const bool square = size_.width == size_.height;
  if (!square) sides += " " + std::to_string(size_.height);
  const std::string resize = square ? "boardsize" : "rectangular_boardsize";
  GtpReply reply = client_->send(resize + " " + sides, kCommandSeconds);
  if (reply.ok()) reply = client_->send("clear_board", kCommandSeconds);
  if (reply.ok()) reply = send_if_known("kata-set-rules", rules_to_json(start.rules()));
  if (reply.ok())
    reply = client_->send("komi " + short_number(start.rules().komi), kCommandSeconds);
  if (reply.ok() && !time.none()) {
    reply = send_if_known("time_settings", short_number(time.main_seconds) + " " +
                                               short_number(time.byo_seconds) + " " +
                                               std::to_string(time.byo_stones));
  }
  return reply;
}

GtpReply GtpPlayer::play(Move move) {
  return client_->send(std::string("play ") + letter(move.color) + " " + to_gtp(move.point, size_),
                       kCommandSeconds);
}

GtpReply GtpPlayer::genmove(Color color, const std::optional<ClockView>& clock) {
  double patience = options_.move_seconds;
  if (clock) {
    patience = std::min(patience, clock->longest_move + kLateSeconds);
    const int seconds = static_cast<int>(std::floor(clock->left.seconds));
    GtpReply told =
        send_if_known("time_left", std::string(letter(color)) + " " + std::to_string(seconds) +
                                       " " + std::to_string(clock->left.stones));
    if (told.kind == GtpReply::Kind::kDied || told.kind == GtpReply::Kind::kTimeout) return told;
  }
  return client_->send(std::string("genmove ") + letter(color), patience);
}

std::string GtpPlayer::final_score() {
  if (!client_ || !client_->alive() || !commands_.contains("final_score")) return "";
  const GtpReply reply = client_->send("final_score", options_.move_seconds);
  return reply.ok() ? reply.text.substr(0, reply.text.find_first_of(" \n")) : "";
}

}  // namespace ponnuki::selfplay
