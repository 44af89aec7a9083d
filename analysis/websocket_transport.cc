#include "analysis/websocket_transport.h"

#include <algorithm>

#include "server/web_server.h"

namespace ponnuki::analysis {
namespace {

constexpr std::size_t kMostLines = 100'000;  // waiting requests of one client
constexpr std::size_t kMegabyte = std::size_t{1} << 20;
constexpr unsigned kUpgradeRequired = 426;

/// The share of a client in a number of megabytes for all clients.
std::size_t share_of(std::size_t megabytes, const WebSocketOptions& options, std::size_t most) {
  const auto clients = static_cast<std::size_t>(std::max(options.max_connections, 1));
  return std::clamp(megabytes * kMegabyte / clients, kMegabyte / 4, most * kMegabyte);
}

/// What all clients share.
struct Shared {
  Evaluator& evaluator;
  AnalysisEngine::Options options;
  HelperPool helpers;
};

/// A client with an engine of its own.
class AnalysisConversation : public server::Conversation {
 public:
  AnalysisConversation(std::shared_ptr<Shared> shared, const server::Messenger& messenger)
      : shared_(std::move(shared)),
        engine_(shared_->evaluator, options_for(*shared_, messenger), messenger.send) {}
  ~AnalysisConversation() override { engine_.abandon(); }

  void handle(const std::string& message) override { engine_.handle(message); }
  bool is_idle() const override { return engine_.is_idle(); }

 private:
  static AnalysisEngine::Options options_for(Shared& shared, const server::Messenger& messenger) {
    AnalysisEngine::Options options = shared.options;
    options.share = {&shared.helpers, messenger.pause};
    return options;
  }

  std::shared_ptr<Shared> shared_;
  AnalysisEngine engine_;
};

}  // namespace

Result<std::unique_ptr<server::TcpServer>> open_websocket_server(
    const WebSocketOptions& options, Evaluator& evaluator, const AnalysisEngine::Options& engine) {
  AnalysisEngine::Options share = engine;
  // Each engine gets a share of what a single engine may use.
  const auto clients = static_cast<std::size_t>(std::max(options.max_connections, 1));
  share.settings.search.params.max_memory_bytes /= clients;
  share.most_positions = std::max<std::size_t>(share.most_positions / clients, 1000);
  share.most_query_bytes = share_of(256, options, 64);
  share.is_shared = true;
  const std::shared_ptr<Shared> shared(
      new Shared{evaluator, share, HelperPool(engine.threads - 1)});
  server::WebServerOptions server;
  server.listen = options.listen;
  server.max_connections = options.max_connections;
  server.access = options.access;
  server.patience = options.patience;
  server.inbox = {kMostLines, share_of(64, options, 16)};
  server.outbox_bytes = share_of(32, options, 8);
  server.converse = [shared](const server::Messenger& messenger) {
    return std::make_unique<AnalysisConversation>(shared, messenger);
  };
  server.respond = [](const server::WebRequest&) {
    return server::WebResponse{.status = kUpgradeRequired, .body = "this port serves WebSockets\n"};
  };
  return server::open_web_server(server);
}

}  // namespace ponnuki::analysis
