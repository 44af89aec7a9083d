// When a worker sends blocks again that the learner has not stored.
#include "swarm/outstanding.h"

#include <catch2/catch.hpp>

namespace ponnuki::swarm {
namespace {

using namespace std::chrono_literals;

TEST_CASE("outstanding: a lost block is sent again, also while new ones are sent") {
  const Clock::time_point start{};
  Outstanding blocks(start);
  for (int second = 0; second < 60; ++second) {
    blocks.note_sent(static_cast<std::uint64_t>(second) + 1, start + second * 1s);
    blocks.begin_anew_if_late(start + second * 1s);
  }
  CHECK(blocks.sent() == 60);
  blocks.begin_anew_if_late(start + 60s);
  CHECK(blocks.sent() == 0);
}

TEST_CASE("outstanding: what is stored need not be sent, and gives the next ones their time") {
  const Clock::time_point start{};
  Outstanding blocks(start);
  blocks.note_stored(7, start);  // in an earlier life
  CHECK(blocks.sent() == 7);
  blocks.note_sent(8, start + 500s);
  blocks.note_sent(9, start + 501s);
  blocks.note_stored(8, start + 550s);
  blocks.begin_anew_if_late(start + 600s);
  CHECK(blocks.sent() == 9);
  blocks.begin_anew_if_late(start + 610s);
  CHECK(blocks.sent() == 8);
}

TEST_CASE("outstanding: a learner that is busy for hours gets few blocks twice") {
  const Clock::time_point start{};
  Outstanding blocks(start);
  int times = 0;
  for (auto now = start; now < start + 5h; now += 1s) {
    if (blocks.sent() == 0) ++times;
    blocks.note_sent(3, now);
    blocks.begin_anew_if_late(now);
  }
  // At 1, 3, 7, 15, 31 and 63 minutes, then each hour.
  CHECK(times == 1 + 6 + 3);
  blocks.note_stored(3, start + 5h);
  blocks.note_sent(4, start + 5h);
  blocks.begin_anew_if_late(start + 5h + 1min);
  CHECK(blocks.sent() == 3);
}

TEST_CASE("outstanding: a hub that was reached anew gets again what is not stored") {
  const Clock::time_point start{};
  Outstanding blocks(start);
  blocks.note_sent(5, start);
  blocks.note_stored(3, start);
  blocks.begin_anew(start + 1s);
  CHECK(blocks.sent() == 3);
}

}  // namespace
}  // namespace ponnuki::swarm
