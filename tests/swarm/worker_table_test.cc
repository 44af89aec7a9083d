// Who plays, for people.
#include "swarm/worker_table.h"

#include <catch2/catch.hpp>

namespace ponnuki::swarm {
namespace {

TEST_CASE("worker table: reports and accounts, and who has only one of them") {
  const WorkerRows reports = {{"ann", {{"threads", 2}, {"gamesPerMinute", 12.5}, {"waiting", 3}}},
                              {"new", {{"threads", 1}}}};
  const WorkerRows accounts = {
      {"ann", {{"games", 75}, {"refused", 2}, {"reasons", {{"other options", 2}}}}},
      {"ben", {{"games", 25}, {"refused", 0}, {"withdrawn", "by hand"}}}};
  CHECK(
      worker_table(reports, accounts) ==
      "worker               threads a minute waiting    stored  share refused\n"
      "ann                        2     12.5       3        75   75 %       2  other options (2)\n"
      "ben                        -        -       -        25   25 %       0  taken out: by hand\n"
      "new                        1      0.0       0         0    0 %       0\n");
}

TEST_CASE("worker table: what others say cannot steer a terminal or fail") {
  const WorkerRows reports = {{"a\x1b[2J", {{"threads", "many"}}}, {"b", {1, 2}}};
  const std::string table = worker_table(reports, {{"b", {{"reasons", 7}, {"withdrawn", 1}}}});
  CHECK(table.find('\x1b') == std::string::npos);
  CHECK(table.find("0 %") != std::string::npos);
}

}  // namespace
}  // namespace ponnuki::swarm
