// Any lines as the messages of a page of `ponnuki web`. Each answer is JSON, and the page goes on.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/support/page_fixture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki;
  static test::WebFixture server;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  test::FakePage page(server);
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    page.send(std::string(rest.substr(0, end)));
    rest = end == std::string_view::npos ? "" : rest.substr(end + 1);
  }
  for (const std::string& id : server.store().ids()) (void)server.store().remove(id);
  return 0;
}
