#include "mpi/helper.h"

#include <algorithm>

#include "mpi/orders.h"
#include "selfplay/learning/gradient_helper.h"

namespace ponnuki::mpi {
namespace {

class Helper {
 public:
  Helper(Link& link, int threads) : link_(link), threads_(threads), helper_(threads) {}

  /// Follows one order. Requires another one than kEnd.
  Status follow(const Order& order) {
    switch (order.kind) {
      case OrderKind::kGreet:
        return greet(order.number);
      case OrderKind::kModel:
        return take_model(order.number);
      case OrderKind::kBatch:
        return compute(order);
      case OrderKind::kWatch:
        helper_.watch_channels();
        return {};
      case OrderKind::kJoinIdle:
        say_idle_channels();
        return {};
      case OrderKind::kEnd:
        break;
    }
    return Error{"an unknown order of the learner; run the same program everywhere"};
  }

 private:
  Status greet(std::uint64_t threads) {
    if (threads > kMostThreads) return Error{"the learner wants too many threads"};
    if (threads > 0) threads_ = static_cast<int>(threads);
    helper_ = selfplay::GradientHelper(threads_);
    const Greeting greeting{.threads = static_cast<std::uint64_t>(threads_)};
    link_.send(text_of(greeting), 0);
    return {};
  }
  Status take_model(std::uint64_t size) {
    if (size > kMostModelBytes) return Error{"the learner's net is too large"};
    std::string bytes(static_cast<std::size_t>(size), '\0');
    link_.broadcast(std::as_writable_bytes(std::span(bytes)));
    PONNUKI_TRY(helper_.take_model(bytes));
    parameters_.resize(helper_.parameters());
    return {};
  }
  Status compute(const Order& order) {
    if (order.number != parameters_.size() || parameters_.empty())
      return Error{"the learner's parameters are those of another net"};
    link_.broadcast(std::as_writable_bytes(std::span(parameters_)));
    const std::string positions = link_.receive(0, kMostPositionBytes);
    PONNUKI_TRY(helper_.compute(parameters_, order.weights, positions));
    link_.send(text_of(helper_.loss()), 0);  // so small that it waits for nobody
    link_.add_up(helper_.gradient());
    return {};
  }
  void say_idle_channels() {
    std::string flags;
    for (const bool is_idle : helper_.idle_channels()) flags += is_idle ? '\1' : '\0';
    link_.send(flags, 0);
  }

  Link& link_;
  int threads_;
  selfplay::GradientHelper helper_;
  std::vector<float> parameters_;
};

}  // namespace

Status help(Link& link, int threads) {
  Helper helper(link, threads);
  for (;;) {
    Order order;
    link.broadcast(bytes_of(order));
    if (order.protocol != kProtocol)
      return Error{"the learner is another version of this program; run the same one everywhere"};
    if (order.kind == OrderKind::kEnd) return {};
    PONNUKI_TRY(helper.follow(order));
  }
}

}  // namespace ponnuki::mpi
