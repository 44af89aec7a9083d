// The number of cores, from what a machine says of itself.
#include "cli/options/core_count.h"

#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.h"

using namespace ponnuki;

namespace {

/// A folder like /sys.
class Machine {
 public:
  Machine& write(const std::string& file, const std::string& text) {
    root_.write(file, text + '\n');
    return *this;
  }
  Machine& cpu(int number, const std::string& siblings) {
    return write(
        "devices/system/cpu/cpu" + std::to_string(number) + "/topology/thread_siblings_list",
        siblings);
  }
  Machine& quota(const std::string& text) { return write("fs/cgroup/cpu.max", text); }
  std::string path() const { return root_ / ""; }

 private:
  test::TemporaryFolder root_;
};

}  // namespace

TEST_CASE("Two threads of a core count once") {
  Machine machine;
  machine.cpu(0, "0,4").cpu(4, "0,4").cpu(1, "1,5").cpu(5, "1,5");
  CHECK(cli::usable_cores({0, 1, 4, 5}, machine.path()) == 2);
  CHECK(cli::usable_cores({0, 4}, machine.path()) == 1);
  CHECK(cli::usable_cores({0, 5}, machine.path()) == 2);
}

TEST_CASE("A container's quota is the most there is") {
  Machine machine;
  machine.cpu(0, "0").cpu(1, "1").cpu(2, "2");
  const struct {
    const char* quota;
    int cores;
  } cases[] = {{"max 100000", 3}, {"150000 100000", 2}, {"10000 100000", 1}, {"900000 100000", 3},
               {"0 100000", 3},   {"nonsense", 3},      {"100000", 3}};
  for (const auto& c : cases) {
    CAPTURE(c.quota);
    machine.quota(c.quota);
    CHECK(cli::usable_cores({0, 1, 2}, machine.path()) == c.cores);
  }
}

TEST_CASE("A machine that says nothing counts in full, and never as less than one") {
  const Machine machine;
  CHECK(cli::usable_cores({0, 1, 2, 3}, machine.path()) == 4);
  CHECK(cli::usable_cores({}, machine.path()) == 1);
  CHECK(cli::usable_cores() >= 1);
}
