// GtpPlayer: a GTP program as a Player. It starts the program when it is first needed, and again
// after a crash, and sends only those optional commands that the program lists.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "selfplay/match/player.h"

namespace ponnuki::selfplay {

struct GtpPlayerOptions {
  std::string command_line;
  // Limit of the first answer. Loading a net takes time.
  double start_seconds = 120;
  // Limit of each move. A clock may set a lower one.
  double move_seconds = 300;
};

class GtpPlayer : public Player {
 public:
  explicit GtpPlayer(GtpPlayerOptions options) : options_(std::move(options)) {}

  std::string name() const override { return name_; }
  GtpReply start_game(const Position& start, const TimeControl& time) override;
  GtpReply play(Move move) override;
  GtpReply genmove(Color color, const std::optional<ClockView>& clock) override;
  std::string final_score() override;
  /// The end of its stderr before it died; empty while it runs.
  std::string last_words() const {
    return client_ && !client_->alive() ? client_->stderr_tail() : "";
  }

 private:
  GtpReply connect();
  /// Sends the command if the program lists it; otherwise returns success and does nothing.
  GtpReply send_if_known(const std::string& verb, const std::string& arguments);

  GtpPlayerOptions options_;
  std::unique_ptr<GtpClient> client_;
  std::set<std::string> commands_;
  std::string name_;
  BoardSize size_;
};

}  // namespace ponnuki::selfplay
