// A Link over MPI. MPI itself ends all processes where one of its calls fails.
#include "mpi/module/module.h"

#include <mpi.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "engine/clock.h"

namespace ponnuki::mpi {
namespace {

constexpr std::size_t kMostAtOnce = std::size_t{1} << 28;  // numbers: MPI counts by int
constexpr int kTag = 0, kSumTag = 1;

/// Tests until it is true. MPI's own waiting keeps a core busy, for hours while games are played.
/// This one does so for a moment, as the answer within a batch mostly comes soon. Then it sleeps a
/// sixteenth of the time that it has waited.
template <typename IsDone>
void wait_until(const IsDone& is_done) {
  constexpr Clock::duration kAwake = std::chrono::milliseconds(1);
  constexpr Clock::duration kLongestSleep = std::chrono::milliseconds(5);
  const auto begin = Clock::now();
  while (!is_done()) {
    const auto waited = Clock::now() - begin;
    if (waited > kAwake) std::this_thread::sleep_for(std::min(waited / 16, kLongestSleep));
  }
}

void wait_for(MPI_Request request) {
  wait_until([&] {
    int is_done = 0;
    MPI_Test(&request, &is_done, MPI_STATUS_IGNORE);
    return is_done != 0;
  });
}

/// Calls work(part, count) for parts that MPI can count.
template <typename T, typename Work>
void in_parts(std::span<T> all, const Work& work) {
  for (std::size_t begin = 0; begin < all.size(); begin += kMostAtOnce) {
    const std::size_t count = std::min(kMostAtOnce, all.size() - begin);
    wait_for(work(all.data() + begin, static_cast<int>(count)));
  }
}

class MpiLink : public Link {
 public:
  MpiLink() {
    int level = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &level);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks_);
  }
  ~MpiLink() override { MPI_Finalize(); }

  int rank() const override { return rank_; }
  int ranks() const override { return ranks_; }

  void broadcast(std::span<std::byte> bytes) override {
    in_parts(bytes, [](std::byte* part, int count) {
      MPI_Request request = MPI_REQUEST_NULL;
      MPI_Ibcast(part, count, MPI_BYTE, 0, MPI_COMM_WORLD, &request);
      return request;
    });
  }
  /// By a tree: ranks 1, 3, 5, … send to the rank before them, then 2, 6, 10, … to that two before
  /// them, and so on. MPI_Ireduce may cut the numbers into small parts, each of which waits for the
  /// other side; and its order of adding is its own.
  void add_up(std::span<float> numbers) override {
    std::vector<float> others(ranks_ > rank_ + 1 && rank_ % 2 == 0 ? numbers.size() : 0);
    int step = 1;
    for (; step < ranks_ && rank_ % (2 * step) == 0; step *= 2) {
      if (rank_ + step >= ranks_) continue;
      receive_numbers(others, rank_ + step);
      for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] += others[i];
    }
    if (rank_ > 0) send_numbers(numbers, rank_ - step);
  }
  void send(std::string_view bytes, int to) override {
    if (bytes.size() > kMostAtOnce * 8 - 1) fail("a message is too large to be sent");
    MPI_Request request = MPI_REQUEST_NULL;
    MPI_Isend(bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, to, kTag, MPI_COMM_WORLD,
              &request);
    wait_for(request);
  }
  std::string receive(int from, std::size_t most) override {
    MPI_Message message = MPI_MESSAGE_NULL;
    MPI_Status status;
    wait_until([&] {
      int is_there = 0;
      MPI_Improbe(from, kTag, MPI_COMM_WORLD, &is_there, &message, &status);
      return is_there != 0;
    });
    int size = 0;
    MPI_Get_count(&status, MPI_BYTE, &size);
    if (size < 0 || static_cast<std::size_t>(size) > most) fail("a message is too large");
    std::string bytes(static_cast<std::size_t>(size), '\0');
    MPI_Request request = MPI_REQUEST_NULL;
    MPI_Imrecv(bytes.data(), size, MPI_BYTE, &message, &request);
    wait_for(request);
    return bytes;
  }
  void abort(int code) override { MPI_Abort(MPI_COMM_WORLD, code); }

 private:
  static void send_numbers(std::span<const float> numbers, int to) {
    in_parts(numbers, [to](const float* part, int count) {
      MPI_Request request = MPI_REQUEST_NULL;
      MPI_Isend(part, count, MPI_FLOAT, to, kSumTag, MPI_COMM_WORLD, &request);
      return request;
    });
  }
  static void receive_numbers(std::span<float> numbers, int from) {
    in_parts(numbers, [from](float* part, int count) {
      MPI_Request request = MPI_REQUEST_NULL;
      MPI_Irecv(part, count, MPI_FLOAT, from, kSumTag, MPI_COMM_WORLD, &request);
      return request;
    });
  }
  [[noreturn]] void fail(const char* what) {
    std::fprintf(stderr, "ponnuki: process %d of mpirun: %s\n", rank_, what);
    abort(1);
    std::abort();
  }

  int rank_ = 0, ranks_ = 1;
};

}  // namespace
}  // namespace ponnuki::mpi

extern "C" ponnuki::mpi::Link* ponnuki_open_mpi_link() { return new ponnuki::mpi::MpiLink; }
