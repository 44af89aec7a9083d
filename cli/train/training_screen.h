// TrainingScreen: the output of a training run: lines that stay, and the progress of the current
// work below them.
#pragma once

#include <optional>
#include <ostream>

#include "cli/terminal/progress_bar.h"
#include "selfplay/run/training_loop.h"

namespace ponnuki::cli {

class TrainingScreen {
 public:
  /// Lines are written to `out`. Progress is written to `err`.
  TrainingScreen(std::ostream& out, std::ostream& err, bool on_terminal)
      : out_(out), err_(err), on_terminal_(on_terminal) {}

  void line(const std::string& text) {
    bar_.reset();
    out_ << text << std::endl;
  }
  void progress(const selfplay::TrainingProgress& progress) {
    if (!bar_ || what_ != progress.what) {
      bar_.reset();
      bar_.emplace(err_, on_terminal_);
      what_ = progress.what;
      begun_at_ = progress.done;
    }
    bar_->show(
        progress.done, progress.total, progress.done - begun_at_,
        what_ + " " +
            (progress.detail.empty() ? out_of(progress.done, progress.total) : progress.detail));
  }

 private:
  std::ostream& out_;
  std::ostream& err_;
  bool on_terminal_;
  std::optional<ProgressBar> bar_;  // for the work `what_`
  std::string what_;
  std::int64_t begun_at_ = 0;
};

}  // namespace ponnuki::cli
