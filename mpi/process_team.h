// ProcessTeam: rank 0's side of a GradientTeam of processes. help() (mpi/helper.h) is the other.
#pragma once

#include <memory>
#include <vector>

#include "engine/result.h"
#include "mpi/link.h"
#include "selfplay/learning/gradient_team.h"

namespace ponnuki::mpi {

class ProcessTeam : public selfplay::GradientTeam {
 public:
  /// Requires a link of rank 0.
  explicit ProcessTeam(std::unique_ptr<Link> link) : link_(std::move(link)) {}
  /// Tells the helpers to end and waits for them.
  ~ProcessTeam() override;

  /// Must be called before the team works, once. Each process computes as many positions as its
  /// share of all threads: `own_threads` here, `helper_threads` at each helper, or 0: as many as
  /// it likes. Returns an error if a helper is of another version of the program.
  Status greet(int own_threads, int helper_threads);
  /// The threads of each rank, after greet().
  const std::vector<int>& threads() const { return threads_; }

  void begin(const nn::Model& model) override;
  std::size_t own_share(std::size_t batch) const override;
  void start(const Task& task) override;
  void finish(std::span<float> gradient, nn::training::LossVector& loss) override;
  void watch_channels() override;
  void join_idle_channels(std::vector<bool>& idle) override;

 private:
  std::unique_ptr<Link> link_;
  std::vector<int> threads_;
  std::size_t awaited_ = 0;  // parameters of the task under way; 0: there is none
};

}  // namespace ponnuki::mpi
