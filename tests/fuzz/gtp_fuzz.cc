// Any bytes as a GTP conversation: no crash, no endless command, and each response is well-formed.
#include <cstdint>
#include <string_view>

#include "engine/check.h"
#include "server/line_splitter.h"
#include "tests/gtp/transcript.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki;
  using namespace ponnuki::gtp;
  using namespace ponnuki::server;
  GtpOptions options = test::bench_options();
  options.search.visits = 4;
  options.files = false;
  const EvaluatorProvider provider(test::scripted_factory(), nullptr);
  Inbox inbox;
  test::StringOutput out;
  LineSplitter splitter;
  const auto take = [&inbox](std::string line) {
    // Long searches on request are no error.
    if (line.find("benchmark") == std::string::npos && line.find("param") == std::string::npos &&
        line.find("setoption") == std::string::npos) {
      inbox.push(std::move(line));
    }
  };
  splitter.feed({reinterpret_cast<const char*>(data), size}, take);
  splitter.finish(take);
  inbox.close();
  Session session(options, {provider, inbox, out, nullptr});
  session.serve();
  PONNUKI_CHECK(out.all.empty() || out.all.front() == '=' || out.all.front() == '?');
  PONNUKI_CHECK(out.all.empty() || out.all.ends_with("\n\n"));
  PONNUKI_CHECK(out.all.find("\n\n\n") == std::string::npos);
  return 0;
}
