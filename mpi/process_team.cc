#include "mpi/process_team.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "engine/check.h"
#include "mpi/orders.h"
#include "selfplay/learning/gradient_helper.h"

namespace ponnuki::mpi {
namespace {

using nn::training::LossVector;

void give(Link& link, Order order) { link.broadcast(bytes_of(order)); }

/// A message that is an object of this type. Another size is a bug: the versions are the same.
template <typename T>
T receive_object(Link& link, int from) {
  const std::string bytes = link.receive(from, sizeof(T));
  PONNUKI_CHECK(bytes.size() == sizeof(T));
  T object;
  std::memcpy(&object, bytes.data(), sizeof object);
  return object;
}

}  // namespace

ProcessTeam::~ProcessTeam() {
  if (awaited_ > 0) {  // an exception has ended the learner's batch
    std::vector<float> ignored(awaited_);
    LossVector loss;
    finish(ignored, loss);
  }
  give(*link_, {.kind = OrderKind::kEnd});
}

Status ProcessTeam::greet(int own_threads, int helper_threads) {
  give(*link_, {.kind = OrderKind::kGreet, .number = static_cast<std::uint64_t>(helper_threads)});
  threads_ = {own_threads};
  Status status;
  for (int rank = 1; rank < link_->ranks(); ++rank) {
    const auto greeting = receive_object<Greeting>(*link_, rank);
    if (greeting.protocol != kProtocol || greeting.threads > kMostThreads)
      status = Error{"process " + std::to_string(rank) +
                     " of mpirun is another version of this program; run the same one everywhere"};
    threads_.push_back(static_cast<int>(greeting.threads));
  }
  return status;
}

void ProcessTeam::begin(const nn::Model& model) {
  std::string bytes = selfplay::helper_model_bytes(model);
  PONNUKI_CHECK(bytes.size() <= kMostModelBytes);
  give(*link_, {.kind = OrderKind::kModel, .number = bytes.size()});
  link_->broadcast(std::as_writable_bytes(std::span(bytes)));
}

std::size_t ProcessTeam::own_share(std::size_t batch) const {
  const auto all = static_cast<std::size_t>(std::accumulate(threads_.begin(), threads_.end(), 0));
  const auto own = static_cast<std::size_t>(threads_.front());
  return std::clamp<std::size_t>((batch * own + all / 2) / all, 1, batch);
}

void ProcessTeam::start(const Task& task) {
  give(*link_,
       {.kind = OrderKind::kBatch, .number = task.parameters.size(), .weights = task.weights});
  // MPI reads the bytes only.
  link_->broadcast({reinterpret_cast<std::byte*>(const_cast<float*>(task.parameters.data())),
                    task.parameters.size_bytes()});
  const auto all =
      static_cast<std::size_t>(std::accumulate(threads_.begin() + 1, threads_.end(), 0));
  std::size_t threads = 0, begin = 0;
  for (int rank = 1; rank < link_->ranks(); ++rank) {
    threads += static_cast<std::size_t>(threads_[static_cast<std::size_t>(rank)]);
    const std::size_t end = task.positions.size() * threads / all;
    const std::string bytes =
        selfplay::positions_to_bytes(task.positions.subspan(begin, end - begin));
    PONNUKI_CHECK(bytes.size() <= kMostPositionBytes);
    link_->send(bytes, rank);
    begin = end;
  }
  awaited_ = task.parameters.size();
}

void ProcessTeam::finish(std::span<float> gradient, LossVector& loss) {
  PONNUKI_CHECK(gradient.size() == awaited_);
  link_->add_up(gradient);
  for (int rank = 1; rank < link_->ranks(); ++rank)
    loss += receive_object<LossVector>(*link_, rank);
  awaited_ = 0;
}

void ProcessTeam::watch_channels() { give(*link_, {.kind = OrderKind::kWatch}); }

void ProcessTeam::join_idle_channels(std::vector<bool>& idle) {
  give(*link_, {.kind = OrderKind::kJoinIdle});
  for (int rank = 1; rank < link_->ranks(); ++rank) {
    const std::string flags = link_->receive(rank, idle.size());
    PONNUKI_CHECK(flags.size() == idle.size());
    for (std::size_t c = 0; c < idle.size(); ++c)
      if (flags[c] == 0) idle[c] = false;
  }
}

}  // namespace ponnuki::mpi
