// A random GTP conversation of well-formed commands: any command of the list, with arguments of the
// kinds that commands take. It reaches deeper than random bytes (gtp_fuzz.cc).
#include <fuzzer/FuzzedDataProvider.h>

#include <string>
#include <vector>

#include "tests/fuzz/short_session.h"

namespace {

using namespace ponnuki;

std::vector<std::string> words_of(const std::string& answer) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : answer) {
    if (c != '\n' && c != ' ' && c != '=') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(word);
      word.clear();
    }
  }
  return words;
}

std::vector<std::string> commands() {
  gtp::test::Bench bench;
  return words_of(bench.send("list_commands"));
}

std::string vertex(FuzzedDataProvider& data) {
  constexpr const char kColumns[] = "ABCDEFGHJKLMNOPQRSTUVWXYZ";
  const int column = data.ConsumeIntegralInRange(0, 24), row = data.ConsumeIntegralInRange(0, 26);
  return kColumns[column] + std::to_string(row);
}

std::string argument(FuzzedDataProvider& data) {
  switch (data.ConsumeIntegralInRange(0, 7)) {
    case 0:
      return data.ConsumeBool() ? "b" : "w";
    case 1:
    case 2:
      return vertex(data);
    case 3:
      return std::to_string(data.ConsumeIntegralInRange(-1, 30));
    case 4:
      return std::to_string(data.ConsumeFloatingPointInRange(-400.0, 400.0));
    case 5:
      return std::to_string(data.ConsumeIntegral<std::int64_t>());
    case 6: {
      static const std::vector<std::string> settings = search::setting_names();
      return data.PickValueInArray(
          {settings[0], settings[settings.size() / 2], settings.back(),
           settings[data.ConsumeIntegralInRange<std::size_t>(0, settings.size() - 1)]});
    }
    default:
      return data.PickValueInArray(
          {std::string("pass"), std::string("resign"), std::string("allow"), std::string("avoid"),
           std::string("interval"), std::string("rules"), std::string("japanese"),
           std::string("chinese"), std::string("territory"), std::string("dead"),
           std::string("alive"), std::string("seki"), std::string("ownership"), std::string("true"),
           std::string("canadian"), std::string("byoyomi"), std::string("5k"),
           std::string("{\"maxVisits\":3}"), std::string("fast")});
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const std::vector<std::string> all = commands();
  FuzzedDataProvider data(bytes, size);
  gtp::test::ShortSession session;
  for (int i = 0; i < 60 && data.remaining_bytes() > 0; ++i) {
    // Moves are half of all commands, so that there is something on the board.
    std::string line = "play " + std::string(data.ConsumeBool() ? "b " : "w ") + vertex(data);
    if (data.ConsumeBool()) {
      line = all[data.ConsumeIntegralInRange<std::size_t>(0, all.size() - 1)];
      for (int n = data.ConsumeIntegralInRange(0, 4); n > 0; --n) line += " " + argument(data);
    }
    session.answer(line);
  }
  return 0;
}
