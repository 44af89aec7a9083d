// The most that one worker may have of a cycle's games.
#include "swarm/quota.h"

#include <catch2/catch.hpp>

namespace ponnuki::swarm {
namespace {

using namespace std::chrono_literals;

const Clock::time_point kStart{1000s};

TEST_CASE("quota: a fast worker has its share, and the others have the rest") {
  Quota quota(0.5);
  quota.begin(100);
  for (const char* slow : {"ann", "ben", "carla"}) CHECK(quota.take(slow, 1, kStart));
  CHECK(quota.take("fast", 51, kStart));
  CHECK_FALSE(quota.take("fast", 1, kStart));
  CHECK(quota.take("ann", 30, kStart));
}

TEST_CASE("quota: a cycle ends also where few play, or where others have left") {
  Quota quota(0.3);
  quota.begin(100);
  CHECK(quota.take("ann", 60, kStart));
  CHECK(quota.take("ann", 40, kStart));  // she is alone
  quota.begin(100);
  CHECK(quota.take("ben", 1, kStart));
  CHECK(quota.take("ann", 61, kStart));
  CHECK_FALSE(quota.take("ann", 30, kStart));
  CHECK(quota.take("ann", 30, kStart + 3min));
}

TEST_CASE("quota: games that had waited are more than wanted, and all have their share of them") {
  Quota quota(0.6);
  quota.begin(10);
  for (int i = 0; i < 10; ++i) {
    CHECK(quota.take("ann", 10, kStart));
    CHECK(quota.take("ben", 10, kStart));
  }
}

TEST_CASE("quota: without one everybody may play all games") {
  Quota quota(1);
  quota.begin(10);
  CHECK(quota.take("ben", 1, kStart));
  CHECK(quota.take("ann", 90, kStart));
}

}  // namespace
}  // namespace ponnuki::swarm
