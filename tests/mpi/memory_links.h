// Links between threads of this process, in place of MPI.
#pragma once

#include <algorithm>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "engine/mutex.h"
#include "mpi/link.h"

namespace ponnuki::test {

/// Messages between ranks, in order.
class Mailboxes {
 public:
  void put(int from, int to, std::string bytes) {
    const MutexLock lock(mutex_);
    boxes_[{from, to}].push_back(std::move(bytes));
    bytes_ += boxes_[{from, to}].back().size();
    changed_.notify_all();
  }
  std::string take(int from, int to) {
    MutexLock lock(mutex_);
    while (boxes_[{from, to}].empty()) changed_.wait(lock);
    std::string bytes = std::move(boxes_[{from, to}].front());
    boxes_[{from, to}].pop_front();
    return bytes;
  }
  std::size_t bytes() const { return bytes_; }  // sent so far

 private:
  Mutex mutex_;
  Condition changed_;
  std::map<std::pair<int, int>, std::deque<std::string>> boxes_ PONNUKI_GUARDED_BY(mutex_);
  std::size_t bytes_ = 0;
};

class MemoryLink : public mpi::Link {
 public:
  MemoryLink(std::shared_ptr<Mailboxes> boxes, int rank, int ranks)
      : boxes_(std::move(boxes)), rank_(rank), ranks_(ranks) {}

  int rank() const override { return rank_; }
  int ranks() const override { return ranks_; }
  void broadcast(std::span<std::byte> bytes) override {
    if (rank_ > 0) {
      const std::string got = receive(0, bytes.size());
      std::memcpy(bytes.data(), got.data(), std::min(got.size(), bytes.size()));
      return;
    }
    for (int rank = 1; rank < ranks_; ++rank)
      send({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, rank);
  }
  void add_up(std::span<float> numbers) override {
    if (rank_ > 0)
      return boxes_->put(rank_, kSums,
                         {reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()});
    std::vector<float> others(numbers.size());
    for (int rank = 1; rank < ranks_; ++rank) {
      const std::string got = boxes_->take(rank, kSums);
      std::memcpy(others.data(), got.data(), got.size());
      for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] += others[i];
    }
  }
  void send(std::string_view bytes, int to) override { boxes_->put(rank_, to, std::string(bytes)); }
  std::string receive(int from, std::size_t) override { return boxes_->take(from, rank_); }
  void abort(int) override {}

 private:
  static constexpr int kSums = -1;  // the box of numbers for rank 0
  std::shared_ptr<Mailboxes> boxes_;
  int rank_, ranks_;
};

}  // namespace ponnuki::test
