#include "server/inbox.h"

#include <catch2/catch.hpp>

namespace ponnuki::server {

TEST_CASE("GoGui's interrupt is a comment line") {
  for (const char* line : {"# interrupt", "#interrupt", "  # interrupt \r", "#\tinterrupt"}) {
    CHECK(is_interrupt(line));
  }
  for (const char* line :
       {"", "interrupt", "# interrupted", "name # interrupt", "# do interrupt"}) {
    CHECK_FALSE(is_interrupt(line));
  }
}

TEST_CASE("An inbox is bounded, and answers what it holds after the end") {
  Inbox inbox({.lines = 2, .bytes = 100});
  CHECK_FALSE(inbox.pending());
  CHECK(inbox.try_push("a"));
  CHECK(inbox.try_push("b"));
  CHECK_FALSE(inbox.try_push("c"));
  inbox.close();
  CHECK(inbox.pop() == "a");
  CHECK_FALSE(inbox.try_push("d"));
  CHECK(inbox.pop() == "b");
  CHECK(inbox.pop() == std::nullopt);
  CHECK(inbox.pending());
}

TEST_CASE("An interrupt stops the commands that were sent before it") {
  const std::atomic<bool> done{true};
  const auto now = Clock::now();
  Inbox inbox;
  inbox.push("one");
  inbox.push("two");
  inbox.interrupt();
  inbox.push("three");
  for (const auto expected : {Inbox::Event::kInterrupted, Inbox::Event::kInterrupted}) {
    inbox.pop();
    CHECK(inbox.wait(done, now, false) == expected);
  }
  CHECK(inbox.wait(done, now, true) == Inbox::Event::kInterrupted);
  inbox.pop();
  CHECK(inbox.wait(done, now, false) == Inbox::Event::kDone);
  const std::atomic<bool> never{false};
  CHECK(inbox.wait(never, now, true) == Inbox::Event::kTimeout);
  inbox.push("four");
  CHECK(inbox.wait(done, now, true) == Inbox::Event::kInput);
}

}  // namespace ponnuki::server
