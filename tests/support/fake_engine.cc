// A tiny GTP engine that behaves as its arguments say, for tests of programs that drive engines.
//
//   --moves "C3 D4"   its moves in each game, in turn; after these it passes
//   --crash-at N --hang-at N --resign-at N    at its Nth genmove since it started (from 1)
//   --crash-once FILE  with --crash-at: only while FILE does not exist; the crash creates it
//   --say TEXT        its answer to every genmove
//   --refuse          refuses every play
//   --claim SCORE     its final_score
//   --slow SECONDS    the time that each genmove takes
//   --flood KIND      at its first genmove it writes without end: "lines" of chatter, one "line",
//                     an "answer" of many lines, "stderr"
//   --noise           writes 200 kB to stderr at each genmove, and chatter to stdout at the start
//   --kata            lists kata-set-rules; --log FILE appends each command
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

class FakeEngine {
 public:
  explicit FakeEngine(std::map<std::string, std::string> options) : options_(std::move(options)) {
    std::istringstream words(option("--moves"));
    for (std::string word; words >> word;) moves_.push_back(word);
    if (has("--noise")) std::cout << "loading…\n\n" << std::flush;
  }

  int run() {
    for (std::string line; std::getline(std::cin, line);) {
      if (has("--log")) std::ofstream(option("--log"), std::ios::app) << line << "\n";
      const std::string verb = line.substr(0, line.find(' '));
      std::cout << answer(verb) << "\n\n" << std::flush;
      if (verb == "quit") break;
    }
    return 0;
  }

 private:
  bool has(const std::string& name) const { return options_.contains(name); }
  std::string option(const std::string& name) const {
    return has(name) ? options_.at(name) : std::string();
  }
  bool at(const std::string& name) const { return has(name) && std::stoi(option(name)) == asked_; }

  std::string answer(const std::string& verb) {
    if (verb == "name") return "= " + (has("--name") ? option("--name") : "Fake");
    if (verb == "version") return "= 1";
    if (verb == "clear_board") next_move_ = 0;
    if (verb == "genmove") return genmove();
    if (verb == "play" && has("--refuse")) return "? illegal move";
    if (verb == "final_score") return "= " + option("--claim");
    if (verb == "list_commands") {
      return std::string("= play\ngenmove\nboardsize\nkomi\ntime_settings\ntime_left") +
             (has("--kata") ? "\nkata-set-rules" : "") + (has("--claim") ? "\nfinal_score" : "");
    }
    return "=";
  }

  std::string genmove() {
    ++asked_;
    if (has("--noise")) std::cerr << std::string(200'000, 'x') << std::endl;
    if (has("--flood")) flood(option("--flood"));
    if (has("--slow")) sleep_for(std::stod(option("--slow")));
    if (at("--hang-at")) sleep_for(1000);
    if (at("--resign-at")) return "= resign";
    if (at("--crash-at") && !(has("--crash-once") && std::ifstream(option("--crash-once")))) {
      if (has("--crash-once")) std::ofstream(option("--crash-once")) << "crashed\n";
      std::cerr << "out of luck" << std::endl;
      std::_Exit(3);
    }
    if (has("--say")) return "= " + option("--say");
    return "= " + (next_move_ < moves_.size() ? moves_[next_move_++] : std::string("PASS"));
  }

  [[noreturn]] static void flood(const std::string& kind) {
    std::ostream& out = kind == "stderr" ? std::cerr : std::cout;
    if (kind == "answer") out << "= ";
    const std::string text = kind == "line" ? std::string(100, 'x') : std::string(99, 'x') + "\n";
    while (out << text) {
    }
    std::_Exit(1);
  }
  static void sleep_for(double seconds) {
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  }

  std::map<std::string, std::string> options_;
  std::vector<std::string> moves_;
  std::size_t next_move_ = 0;
  int asked_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  std::map<std::string, std::string> options;
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    const bool flag = name == "--refuse" || name == "--noise" || name == "--kata";
    options[name] = flag || i + 1 == argc ? "" : argv[++i];
  }
  return FakeEngine(std::move(options)).run();
}
