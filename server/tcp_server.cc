#include "server/tcp_server.h"

#include "server/connection_server.h"

namespace ponnuki::server {

TcpServer::TcpServer(std::unique_ptr<ConnectionServer> connections)
    : connections_(std::move(connections)) {}
TcpServer::~TcpServer() = default;

std::string TcpServer::address() const { return connections_->address(); }
std::uint16_t TcpServer::port() const { return connections_->port(); }
void TcpServer::run(bool heed_signals) { connections_->run(heed_signals); }
void TcpServer::stop() { connections_->stop(); }

}  // namespace ponnuki::server
