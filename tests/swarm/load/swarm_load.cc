// A load for the hub and the learner's intake: workers that play nothing, but have spools and
// connections of their own, and a learner that learns nothing. docs/results/swarm.md has the
// figures; tests/e2e/loaded_swarm.py runs it.
//
//     ponnuki_swarm_load workers URL COUNT SECONDS BLOCKS_A_MINUTE GAMES_A_BLOCK FOLDER
//     ponnuki_swarm_load learner URL FOLDER     until its standard input ends
//
// Each prints a line of JSON at its end, the learner also one every few seconds.
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/clock.h"
#include "engine/file.h"
#include "nn/files/katago/model_writer.h"
#include "nn/files/model_file.h"
#include "selfplay/games/training_games.h"
#include "selfplay/learning/published_net.h"
#include "swarm/hub_games.h"
#include "swarm/nats_links.h"
#include "swarm/spool.h"

namespace ponnuki::swarm {
namespace {

using namespace std::chrono_literals;

constexpr const char* kOptions = "size = \"9\"\n";
constexpr const char* kRun = "load";

nn::Model net() { return *nn::load_model(PONNUKI_SOURCE_DIR "/nets/built-in/zero.bin.gz"); }

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double resident_megabytes() {
  const auto text = read_file("/proc/self/statm");
  const auto pages = text ? std::stoll(text->substr(text->find(' ') + 1)) : 0;
  return static_cast<double>(pages * ::sysconf(_SC_PAGESIZE)) / 1e6;
}

/// Games of 9×9 as workers play them.
selfplay::Games games(int count) {
  selfplay::Games games;
  selfplay::TrainingGamesOptions options;
  options.simulations = 4;
  selfplay::TrainingGames players(options, 1, [&](auto game) { games.push_back(std::move(game)); });
  nn::NetEvaluator evaluator(*selfplay::network_of(net(), nn::kernels::auto_precision()));
  while (static_cast<int>(games.size()) < count) players.step(evaluator);
  games.resize(static_cast<std::size_t>(count));
  return games;
}

/// A worker whose games are always the same ones.
class FakeWorker {
 public:
  FakeWorker(const std::string& url, const std::string& name, const std::string& folder)
      : name_(name),
        spool_(std::move(*Spool::open(folder + "/" + name, name))),
        link_(worker_link({url, kRun}, name)) {}

  void step(const std::string& body, const std::string& net_name) {
    if (!spool_->add({kWire, name_, 0, 0, net_name, fingerprint_of(kOptions), body})) return;
    for (const std::uint64_t number : spool_->waiting()) {
      if (number <= sent_) continue;
      const auto block = spool_->read(number);
      if (!block || !link_->send(*block)) break;
      sent_ = number;
    }
    hear();
  }
  void hear() {
    if (const auto stored = link_->stored()) spool_->forget_up_to(*stored);
  }
  std::size_t waiting() const { return spool_->waiting().size(); }

 private:
  const std::string name_;
  std::unique_ptr<Spool> spool_;
  std::unique_ptr<WorkerLink> link_;
  std::uint64_t sent_ = 0;
};

int run_workers(const std::vector<std::string>& args) {
  const std::string& url = args[2];
  const int count = std::stoi(args[3]), games_a_block = std::stoi(args[6]);
  const double seconds = std::stod(args[4]), pause = 60 / std::stod(args[5]);
  const std::string net_name = sha256(*nn::model_to_bytes(net(), {}));
  std::vector<std::string> bodies;
  const selfplay::Games all = games(8 * games_a_block);
  for (int i = 0; i < 8; ++i)
    bodies.push_back(
        pack({all.begin() + i * games_a_block, all.begin() + (i + 1) * games_a_block})->front());
  std::vector<std::unique_ptr<FakeWorker>> workers;
  for (int i = 0; i < count; ++i)
    workers.push_back(std::make_unique<FakeWorker>(url, "w" + std::to_string(i), args[7]));
  const double cpu = cpu_seconds();
  const auto begin = Clock::now();
  std::atomic<std::int64_t> blocks{0};
  const auto drive = [&](std::size_t first) {
    for (std::int64_t round = 0; seconds_since(begin) < seconds; ++round) {
      for (std::size_t i = first; i < workers.size() && seconds_since(begin) < seconds; i += 2) {
        const double due = pause * (static_cast<double>(round) +
                                    static_cast<double>(i) / static_cast<double>(workers.size()));
        const double early = due - seconds_since(begin);
        if (early > 0) std::this_thread::sleep_for(std::chrono::duration<double>(early));
        workers[i]->step(bodies[i % bodies.size()], net_name);
        ++blocks;
      }
    }
  };
  std::thread second([&] { drive(1); });
  drive(0);
  second.join();
  const double used = cpu_seconds() - cpu, lasted = seconds_since(begin);
  const auto left = [&] {
    std::size_t waiting = 0;
    for (const auto& worker : workers) {
      worker->hear();
      waiting += worker->waiting();
    }
    return waiting;
  };
  std::size_t waiting = left();
  for (int tries = 0; waiting > 0 && tries < 600; ++tries) {
    std::this_thread::sleep_for(200ms);
    waiting = left();
  }
  std::cout << nlohmann::json{{"blocks", blocks.load()},
                              {"games", blocks * games_a_block},
                              {"seconds", lasted},
                              {"cpu", used},
                              {"megabytes", resident_megabytes()},
                              {"bytesAGame",
                               bodies[0].size() / static_cast<std::size_t>(games_a_block)},
                              {"notStored", waiting}}
            << std::endl;
  return 0;
}

int run_learner(const std::vector<std::string>& args) {
  const std::string& folder = args[3];
  std::filesystem::create_directories(folder + "/games");
  auto link = connect_learner({args[2], kRun});
  if (!link) {
    std::cerr << link.error().message << "\n";
    return 1;
  }
  HubGames source(std::move(*link), {folder, kOptions, {{9, 9}}, 1, 1, [](const std::string& line) {
                                       std::cerr << line << "\n";
                                     }});
  if (!source.open(1)) return 1;
  auto writer = selfplay::GamesWriter::open(folder + "/games/000001.games");
  std::int64_t stored = 0;
  std::atomic<bool> stop{false};
  const double cpu = cpu_seconds();
  const auto begin = Clock::now();
  std::thread watch([&] {
    while (std::cin.get() != std::istream::traits_type::eof()) {
    }
    stop = true;
  });
  auto reported = Clock::now();
  const auto report = [&] {
    std::cout << nlohmann::json{{"games", stored},
                                {"seconds", seconds_since(begin)},
                                {"cpu", cpu_seconds() - cpu},
                                {"megabytes", resident_megabytes()}}
              << std::endl;
  };
  while (!stop) {
    const Status played = source.play(
        {1, 1'000'000, net, {7}, [&] { return writer->size(); }}, &stop,
        [&](const selfplay::Games& games) {
          stored += static_cast<std::int64_t>(games.size());
          return writer->append(games);
        },
        [&](std::int64_t) {
          if (seconds_since(reported) < 5) return;
          reported = Clock::now();
          report();
        });
    if (!played) std::cerr << played.error().message << "\n";
  }
  watch.join();
  report();
  return 0;
}

}  // namespace
}  // namespace ponnuki::swarm

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv, argv + argc);
  if (args.size() == 8 && args[1] == "workers") return ponnuki::swarm::run_workers(args);
  if (args.size() == 4 && args[1] == "learner") return ponnuki::swarm::run_learner(args);
  std::cerr << "swarm_load: see the first lines of swarm_load.cc\n";
  return 2;
}
