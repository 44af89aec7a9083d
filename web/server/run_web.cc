#include "web/server/run_web.h"

#include <algorithm>
#include <csignal>
#include <memory>

#include "engine/random_token.h"
#include "server/listen_address.h"
#include "server/web_server.h"
#include "web/server/gate.h"
#include "web/server/page.h"
#include "web/server/static_files.h"

namespace ponnuki::web {
namespace {

constexpr std::size_t kMostMessages = 10'000;  // waiting, of one page
constexpr std::size_t kInboxBytes = std::size_t{8} << 20, kOutboxBytes = std::size_t{16} << 20;

/// The memory of the tree of each page and each game, so that all together have about `bytes`.
std::size_t share_of(std::size_t bytes, int pages) {
  constexpr std::size_t kLeast = std::size_t{16} << 20;
  return std::max(bytes / static_cast<std::size_t>(std::max(pages, 1)), kLeast);
}

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address.starts_with("[::1]");
}

server::WebResponse answer(Gate& gate, const server::WebAccess& access,
                           const server::WebRequest& request) {
  server::WebResponse response;
  if (const Status may = server::check_access(access, "", request.host); !may) {
    response = {.status = 403, .body = may.error().message + "\n"};
  } else if (auto stop = gate.stops(request)) {
    response = std::move(*stop);
  } else {
    response = static_file(request);
  }
  add_security_headers(&response);
  return response;
}

}  // namespace

int run_web(const WebRun& run, const server::EvaluatorFactory& factory) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto store = GameStore::open(run.folder);
  if (!store) return server::report_failure(store.error().message);
  auto cache = review::AssessmentCache::open(run.folder + "/searches.txt", run.judge);
  if (!cache) return server::report_failure(cache.error().message);
  auto quiz = QuizDeck::open(run.folder + "/quiz.json");
  if (!quiz) return server::report_failure(quiz.error().message);
  std::unique_ptr<TrainingRun> training;
  if (!run.train.empty()) {
    auto opened = TrainingRun::open(run.train);
    if (!opened) return server::report_failure(opened.error().message);
    training = std::move(*opened);
  }
  Microscope microscope(run.net_for);
  Knowledge knowledge(std::move(*cache));
  const server::EvaluatorProvider provider(
      factory, [](const std::string& problem) { server::report_failure(problem); });
  HelperPool helpers(run.engine.search.params.threads - 1);
  gtp::GtpOptions engine = run.engine;
  engine.search.params.max_memory_bytes =
      share_of(engine.search.params.max_memory_bytes, run.max_connections);
  Lobby lobby(**store, {provider, helpers, engine});

  const Page::Resources resources{
      lobby,          {provider, knowledge, engine.search.params, {&helpers, nullptr}},
      microscope,     **quiz,
      training.get(), {run.engine.version, run.folder, training != nullptr}};
  std::shared_ptr<Room> first;  // lives until a page has come
  if (!run.sgf.empty()) {
    auto table = Table::read(run.sgf);
    if (!table) return server::report_failure(table.error().message);
    auto room = lobby.add(std::move(*table));
    if (!room) return server::report_failure(room.error().message);
    first = *room;
    first->changed();
  }

  std::unique_ptr<Gate> gate;
  server::WebServerOptions options;
  options.listen = run.listen;
  options.max_connections = run.max_connections;
  options.access = run.access;
  options.patience.alone = 60 * run.minutes_alone;
  options.inbox = {kMostMessages, kInboxBytes};
  options.outbox_bytes = kOutboxBytes;
  options.converse = [&](const server::Messenger& messenger) {
    return std::make_unique<Page>(resources, messenger);
  };
  options.admit = [&](const server::WebRequest& request) { return gate->admits(request); };
  options.respond = [&](const server::WebRequest& request) {
    return answer(*gate, run.access, request);
  };
  auto server = server::open_web_server(options);
  if (!server && !run.listen_given) {
    options.listen = "127.0.0.1:0";
    server = server::open_web_server(options);
  }
  if (!server) return server::report_failure(server.error().message);
  const std::string address = (*server)->address();
  const std::string token = is_loopback(address) ? "" : random_token();
  gate = std::make_unique<Gate>(token);
  const std::string game = first ? "#game=" + first->id() : "";
  run.announce("http://" + server::reachable_address(address) + "/" +
                   (token.empty() ? game : "?token=" + token),
               !token.empty());
  (*server)->run(true);
  return 0;
}

}  // namespace ponnuki::web
